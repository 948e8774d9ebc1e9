"""Points of a comparison or a sweep, and the names that tell them apart."""

import re

import pytest

from sim.command.configuration import build_run
from tests.command.runs import (
    FLAGSHIP,
    SHARE,
    examiners,
    names,
    refusal,
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param([], FLAGSHIP, id="flagship"),
        pytest.param(["experiment.seed=7"], FLAGSHIP, id="flagship with a value"),
        pytest.param(
            ["compare=[all_together,serial]"], ["all_together", "serial"], id="compare in order"
        ),
        pytest.param(["compare=serial"], ["serial"], id="compare of one"),
        pytest.param(
            ["scenario=joint_inspection"], ["serial", "joint_inspection"], id="against its baseline"
        ),
        pytest.param(["scenario=serial"], ["serial"], id="no baseline"),
        pytest.param(
            ["reforms=[single_window,one_stop_site]"],
            ["serial", "serial+single_window+one_stop_site"],
            id="reforms on serial",
        ),
        pytest.param(
            ["reforms=single_window"], ["serial", "serial+single_window"], id="one reform"
        ),
        pytest.param(["reforms=[]"], ["serial"], id="no reforms on serial"),
        pytest.param(
            ["scenario=joint_inspection", "reforms=[single_window]"],
            ["serial", "joint_inspection,reforms=single_window"],
            id="reforms instead of a scenario's own",
        ),
        pytest.param(
            ["scenario=all_together", "reforms=[]"],
            ["serial", "all_together,reforms=none"],
            id="no reforms instead of a scenario's own",
        ),
        pytest.param(
            ["scenario=joint_inspection", "reforms=[one_stop_site,joint_inspection]"],
            ["serial", "joint_inspection"],
            id="a scenario's own reforms",
        ),
    ],
)
def test_points_of_a_comparison(words: list[str], expected: list[str]) -> None:
    assert names(build_run(words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            ["scenario=serial,joint_inspection", "agencies.customs.examiners=4,6"],
            [
                "serial,agencies.customs.examiners=4",
                "serial,agencies.customs.examiners=6",
                "joint_inspection,agencies.customs.examiners=4",
                "joint_inspection,agencies.customs.examiners=6",
            ],
            id="product",
        ),
        pytest.param(
            ["reforms=[],[single_window],[single_window,one_stop_site]"],
            ["serial", "serial+single_window", "serial+single_window+one_stop_site"],
            id="bundles of reforms",
        ),
        pytest.param(
            ["agencies.customs.examiners=range(2,4)"],
            ["serial,agencies.customs.examiners=2", "serial,agencies.customs.examiners=3"],
            id="range",
        ),
        pytest.param(
            ["experiment.seed=choice(1,2)", "agencies.customs.examiners=9"],
            ["serial,experiment.seed=1", "serial,experiment.seed=2"],
            id="fixed values are not named",
        ),
        pytest.param(
            ["scenario=glob(*,exclude=[*_20*,lianyungang*,emergency*])"],
            ["serial", *sorted(set(FLAGSHIP) - {"serial"})],
            id="glob, the baseline first",
        ),
        pytest.param(
            ["scenario=glob(joint*)"],
            ["joint_inspection", "joint_inspection_recognition"],
            id="glob with a pattern",
        ),
        pytest.param(
            ["compare=[serial,all_together]", "experiment.seed=1,2"],
            [
                "serial,experiment.seed=1",
                "serial,experiment.seed=2",
                "all_together,experiment.seed=1",
                "all_together,experiment.seed=2",
            ],
            id="compare in a sweep",
        ),
        pytest.param(
            ["scenario=serial,advance_declaration", f"{SHARE}=0.2,0.4"],
            [
                "serial",
                f"advance_declaration,{SHARE}=0.2",
                f"advance_declaration,{SHARE}=0.4",
            ],
            id="a reform's value only where it is in force",
        ),
        pytest.param(["scenario=all_together"], ["serial", "all_together"], id="nothing swept"),
        pytest.param([], FLAGSHIP, id="nothing at all"),
    ],
)
def test_points_of_a_sweep(words: list[str], expected: list[str]) -> None:
    assert names(build_run(words, multirun=True)) == expected


def test_point_names_suit_files() -> None:
    run = build_run(
        [
            "label.en='A b/c','Ünï,code'",
            "workflows=[vessel_call,sea_import]",
            "hours.office.week.mon=['08:00-12:00'],['09:00-12:00','13:00-17:00']",
        ],
        multirun=True,
    )
    assert all(re.fullmatch(r"[a-z0-9_+.=,-]+", name) for name in names(run))
    assert len(set(names(run))) == 4


def test_equal_looking_values_have_different_names() -> None:
    run = build_run(["label.en='a b','a/b'"], multirun=True)
    assert names(run) == ["serial,label.en=-a-b-", "serial,label.en=-a-b--2"]


def test_values_apply_to_every_point() -> None:
    assert examiners(build_run(["agencies.customs.examiners=3"])) == [3] * len(FLAGSHIP)


def test_swept_values_apply_to_their_point() -> None:
    run = build_run(["agencies.customs.examiners=4,6", "scenario=serial,all_together"], True)
    assert examiners(run) == [4, 4, 6, 6]


def test_value_below_a_reform_applies_where_it_is_in_force() -> None:
    run = build_run([f"{SHARE}=0.9"])
    shares = {
        point.name: point.scenario.reforms["advance_declaration"].adoption.share
        for point in run.points
        if "advance_declaration" in point.scenario.reforms
    }
    assert shares == {"advance_declaration": 0.9, "all_together": 0.9}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["reforms=[mutual_recognition]", "reforms.mutual_recognition.requires=[single_window]"],
            "reforms.mutual_recognition: requires the reform 'single_window', "
            "which is not in force (in 'serial+mutual_recognition')",
            id="the point is named",
        ),
        pytest.param(
            ["scenario=serial", f"{SHARE}=0.5"],
            f"{SHARE}: no scenario of this run has the reform 'advance_declaration' in force; "
            "in force: none",
            id="reform not in force",
        ),
    ],
)
def test_points_that_cannot_be_run(words: list[str], message: str) -> None:
    assert refusal(words) == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["agencies.customs.examiners=4,-6"],
            "agencies.customs.examiners: input should be greater than or equal to 0, given -6 "
            "(in 'serial,agencies.customs.examiners=-6')",
            id="a later point",
        ),
    ],
)
def test_points_of_a_sweep_that_cannot_be_run(words: list[str], message: str) -> None:
    assert refusal(words, multirun=True) == message
