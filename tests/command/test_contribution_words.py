"""``run.py contribution``: which points its words ask for, one line for what cannot be."""

from pathlib import Path

import pytest

from run import main
from sim.actions.exit_codes import DONE
from sim.command.config_files import ROOT
from sim.command.contribution import build_contributions
from sim.scenario.errors import InputError
from sim.study.contribution import Contribution

BOTH = "reforms=[joint_inspection,one_stop_site]"


def build_contribution(words: list[str], root: Path = ROOT) -> Contribution:
    _, by_place = build_contributions(words, root)
    (contribution,) = by_place.values()
    return contribution


def names(contribution: Contribution) -> list[str]:
    return [point.name for point in contribution.run.points]


def reforms(contribution: Contribution) -> list[tuple[str, ...]]:
    return [tuple(point.written.reforms) for point in contribution.run.points]


def test_the_bundle_of_a_scenario_in_the_order_it_lists_them() -> None:
    contribution = build_contribution(["scenario=joint_inspection_recognition"])
    scenario = "joint_inspection_recognition"
    assert [part.reform for part in contribution.parts] == [
        "joint_inspection", "one_stop_site", "mutual_recognition",
    ]  # fmt: skip
    assert names(contribution) == [
        "serial",
        f"{scenario},to=joint_inspection",
        f"{scenario},to=one_stop_site",
        scenario,
        f"{scenario},without=joint_inspection",
        f"{scenario},without=one_stop_site",
    ]
    assert reforms(contribution)[1:5] == [
        ("joint_inspection",),
        ("joint_inspection", "one_stop_site"),
        ("joint_inspection", "one_stop_site", "mutual_recognition"),
        ("one_stop_site", "mutual_recognition"),
    ]


def test_reforms_given_are_taken_in_the_order_given() -> None:
    contribution = build_contribution(["reforms=[one_stop_site,joint_inspection]"])
    assert [part.reform for part in contribution.parts] == ["one_stop_site", "joint_inspection"]
    assert names(contribution) == [
        "serial",
        "serial,to=one_stop_site",
        "serial+one_stop_site+joint_inspection",
        "serial,without=one_stop_site",
    ]


def test_two_scenarios_may_be_compared() -> None:
    contribution = build_contribution(["compare=[joint_inspection,joint_inspection_recognition]"])
    assert [part.reform for part in contribution.parts] == ["mutual_recognition"]
    assert names(contribution) == ["joint_inspection", "joint_inspection_recognition"]


def test_a_single_reform_needs_two_points() -> None:
    assert names(build_contribution(["reforms=[one_stop_site]"])) == [
        "serial", "serial+one_stop_site",
    ]  # fmt: skip


def test_overrides_hold_in_every_point_that_has_them() -> None:
    share = "reforms.one_stop_site.adoption.share=1.0"
    contribution = build_contribution([BOTH, "agencies.customs.examiners=11", share])
    assert {point.scenario.agencies["customs"].examiners for point in contribution.run.points} == {
        11
    }


def test_documents_want_something_of_the_whole_only() -> None:
    targets = [bool(point.written.targets) for point in build_contribution([BOTH]).run.points]
    assert targets == [True, False, True, False]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["scenario=serial"],
            "contribution: one scenario with reforms is expected, as in scenario=all_together or "
            "reforms=[single_window,one_stop_site]",
            id="nothing to add",
        ),
        pytest.param(
            ["compare=[serial,fujian_2015]"],
            "contribution: 'fujian_2015' differs from its baseline 'serial' in agencies, traffic, "
            "workflows, too; what is no reform has no share in it",
            id="other differences",
        ),
        pytest.param(
            ["compare=[joint_inspection,parallel_agencies]"],
            "contribution: 'parallel_agencies' lacks joint_inspection, one_stop_site, which its "
            "baseline 'joint_inspection' has",
            id="reforms of the baseline",
        ),
        pytest.param(
            ["scenario=joint_inspection", "reforms=[]"],
            "contribution: 'joint_inspection,reforms=none' adds no reform to 'serial'",
            id="no reform",
        ),
        pytest.param(
            ["scenario=joint_inspection", "agencies.customs.examiners=4,8"],
            "agencies.customs.examiners=4,8: several values are run one by one with -m",
            id="a sweep",
        ),
    ],
)
def test_what_cannot_be(words: list[str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        build_contribution(words)
    assert str(caught.value) == message


def test_what_requires_a_reform_goes_with_it_and_cannot_stand_before_it(copied_root: Path) -> None:
    path = copied_root / "configs" / "reforms" / "one_stop_site.yaml"
    path.write_text("requires: [joint_inspection]\n" + path.read_text("utf-8"), "utf-8")
    contribution = build_contribution([BOTH], copied_root)
    assert contribution.parts[0].removed_with == ("one_stop_site",)
    assert names(contribution) == [
        "serial", "serial,to=joint_inspection", "serial+joint_inspection+one_stop_site",
    ]  # fmt: skip
    with pytest.raises(
        InputError, match="'one_stop_site' requires 'joint_inspection', which stands"
    ):
        build_contribution(["reforms=[one_stop_site,joint_inspection]"], copied_root)


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contribution", "--help"]) == DONE
    assert "What each reform of a scenario contributes" in capsys.readouterr().out
