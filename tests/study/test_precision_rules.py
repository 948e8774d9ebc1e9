"""Rules that say when there are enough replications."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.study.intervals import t_interval
from sim.study.precision.rules import (
    Asked,
    HalfWidth,
    HoadRobinsonDavies,
    Precision,
    Watch,
)

KPIS = {"x": Asked(relative=0.1)}


def half_width_rule(minimum: int = 5, batch: int = 4, ceiling: int = 30) -> HalfWidth:
    return HalfWidth(rule="half_width", kpis=KPIS, minimum=minimum, batch=batch, ceiling=ceiling)


def hoad(ceiling: int = 400, look_ahead: int = 5, batch: int = 7) -> HoadRobinsonDavies:
    return HoadRobinsonDavies(
        rule="hoad_robinson_davies", kpis=KPIS, minimum=3, batch=batch, look_ahead=look_ahead,
        ceiling=ceiling,
    )  # fmt: skip


def stopped(rule: Precision, is_met: list[bool]) -> tuple[int, int | None] | None:
    """Number of replications at which a rule stops, and since when it has held."""
    watch = Watch(rule)
    for batch in rule.batches():
        for number in rule.looks(batch):
            if watch.is_enough(number, is_met[number]):
                return number, watch.since
    return None


def by_the_paper(is_met: list[bool], rule: HoadRobinsonDavies) -> int | None:
    """The replications that Hoad, Robinson & Davies (2010) recommend, as their text has it."""
    for number in range(3, rule.ceiling + 1):
        ahead = rule.look_ahead if number <= 100 else rule.look_ahead * number // 100
        looked_at = is_met[number : number + ahead + 1]
        if number + ahead <= rule.ceiling and all(looked_at):
            return number
    return None


def shares_met(values: np.ndarray, share: float) -> list[bool]:
    """Whether the interval of so many values is narrow enough, by their number."""
    asked = Asked(relative=share)
    found = [t_interval(values[:number], 0.95) for number in range(len(values) + 1)]
    return [asked.is_met(one.estimate, (one.high - one.low) / 2) for one in found]


@given(
    st.lists(st.integers(0, 9), min_size=161, max_size=161), st.integers(4, 9), st.integers(0, 8)
)
def test_it_stops_where_the_paper_does(chances: list[int], level: int, look_ahead: int) -> None:
    is_met = [chance <= level for chance in chances]
    rule = hoad(ceiling=160, look_ahead=look_ahead)
    recommended = by_the_paper(is_met, rule)
    found = stopped(rule, is_met)
    assert (found and found[1]) == recommended
    if found:
        assert found[0] == found[1] + rule.further(found[1])


@given(st.integers(1, 40), st.integers(1, 40), st.lists(st.booleans(), min_size=121, max_size=121))
def test_how_many_run_at_a_time_does_not_matter_to_it(
    few: int, many: int, is_met: list[bool]
) -> None:
    assert stopped(hoad(120, batch=few), is_met) == stopped(hoad(120, batch=many), is_met)


@pytest.mark.parametrize(("number", "ahead"), [(3, 5), (100, 5), (120, 6), (139, 6), (200, 10)])
def test_the_look_ahead_grows_beyond_a_hundred(number: int, ahead: int) -> None:
    assert hoad().further(number) == ahead


def test_a_look_ahead_that_fails_begins_again() -> None:
    is_met = [number in (4, 5, 6, 9, 10, 11, 12, 13, 14, 15) for number in range(41)]
    assert stopped(hoad(40), is_met) == (14, 9)


def test_it_agrees_with_the_toolbox_of_monks() -> None:
    analysis = pytest.importorskip("sim_tools.output_analysis")

    class Model:
        def __init__(self, values: np.ndarray) -> None:
            self._values = values

        def single_run(self, replication: int) -> dict[str, float]:
            return {"x": self._values[replication]}

    random = np.random.default_rng(3)
    for values in random.gamma(6, 1, (6, 200)):
        algorithm = analysis.ReplicationsAlgorithm(
            half_width_precision=0.15, replication_budget=180
        )
        expected, _ = algorithm.select(Model(values), ["x"])
        found = stopped(hoad(180), shares_met(values[:180], 0.15))
        assert found is not None
        assert found[1] == expected["x"]


@given(st.integers(2, 12), st.integers(1, 12), st.integers(12, 60), st.data())
def test_the_half_width_rule_looks_at_the_end_of_batches_only(
    minimum: int, batch: int, ceiling: int, data: st.DataObject
) -> None:
    rule = half_width_rule(minimum, batch, ceiling)
    looks = [number for one in rule.batches() for number in rule.looks(one)]
    assert looks == sorted({*range(minimum, ceiling, batch), ceiling})
    is_met = data.draw(st.lists(st.booleans(), min_size=ceiling + 1, max_size=ceiling + 1))
    first = next((number for number in looks if is_met[number]), None)
    assert stopped(rule, is_met) == (first and (first, first))


@given(st.integers(2, 12), st.integers(1, 12), st.integers(12, 60))
def test_batches_are_all_replications_in_turn(minimum: int, batch: int, ceiling: int) -> None:
    rule = half_width_rule(minimum, batch, ceiling)
    assert [number for one in rule.batches() for number in one] == list(range(1, ceiling + 1))


@given(
    st.floats(-1e6, 1e6, allow_subnormal=False),
    st.floats(0, 1e6, allow_subnormal=False),
    st.floats(1e-3, 10),
    st.floats(1e-3, 1e3),
)
def test_a_share_of_the_mean_does_not_depend_on_the_unit(
    mean: float, width: float, share: float, factor: float
) -> None:
    asked = Asked(relative=share)
    if abs(width - share * abs(mean)) > 1e-9 * (abs(mean) + width):
        assert asked.is_met(mean, width) == asked.is_met(factor * mean, factor * width)
    assert Asked(absolute=share).is_met(mean, width) == (width <= share)


def test_what_is_not_known_is_not_precise_and_what_never_varies_is() -> None:
    for asked in (Asked(relative=0.1), Asked(absolute=0.1)):
        assert not asked.is_met(10.0, math.nan)
        assert asked.is_met(0.0, 0.0)
    assert not Asked(relative=0.5).is_met(0.0, 1e-9)


@pytest.mark.parametrize("asked", [{}, {"relative": 0.1, "absolute": 2.0}])
def test_one_half_width_is_asked_for(asked: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="one of 'relative' and 'absolute' is expected"):
        Asked(**asked)


def test_the_ceiling_is_not_below_the_minimum() -> None:
    with pytest.raises(ValidationError, match="the ceiling of 8 is below the minimum of 9"):
        half_width_rule(minimum=9, ceiling=8)


@pytest.mark.slow
def test_with_thirty_replications_at_least_stopping_costs_little_coverage() -> None:
    """Of normal figures, 10 % asked for; three at least and a look after each cost far more."""
    random = np.random.default_rng(5)
    covered = {"early": 0, "late": 0}
    rules = {"early": half_width_rule(3, 1, 80), "late": half_width_rule(30, 10, 80)}
    for values in random.normal(1.0, 0.3, (1500, 80)):
        is_met = shares_met(values, 0.1)
        for name, rule in rules.items():
            found = stopped(rule, is_met)
            interval = t_interval(values[: found[0] if found else 80], 0.95)
            covered[name] += interval.low <= 1.0 <= interval.high
    assert covered["late"] / 1500 >= 0.925
    assert covered["early"] / 1500 <= covered["late"] / 1500 - 0.01
