"""Reforms and scenarios of one's own, named by the path of their file."""

from pathlib import Path

import pytest
import yaml

from sim.command.configuration import build_run, composed_data
from tests.command.own_files import REFORM, write_own_files
from tests.command.runs import names, refusal


@pytest.fixture(autouse=True)
def own(working_folder: Path) -> Path:
    return write_own_files(working_folder)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["reforms=[./my_reform.yaml]"], ["serial", "serial+my_reform"], id="alone"),
        pytest.param(["reforms=my_reform.yaml"], ["serial", "serial+my_reform"], id="no list"),
        pytest.param(
            ["reforms=[single_window,./my_reform.yaml]"],
            ["serial", "serial+single_window+my_reform"],
            id="with a shipped one",
        ),
        pytest.param(
            ["scenario=joint_inspection", "reforms=[./my_reform.yaml]"],
            ["serial", "joint_inspection,reforms=my_reform"],
            id="in the place of a scenario's own",
        ),
        pytest.param(["scenario=./my_port.yaml"], ["serial", "my_port"], id="scenario"),
        pytest.param(
            ["scenario=./my_port.yaml", "reforms=['./my_reform.yaml']"],
            ["serial", "my_port,reforms=my_reform"],
            id="both",
        ),
        pytest.param(
            ["compare=[serial,./my_port.yaml]"], ["serial", "my_port"], id="scenario in compare"
        ),
    ],
)
def test_points_are_called_by_the_name_of_the_file(words: list[str], expected: list[str]) -> None:
    assert names(build_run(words)) == expected


def test_a_path_may_be_absolute(own: Path) -> None:
    run = build_run([f"reforms=[{own}/my_reform.yaml]"])
    assert names(run) == ["serial", "serial+my_reform"]


def test_a_sweep_takes_paths() -> None:
    words = ["reforms=[],[./my_reform.yaml],[single_window,./my_reform.yaml]"]
    expected = ["serial", "serial+my_reform", "serial+single_window+my_reform"]
    assert names(build_run(words, multirun=True)) == expected


def test_a_sweep_of_single_paths(own: Path) -> None:
    (own / "other reforms").mkdir()
    (own / "other reforms/another.yaml").write_text(REFORM, "utf-8")
    run = build_run(["reforms=single_window,my_reform.yaml,'other reforms/another.yaml'"], True)
    assert names(run) == ["serial+single_window", "serial+my_reform", "serial+another"]


def test_values_below_its_name_can_be_overridden() -> None:
    words = ["reforms=[./my_reform.yaml]", "reforms.my_reform.adoption.share=0.5"]
    (shown,) = composed_data(words).values()
    assert shown["reforms"] == {
        "my_reform": {
            **yaml.safe_load(REFORM),
            "adoption": {"share": 0.5, "assumption": True},
        }
    }


def test_a_scenario_changes_values_and_chooses_options() -> None:
    scenario = build_run(["scenario=./my_port.yaml"]).points[1].scenario
    assert scenario.agencies["customs"].examiners == 12
    assert scenario.agencies["customs"].reviewers == 18
    assert set(scenario.reforms) == {"single_window"}


def test_what_one_command_names_is_unknown_to_the_next() -> None:
    build_run(["reforms=[./my_reform.yaml]"])
    assert "unknown reform 'my_reform'" in refusal(["reforms=[my_reform]"])


def test_a_shipped_name_is_not_searched_for_in_the_folder(own: Path) -> None:
    (own / "single_window.yaml").write_text("spoilt", "utf-8")
    assert build_run(["reforms=[single_window]"]).points[1].name == "serial+single_window"
