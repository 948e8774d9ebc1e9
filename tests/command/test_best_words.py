"""``run.py best``: which candidates its words ask for, one line for what cannot be."""

from pathlib import Path

import pytest

from run import main
from sim.actions.exit_codes import DONE
from sim.command.best import build_question
from sim.command.best_keys import KEYS
from sim.command.config_files import ROOT
from sim.report.best.direction import direction
from sim.scenario.errors import InputError
from sim.study.choice.question import BestQuestion, Indifference

TWO = "compare=[serial,joint_inspection]"


def question(*words: str, root: Path = ROOT) -> BestQuestion:
    return build_question(words, direction, root)


def names(*words: str, root: Path = ROOT) -> list[str]:
    return [point.name for point in question(*words, root=root).run.points]


def test_what_is_asked_without_a_word() -> None:
    asked = question(TWO)
    assert asked.kpi == "all.overall_clearance_time.mean"
    assert (asked.sense, asked.procedure, asked.detection) == ("less", "kn", "keep")
    assert asked.indifference == Indifference(0.01, is_share=True)
    assert (asked.confidence, asked.first, asked.ceiling) == (0.95, 10, 200)
    assert asked.run.overrides == ("best", TWO)


def test_every_word() -> None:
    asked = question(
        TWO, "kpi=detection.customs.found_share", "procedure=kn++", "indifference=0.5",
        "confidence=0.9", "first=4", "ceiling=30", "detection=mark",
    )  # fmt: skip
    assert asked.kpi == "detection.customs.found_share"
    assert (asked.sense, asked.procedure, asked.detection) == ("more", "kn++", "mark")
    assert asked.indifference == Indifference(0.5, is_share=False)
    assert (asked.confidence, asked.first, asked.ceiling) == (0.9, 4, 30)


def test_a_budget_and_a_share() -> None:
    asked = question(TWO, "procedure=ocba", "budget=60", "indifference=2.5%", "sense=more")
    assert (asked.budget, asked.sense) == (60, "more")
    assert asked.indifference == Indifference(0.025, is_share=True)
    assert question(TWO, "procedure=ocba").budget == 60
    assert asked.least_replications == 60 + 2 * 30


def test_updated_variances_need_more_at_first() -> None:
    assert question(TWO, "procedure=kn++").first == 20


def test_candidates_are_those_of_a_run() -> None:
    assert names(TWO) == ["serial", "joint_inspection"]
    assert names("-m", "agencies.customs.examiners=4,8") == [
        "serial,agencies.customs.examiners=4", "serial,agencies.customs.examiners=8",
    ]  # fmt: skip


def test_all_subsets_up_to_a_size() -> None:
    reforms = "reforms=[single_window,parallel_agencies,one_stop_site]"
    assert names(reforms, "subsets=1") == [
        "serial", "serial+single_window", "serial+parallel_agencies", "serial+one_stop_site",
    ]  # fmt: skip
    pairs = question(reforms, "subsets=2").run.points[4:]
    assert [tuple(point.written.reforms) for point in pairs] == [
        ("single_window", "parallel_agencies"),
        ("single_window", "one_stop_site"),
        ("parallel_agencies", "one_stop_site"),
    ]
    assert len(names("scenario=all_together", "subsets=2")) == 1 + 6 + 15


def test_what_requires_a_reform_comes_with_it_only(copied_root: Path) -> None:
    path = copied_root / "configs" / "reforms" / "one_stop_site.yaml"
    path.write_text("requires: [joint_inspection]\n" + path.read_text("utf-8"), "utf-8")
    assert names("reforms=[joint_inspection,one_stop_site]", "subsets=2", root=copied_root) == [
        "serial", "serial+joint_inspection", "serial+joint_inspection+one_stop_site",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["scenario=serial"],
            "best: at least two candidates are expected, as in compare=[serial,joint_inspection]",
            id="alone",
        ),
        pytest.param(
            ["scenario=zhejiang_2004", "subsets=1"],
            "best: the scenario is of several places, each with candidates of its own; choose "
            "among those of one: scenario=ningbo_2004, scenario=hangzhou_2004",
            id="several places",
        ),
        pytest.param(
            [TWO, "procedure=kn+"],
            "procedure: unknown option 'kn+'; allowed: kn, kn++, ocba; did you mean 'kn++'?",
            id="procedure",
        ),
        pytest.param(
            [TWO, "budget=100"],
            "budget: is of ocba, not of procedure=kn",
            id="budget of kn",
        ),
        pytest.param(
            [TWO, "procedure=ocba", "confidence=0.9"],
            "confidence: is of kn and kn++, not of procedure=ocba",
            id="confidence of ocba",
        ),
        pytest.param(
            [TWO, "procedure=ocba", "budget=19"],
            "budget: a whole number from 20 is expected, given '19'",
            id="small budget",
        ),
        pytest.param(
            [TWO, "first=1"],
            "first: a whole number from 2 is expected, given '1'",
            id="first stage",
        ),
        pytest.param(
            [TWO, "ceiling=9"],
            "ceiling: a whole number from 10 is expected, given '9'",
            id="ceiling below the first stage",
        ),
        pytest.param(
            [TWO, "confidence=1"],
            "confidence: a number above 0.5 and below 1 is expected, given '1'",
            id="confidence",
        ),
        pytest.param(
            [TWO, "indifference=0"],
            "indifference: a number above 0 is expected, in the unit of the KPI or with %, "
            "given '0'",
            id="indifference",
        ),
        pytest.param(
            [TWO, "kpi=cost.total.per_teu", "kpi=cost.total.per_teu"],
            "kpi=cost.total.per_teu: 'kpi' is given twice",
            id="twice",
        ),
        pytest.param([TWO, "kpi="], "kpi: write it as kpi=<value>", id="nothing"),
        pytest.param(
            [TWO, "kpi=detection.customs.inspection_rate"],
            "sense: it is not known whether less or more of 'detection.customs.inspection_rate' "
            "is better; write sense=less or sense=more",
            id="sense",
        ),
        pytest.param(
            [TWO, "kpi=cost.totl"],
            "kpi: no figure of a replication is called 'cost.totl'; did you mean "
            "'cost.total.per_teu'?",
            id="name of the KPI",
        ),
        pytest.param(
            [TWO, "language=zh"],
            "language: is of design, sensitivity and maps, whose figures it is about; all else is "
            "in English",
            id="language",
        ),
        pytest.param(
            ["scenario=serial", "subsets=2"],
            "best: subsets: one scenario with reforms is expected, as in scenario=all_together or "
            "reforms=[single_window,one_stop_site]",
            id="subsets of nothing",
        ),
    ],
)
def test_what_cannot_be(words: list[str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        question(*words)
    assert str(caught.value) == message


def test_own_keys_are_among_those_that_are_allowed() -> None:
    with pytest.raises(InputError) as caught:
        question(TWO, "procedur=kn")
    message = str(caught.value)
    assert all(f" {key}," in message for key in KEYS)
    assert message.endswith("; did you mean 'procedure'?")


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["best", "--help"]) == DONE
    assert "Which of many scenarios is the best" in capsys.readouterr().out
