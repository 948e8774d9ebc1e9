"""Scenarios of several places: words for each place, folders, one line for what cannot be."""

from pathlib import Path

import pytest

from run import main
from sim.actions.exit_codes import DONE
from sim.command.config_files import load_library
from sim.command.contribution import build_contributions
from sim.command.places import build_runs, composed_runs, words_by_place
from sim.scenario.errors import InputError
from tests.command.runs import names, refusal

ZHEJIANG = "scenario=zhejiang_2004"
PLACES = "scenarios/of_several_places/zhejiang_2004.yaml"


def test_each_place_has_the_words_of_the_command() -> None:
    words = ["experiment.replications=2", ZHEJIANG, "executor=serial"]
    assert words_by_place(words, load_library()) == {
        "ningbo_2004": ("experiment.replications=2", "scenario=ningbo_2004", "executor=serial"),
        "hangzhou_2004": ("experiment.replications=2", "scenario=hangzhou_2004", "executor=serial"),
    }


def test_a_command_of_one_place_is_left_alone() -> None:
    words = ["scenario=serial", "experiment.replications=2"]
    assert words_by_place(words, load_library()) == {".": tuple(words)}
    assert words_by_place([], load_library()) == {".": ()}


def test_each_place_is_run_against_its_own_baseline() -> None:
    runs = build_runs([ZHEJIANG, "hydra.run.dir=out"])
    assert runs.folder == Path("out")
    assert {place: names(run) for place, run in runs.by_place.items()} == {
        "ningbo_2004": ["ningbo_2003", "ningbo_2004"],
        "hangzhou_2004": ["hangzhou_2003", "hangzhou_2004"],
    }


def test_overrides_hold_in_each_place_and_so_do_sweeps() -> None:
    runs = build_runs([ZHEJIANG, "agencies.customs.examiners=8,9"], multirun=True)
    for place, run in runs.by_place.items():
        assert names(run) == [f"{place},agencies.customs.examiners={number}" for number in (8, 9)]


def test_what_would_be_run_is_shown_for_each_place() -> None:
    assert list(composed_runs([ZHEJIANG])) == ["ningbo_2004", "hangzhou_2004"]


def test_contributions_are_those_of_each_place() -> None:
    folder, asked = build_contributions(
        [ZHEJIANG, "reforms=[extended_hours,green_channel]", "hydra.run.dir=out"]
    )
    assert folder == Path("out")
    for place, contribution in asked.items():
        assert [part.reform for part in contribution.parts] == ["extended_hours", "green_channel"]
        assert contribution.run.overrides[:2] == ("contribution", f"scenario={place}")


def test_an_error_of_a_later_place_names_it() -> None:
    with pytest.raises(InputError) as caught:
        build_runs([ZHEJIANG, "traffic.flows.zone_import.label.en=Goods"])
    assert str(caught.value).endswith("(in 'hangzhou_2004')")


def test_an_error_of_all_places_names_none() -> None:
    with pytest.raises(InputError, match=r"^agencies\.customs\.examinrs: .* 'examiners'\?$"):
        build_runs([ZHEJIANG, "agencies.customs.examinrs=3"])


@pytest.mark.parametrize("word", ["compare=[serial,zhejiang_2004]", "scenario='zhejiang_2004'"])
def test_several_places_cannot_stand_for_one(word: str) -> None:
    assert refusal([word]) == (
        f"{word.partition('=')[0]}: 'zhejiang_2004' is of several places, each with a run of its "
        "own; write scenario=zhejiang_2004, or one of: ningbo_2004, hangzhou_2004"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "hangzhou_2004]",
            "hangzou_2004]",
            f"{PLACES}: places: unknown scenario 'hangzou_2004'; allowed: ",
            id="no such place",
        ),
        pytest.param(
            "[ningbo_2004, hangzhou_2004]",
            "[ningbo_2004]",
            f"{PLACES}: places: 2 or more expected, given 1",
            id="one place",
        ),
        pytest.param(
            "[ningbo_2004, hangzhou_2004]",
            "[ningbo_2004, ningbo_2004]",
            f"{PLACES}: places: 'ningbo_2004' is given twice",
            id="twice",
        ),
        pytest.param(
            "places:",
            "port: {}\nplaces:",
            f"{PLACES}: port: unknown key 'port'; allowed: description, label, name, places",
            id="more than places",
        ),
        pytest.param(
            "name: zhejiang_2004",
            "name: zhejiang_2005",
            f"{PLACES}: name: 'zhejiang_2004' is expected, as the file is called",
            id="another name",
        ),
    ],
)
def test_a_file_that_cannot_be(copied_root: Path, old: str, new: str, message: str) -> None:
    path = copied_root / PLACES
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert refusal(["scenario=serial"], root=copied_root).startswith(message)


def test_a_name_of_one_place_is_taken(copied_root: Path) -> None:
    path = copied_root / PLACES
    text = path.read_text("utf-8").replace("name: zhejiang_2004", "name: serial")
    path.with_name("serial.yaml").write_text(text, "utf-8")
    assert refusal([], root=copied_root) == (
        "scenarios/of_several_places/serial.yaml: name: 'serial' is a scenario of one place"
    )


def test_help_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == DONE
    assert "2004: ningbo_2004, hangzhou_2004" in capsys.readouterr().out
