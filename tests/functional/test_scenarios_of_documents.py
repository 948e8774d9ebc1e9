"""Scenarios of the documents: they are their baselines with reforms, and run place by place."""

import json
from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.actions.exit_codes import DONE
from sim.command.config_files import load_library
from sim.command.configuration import build_run

LIBRARY = load_library()
SCENARIOS = [
    name for name, file in LIBRARY.groups["scenario"].items() if file.content.get("document")
]
NAMING = {"name", "label", "description", "baseline", "document", "targets", "reforms"}
STAGES = [
    ("heyuan_2015", "heyuan_2017"),
    ("heyuan_2017", "heyuan_2020"),
]
SMALL = (
    "experiment.replications=2", "experiment.warm_up_days=0", "experiment.horizon_days=2",
    "experiment.cool_down_days=1", "executor=serial",
)  # fmt: skip


def reforms(name: str) -> list[str]:
    return LIBRARY.groups["scenario"][name].chosen()["reforms"]


def test_every_document_has_its_scenarios() -> None:
    assert SCENARIOS == [
        "fujian_2017", "hangzhou_2004", "heyuan_2015", "heyuan_2017", "heyuan_2020",
        "lianyungang_2018", "lianyungang_2020", "ningbo_2004", "taiyuan_airport_2015",
        "taiyuan_dry_port_2015",
    ]  # fmt: skip
    places = {name: several.places for name, several in LIBRARY.several_places.items()}
    assert places == {
        "zhejiang_2004": ("ningbo_2004", "hangzhou_2004"),
        "shanxi_2015": ("taiyuan_airport_2015", "taiyuan_dry_port_2015"),
    }


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_differs_from_its_baseline_in_reforms_alone_in_an_order_that_can_be(name: str) -> None:
    baseline, whole = (point.written for point in build_run([f"scenario={name}"]).points)
    assert whole.baseline == baseline.name
    assert whole.model_dump(exclude=NAMING) == baseline.model_dump(exclude=NAMING)
    assert list(whole.reforms) == reforms(name)
    for place, reform in enumerate(whole.reforms):
        assert not set(whole.reforms[reform].requires) & set(list(whole.reforms)[place:])


@pytest.mark.parametrize(("earlier", "later"), STAGES)
def test_a_later_stage_goes_on_from_the_earlier_one(earlier: str, later: str) -> None:
    assert reforms(later)[: len(reforms(earlier))] == reforms(earlier)


def test_places_run_one_after_another_each_with_its_scorecard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    chosen = "reforms=[extended_hours]"
    assert main(["scenario=zhejiang_2004", chosen, "hydra.run.dir=out", *SMALL]) == DONE
    assert capsys.readouterr().out.count("Published figures beside simulated ones") == 2
    for place, goals in (("ningbo_2004", 3), ("hangzhou_2004", 2)):
        targets = pd.read_csv(f"out/{place}/targets.csv")
        assert set(targets["scenario"]) == {f"{place},reforms=extended_hours"}
        assert len(targets) == goals
        assert targets["probability"].between(0, 1).all()
        manifest = json.loads(Path(f"out/{place}/manifest.json").read_text("utf-8"))
        assert manifest["command"][0] == f"scenario={place}"
        assert manifest["files"]["targets.csv"]


@pytest.mark.slow
def test_a_document_without_figures_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["scenario=heyuan_2015", "hydra.run.dir=out", *SMALL]) == DONE
    said = "Heyuan 2015 names no figure to lay beside the simulated ones."
    assert said in capsys.readouterr().out
    assert said in " ".join(Path("out/report.html").read_text("utf-8").split())
    assert pd.read_csv("out/targets.csv").empty
