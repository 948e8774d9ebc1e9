"""Against a line small enough to count by hand."""

import numpy as np
import pytest

from sim.scenario.errors import InvariantError
from sim.verify.clock import Clock
from sim.verify.estimators import Sums, pseudo_values
from sim.verify.line_measures import (
    Visits,
    asymptotic_variance,
    busy_periods,
    check_little,
    mean_number,
    number_measures,
    path_in_window,
    share_at_most,
    sojourn_measures,
)

# Ready at 0, 2, 3, 20; served for 4, 3, 1, 5 by one server.
VISITS = Visits(
    arrival=np.array([0, 2, 3, 20]), start=np.array([0, 4, 7, 20]), end=np.array([4, 7, 8, 25])
)
CLOCK = Clock(scale=2, start=2, end=22, last=30, relaxation=1.0)


def value(sums: Sums) -> float:
    return sums.values[0] / sums.values[1]


def test_time_averages_count_those_across_the_edges() -> None:
    assert mean_number(VISITS.arrival, VISITS.end, CLOCK) == (2 + 5 + 5 + 2) / 20
    assert mean_number(VISITS.arrival, VISITS.start, CLOCK) == (2 + 4) / 20


def test_waits_of_those_who_arrive_in_the_window() -> None:
    measures = sojourn_measures(VISITS, CLOCK)
    assert value(measures["Wq"]) == pytest.approx((2 + 4 + 0) / 3 / 2)
    assert value(measures["W"]) == pytest.approx((5 + 5 + 5) / 3 / 2)
    assert value(measures["P_wait"]) == pytest.approx(2 / 3)


def test_shares_include_the_threshold() -> None:
    waits = np.array([0, 1, 2, 4])
    assert value(share_at_most(waits, 1.0, CLOCK)) == 3 / 4
    assert value(share_at_most(waits, 0.0, CLOCK)) == 1 / 4


def test_the_number_in_system_over_time() -> None:
    """2 → 2, 3 → 3, 4 → 2, 7 → 1, 8 → 0, 20 → 1 until 22."""
    path = path_in_window(VISITS.arrival, VISITS.end, CLOCK)
    measures = number_measures(path, CLOCK)
    shares = [measures[f"p{number}"].values[0] for number in range(4)]
    assert shares == pytest.approx([12 / 20, 3 / 20, 4 / 20, 1 / 20])
    assert measures["N_var"].values == pytest.approx((1.0, 14 / 20, (3 + 16 + 9) / 20))


def test_little_holds_on_the_path_or_the_run_stops() -> None:
    path = path_in_window(VISITS.arrival, VISITS.end, CLOCK)
    check_little(path, VISITS, CLOCK)
    longer = Visits(VISITS.arrival, VISITS.start, VISITS.end + 1)
    with pytest.raises(InvariantError, match="14 customer ticks over time, 17 over customers"):
        check_little(path, longer, CLOCK)


def test_busy_periods_that_begin_in_the_window() -> None:
    clock = Clock(scale=2, start=0, end=22, last=30, relaxation=1.0)
    assert value(busy_periods(VISITS, clock)["busy_period_mean"]) == (8 + 5) / 2 / 2
    assert value(busy_periods(VISITS, CLOCK)["busy_period_mean"]) == 5 / 2


def test_asymptotic_variance_of_independent_spells() -> None:
    """Spells of one tick, on or off by chance: the variance of a sum is that of its parts."""
    clock = Clock(scale=1, start=0, end=40_000, last=40_000, relaxation=1.0)
    parts = clock.parts
    assert len(parts) == 400
    found = []
    for seed in range(40):
        on = np.flatnonzero(np.random.default_rng(seed).random(40_000) < 0.5)
        found.append(asymptotic_variance(Visits(on, on, on + 1), parts).values)
    values = pseudo_values("variance", np.array(found))
    error = values.std(ddof=1) / np.sqrt(40)
    assert abs(values.mean() - 0.25) < 4 * error < 0.05
