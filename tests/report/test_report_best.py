"""What people read of a choice."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from sim.report.best.candidates import candidate_rows, shown_order
from sim.report.best.direction import direction
from sim.report.best.summary import afresh, detection, print_best, probability
from sim.report.figures.spent_replications import MOST_ROWS, draw_spent_replications
from sim.report.labels import Labels, labels_of
from sim.study.choice.best import Best
from sim.study.choice.best_tables import candidate_table
from sim.study.choice.question import BestQuestion, Indifference
from sim.study.choice.systems import Selection, System
from sim.study.settings import Run, Settings
from sim.study.vigilance import FoundShareChange
from tests.report.synthetic_study import scenario_point

TIME = "all.overall_clearance_time.mean"
FALL = FoundShareChange("customs", -0.041, -0.06, -0.02, is_clear=True)
CHOSEN = System("all_together", 34, 76.24)
SYSTEMS = (
    System("serial", 10, 103.0, "all_together"),
    System("parallel_agencies", 22, 99.0, "all_together"),
    CHOSEN,
    System("joint_inspection", 10, 101.0, "parallel_agencies", is_equal=True),
)
FRESH = pd.DataFrame(
    {
        "candidate": "all_together",
        "kpi": [TIME, "detection.customs.found_share"],
        "unit": ["h", "1"],
        "selection_mean": [76.24, 0.3],
        "selection_n": 34,
        "mean": [77.1, 0.281],
        "low": [75.0, 0.2],
        "high": [79.0, 0.35],
        "baseline": "serial",
        "baseline_mean": [103.1, 0.281],
        "difference": [-26.0, 0.0],
        "difference_low": [-27.5, 0.0],
        "difference_high": [-24.5, 0.0],
        "n": 30,
    }
)


@pytest.fixture(scope="module")
def best() -> Best:
    names = ["serial", "parallel_agencies", "all_together", "joint_inspection"]
    run = Run(tuple(map(scenario_point, names)), Settings("serial", 1, Path("out")), ())
    indifference = Indifference(0.01, is_share=True)
    question = BestQuestion(run, TIME, "less", "kn", indifference, 0.95, 10, 200, 120, "keep")
    selection = Selection("all_together", 0.95, "stated", SYSTEMS, ())
    behind = dict(zip(names, (26.6, 22.9, 0.0, 24.0), strict=True))
    return Best(question, "h", 1.03, selection, (), behind, {}, FRESH, None)


@pytest.fixture(scope="module")
def labels(best: Best) -> Labels:
    return labels_of(best.question.run.points)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")


def with_selection(best: Best, **changes) -> Best:
    return replace(best, selection=replace(best.selection, **changes))


@pytest.fixture(scope="module")
def fixed(best: Best) -> Best:
    """With a zone in the unit of the figure."""
    return replace(best, question=replace(best.question, indifference=Indifference(1.03, False)))


def test_a_stated_probability(fixed: Best, labels: Labels) -> None:
    assert plain(probability(fixed, labels)) == (
        "KN: a candidate that is better than all others by 1.0 h or more is chosen with a "
        "probability of at least 95 %, for normal figures."
    )


def test_a_zone_that_was_itself_estimated_is_told(best: Best, fixed: Best, labels: Labels) -> None:
    said = probability(best, labels).removeprefix(probability(fixed, labels))
    assert plain(said) == (
        " That difference is 1 % of the baseline's mean in the first stage, and so itself "
        "estimated; indifference in the unit of the figure fixes it beforehand."
    )


def test_who_was_set_aside_is_no_part_of_the_probability(fixed: Best, labels: Labels) -> None:
    aside = replace(with_selection(fixed, systems=SYSTEMS[:3]), set_aside=SYSTEMS[3:])
    said = probability(aside, labels).removeprefix(probability(fixed, labels))
    assert plain(said) == (
        " All this is about the 3 candidates that the first stage left; that the 1 set aside find "
        "fewer violations is not part of it."
    )
    estimated = probability(with_selection(aside, basis="estimated"), labels)
    assert "to the choice. All this is about the 3 candidates" in estimated


def test_a_probability_in_the_limit(fixed: Best, labels: Labels) -> None:
    updated = with_selection(fixed, basis="asymptotic")
    updated = replace(updated, question=replace(fixed.question, procedure="kn++"))
    assert plain(probability(updated, labels)) == (
        "KN++: a candidate that is better than all others by 1.0 h or more is chosen with a "
        "probability of at least 95 %, for normal figures, in the limit of a small difference."
    )


def test_an_estimated_probability(best: Best, labels: Labels) -> None:
    spent = with_selection(best, basis="estimated", probability=0.9999)
    spent = replace(spent, question=replace(best.question, procedure="ocba"))
    assert plain(probability(spent, labels)) == (
        "OCBA: an estimated probability of more than 99.9 % that no other is better by more than "
        "1.0 h. It is estimated from the figures that led to the choice."
    )


def test_not_decided_at_the_ceiling(best: Best, labels: Labels) -> None:
    stopped = with_selection(
        best, basis="estimated", probability=0.62,
        systems=(*SYSTEMS[:1], replace(SYSTEMS[1], eliminated_by=None), *SYSTEMS[2:]),
    )  # fmt: skip
    assert plain(probability(stopped, labels)) == (
        "KN: not decided, 2 candidates are left at the ceiling of 200 replications; the best mean "
        "so far, with an estimated probability of 62.0 % that no other is better by more than 1.0 "
        "h. It is estimated from the figures that led to the choice."
    )


def test_who_is_alone_is_not_called_probable(best: Best, labels: Labels) -> None:
    alone = with_selection(best, chosen="serial", systems=SYSTEMS[:1])
    assert probability(alone, labels).startswith("It is the only candidate left")


def test_the_fresh_estimate_beside_the_one_it_was_chosen_for(best: Best, labels: Labels) -> None:
    assert [plain(line) for line in afresh(best, labels)] == [
        "Chosen for 76.2 h over 34 replications, which luck has helped. On 30 fresh ones: 77.1 h, "
        "-26.0 to the baseline (-27.5 to -24.5).",
        "Violations found there: customs 28.1 %, 0.0 pp to the baseline (0.0 to 0.0).",
    ]


def test_the_baseline_is_compared_with_nothing(best: Best, labels: Labels) -> None:
    own = replace(best, fresh=FRESH.assign(candidate="serial"))
    assert "77.1 h (75.0 to 79.0), the baseline itself." in plain(afresh(own, labels)[0])


def test_who_finds_fewer_is_named(best: Best, labels: Labels) -> None:
    assert detection(best, labels) == []
    fewer = {"joint_inspection": FALL}
    aside = replace(best, fewer=fewer, set_aside=SYSTEMS[3:], fresh_fewer=FALL)
    assert [plain(line) for line in detection(aside, labels)] == [
        "Set aside, as fewer violations are found: Joint inspection (customs -4.1 pp).",
        "On the fresh replications the chosen one finds clearly fewer violations: customs -4.1 pp.",
    ]
    marked = replace(best, fewer=fewer)
    assert [plain(line) for line in detection(marked, labels)] == [
        "Clearly fewer violations are found with: Joint inspection (customs -4.1 pp)."
    ]


def test_rows_of_candidates(best: Best, labels: Labels) -> None:
    rows = candidate_rows(candidate_table(best), "less", labels)
    assert [(row.n, row.mean, plain(row.behind), row.fate) for row in rows] == [
        (34, "76.2", "", "chosen"),
        (22, "99.0", "+22.9", "behind All together"),
        (10, "101.0", "+24.0", "the same as Parallel agencies"),
        (10, "103.0", "+26.6", "behind All together"),
    ]


def test_of_more_the_most_comes_first(best: Best) -> None:
    table = candidate_table(best).assign(fate="not_chosen", n=5)
    assert shown_order(table, "more")["mean"].is_monotonic_decreasing
    assert shown_order(table, "less")["mean"].is_monotonic_increasing


def test_the_figure_has_a_bar_for_each_of_the_first(best: Best, labels: Labels) -> None:
    table = candidate_table(best)
    axes = draw_spent_replications(table, TIME, labels).axes[0]
    assert [bar.get_width() for bar in axes.patches] == [10, 22, 34, 10]
    many = pd.concat([table] * 10, ignore_index=True)
    axes = draw_spent_replications(many, TIME, labels).axes[0]
    assert len(axes.patches) == MOST_ROWS
    assert "10 more candidates are not shown" in [text.get_text() for text in axes.texts]


def test_all_of_it_on_a_narrow_terminal(best: Best, labels: Labels) -> None:
    said = StringIO()
    print_best(Console(width=60, file=said), best, candidate_table(best), labels, Path("out"))
    assert said.getvalue().startswith("Best of 4 candidates: All together\n")
    assert all(
        word in said.getvalue() for word in ("76 replications", "Parallel agencies", "KN:", "99.0")
    )


def test_what_differences_to_the_chosen_one_rest_on(best: Best, labels: Labels) -> None:
    candidates = candidate_table(best)
    for table, is_said in ((candidates, True), (candidates.assign(n=34), False)):
        output = StringIO()
        print_best(Console(file=output), best, table, labels, Path("out"))
        said = " ".join(output.getvalue().split())
        assert ("over the replications that both have, and so not always" in said) == is_said


def test_directions() -> None:
    assert [direction(kpi) for kpi in (TIME, "detection.customs.found_share", "teu")] == [
        "less", "more", None,
    ]  # fmt: skip
