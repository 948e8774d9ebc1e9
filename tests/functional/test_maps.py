"""Maps without a simulation."""

from pathlib import Path

import pytest

from run import main


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_workflow_of_a_port_is_drawn(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "maps"
    words = ["compare=[heyuan_2014]", f"language={language}", f"hydra.run.dir={folder}"]
    assert main(["maps", *words]) == 0
    pictures = sorted(path.name for path in folder.iterdir())
    assert pictures == [
        "process_map_1_road_import.png",
        "process_map_1_road_import.svg",
        "process_map_2_road_export.png",
        "process_map_2_road_export.svg",
        "process_map_3_truck.png",
        "process_map_3_truck.svg",
    ]
    told = capsys.readouterr()
    assert told.out.split() == [str(folder / name) for name in pictures if name.endswith("png")]
    assert told.err == ""


@pytest.mark.slow
def test_each_of_several_places_has_a_folder_of_its_own(tmp_path: Path) -> None:
    words = ["scenario=shanxi_2015", f"hydra.run.dir={tmp_path / 'maps'}"]
    assert main(["maps", *words]) == 0
    drawn = {path.relative_to(tmp_path / "maps").as_posix() for path in tmp_path.rglob("*.svg")}
    assert {name.partition("/")[0] for name in drawn} == {
        "taiyuan_airport_2015",
        "taiyuan_dry_port_2015",
    }
    assert "taiyuan_dry_port_2015/process_map_1_rail_import_taiyuan_dry_port_2015.svg" in drawn


def test_maps_take_no_other_flag(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["maps", "--cfg", "job"]) == 2
    assert capsys.readouterr().err == (
        "error: maps: takes no --cfg; what would be run is printed by "
        "python run.py --cfg job key=value ...\n"
    )
