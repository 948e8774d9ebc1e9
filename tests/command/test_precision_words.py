"""Words about how precise a run is to be."""

import pytest

from sim.command.configuration import build_run
from sim.study.precision.rules import Asked, HalfWidth, HoadRobinsonDavies
from tests.command.runs import refusal

TIME = "all.overall_clearance_time.mean"


def test_without_a_word_the_experiment_decides() -> None:
    assert build_run(["scenario=serial"]).precision is None


def test_half_width_as_shipped() -> None:
    rule = build_run(["scenario=serial", "precision=half_width"]).precision
    assert isinstance(rule, HalfWidth)
    assert (rule.minimum, rule.kpis) == (30, {TIME: Asked(relative=0.05)})


def test_the_rule_of_the_paper_as_shipped() -> None:
    rule = build_run(["scenario=serial", "precision=hoad_robinson_davies"]).precision
    assert isinstance(rule, HoadRobinsonDavies)
    assert (rule.minimum, rule.look_ahead) == (3, 5)


def test_kpis_that_are_given_replace_the_shipped_ones() -> None:
    kpis = "precision.kpis={cost.total.per_teu: {absolute: 50.0}, examined_share: {relative: 0.1}}"
    rule = build_run(["-m", "precision=half_width", kpis, "precision.ceiling=90"][1:]).precision
    assert rule is not None
    assert rule.ceiling == 90
    assert rule.kpis == {
        "cost.total.per_teu": Asked(absolute=50.0), "examined_share": Asked(relative=0.1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["precision=half_widht"],
            "precision: unknown rule of precision 'half_widht'; allowed: half_width, "
            "hoad_robinson_davies, none; did you mean 'half_width'?",
            id="unknown rule",
        ),
        pytest.param(
            ["precision.ceiling=90"],
            "precision.ceiling: no rule of precision is chosen; write precision=half_width or "
            "precision=hoad_robinson_davies",
            id="no rule",
        ),
        pytest.param(
            ["precision=half_width", "precision.cieling=90"],
            "precision.cieling: unknown key 'cieling'; allowed: batch, ceiling, kpis, minimum, "
            "rule; did you mean 'ceiling'?",
            id="unknown key",
        ),
        pytest.param(
            ["precision=half_width", "precision.ceiling=9"],
            "precision: the ceiling of 9 is below the minimum of 30",
            id="ceiling below minimum",
        ),
        pytest.param(
            ["precision=half_width", f"precision.kpis.{TIME}.relative=0.1"],
            f"precision.kpis.{TIME}.relative: keys of KPIs hold dots; write all of them as in "
            f"'precision.kpis={{{TIME}: {{relative: 0.05}}}}'",
            id="dots",
        ),
        pytest.param(
            ["precision=half_width", "precision.kpis={unfinished: {relative: 0.1, absolute: 1.0}}"],
            "precision.kpis.unfinished: one of 'relative' and 'absolute' is expected",
            id="both",
        ),
        pytest.param(
            ["precision=half_width", "precision.rule=hoad"],
            "precision.rule: unknown rule 'hoad'; allowed: half_width, hoad_robinson_davies; did "
            "you mean 'hoad_robinson_davies'?",
            id="rule by key",
        ),
        pytest.param(
            ["precision=half_width", "experiment.replications=40"],
            "experiment.replications=40: the rule of precision decides how many; write "
            "precision.minimum and precision.ceiling",
            id="both numbers",
        ),
        pytest.param(
            ["precision=half_width", "precision.ceiling=40,50"],
            "precision.ceiling=40,50: one value is expected, for all points together",
            id="swept",
        ),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(words: list[str], message: str) -> None:
    assert refusal(["scenario=serial", *words]) == message
