"""The Pareto front against brute force, and which points it cannot be told from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.design.best_points import best_points
from sim.study.design.pareto import Better, non_dominated, pareto_table
from sim.study.design.sampling import Values
from tests.study.designed import made_up

BOTH: dict[str, Better] = {"time": "lower", "cost": "lower"}
ROWS = st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=1, max_size=30)


@given(ROWS)
def test_front_against_brute_force(rows: list[tuple[int, int, int]]) -> None:
    expected = [
        not any(
            all(a <= b for a, b in zip(other, row, strict=True)) and other != row for other in rows
        )
        for row in rows
    ]
    assert non_dominated(np.array(rows, dtype=np.float64)).tolist() == expected


def exact(values: Values, number: int) -> dict[str, float]:
    """Luck is the same for all points; so every difference is clear."""
    time, cost = map(float, map(str, values or (9, 9)))
    return {"time": time + number, "cost": cost - number, "found": time / 10}


def noisy(values: Values, number: int) -> dict[str, float]:
    """The second point is a little slower on average, but not in every replication."""
    shift = (0.0, 0.4, -0.2, 0.1)[number] if values == (2, 1) else 0.0
    return {"time": 10.0 + shift, "cost": 5.0}


def test_points_that_are_clearly_beaten_are_left_out() -> None:
    sweep = made_up([(1, 5), (3, 3), (5, 1), (4, 4), (5, 5)], exact)
    front = pareto_table(sweep, BOTH)
    assert list(front["name"]) == ["p1", "p2", "p3"]
    assert set(front["standing"]) == {"front"}
    assert set(front["tied_with"]) == {""}
    assert list(front["time.low"]) == pytest.approx([mean - 2.054 for mean in front["time"]], 1e-3)


def test_more_is_better_of_some_kpis() -> None:
    sweep = made_up([(1, 5), (3, 5)], exact, kpis=("found", "cost"))
    front = pareto_table(sweep, {"found": "higher", "cost": "lower"})
    assert list(front["name"]) == ["p2"]


def test_a_point_beaten_by_luck_alone_is_tied() -> None:
    front = pareto_table(made_up([(1, 1), (2, 1)], noisy), BOTH)
    assert list(front["standing"]) == ["front", "tied"]
    assert list(front["tied_with"]) == ["p2", "p1"]


def test_points_that_left_consignments_unfinished_are_not_ranked() -> None:
    def figures(values: Values, number: int) -> dict[str, float]:
        return {**exact(values, number), "unfinished": 2.0 if values == (1, 1) else 0.0}

    sweep = made_up([(1, 1), (3, 3)], figures)
    assert sweep.stuck == {"p1"}
    assert list(pareto_table(sweep, BOTH)["name"]) == ["p2"]
    assert {best.point.name for best in best_points(sweep, BOTH)} == {"p2"}


def test_the_best_point_and_those_not_clearly_worse() -> None:
    time, cost = best_points(made_up([(1, 1), (2, 1)], noisy), BOTH)
    assert (time.point.name, time.ties, time.of) == ("p1", 1, 2)
    assert (cost.level.estimate, cost.change.estimate) == (5.0, 0.0)
    best = best_points(made_up([(4, 5), (3, 6)], exact), BOTH)
    assert [(one.point.name, one.ties) for one in best] == [("p2", 0), ("p1", 0)]
    assert best[0].change.estimate == -6.0
