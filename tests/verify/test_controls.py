"""Control variates: of mean zero, and able to explain what happened."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.verify.clock import Clock
from sim.verify.controls import controls_of, largest_error, without_luck
from sim.verify.line_measures import Visits

RANDOM = np.random.default_rng(8)
# Arrivals at 0, 2, 6, 20; served for 4, 3, 1, 5 by one server; 2 ticks are a unit.
VISITS = Visits(
    arrival=np.array([0, 2, 6, 20]), start=np.array([0, 4, 7, 20]), end=np.array([4, 7, 8, 25])
)
WORK = np.array([4, 3, 1, 5])
CLOCK = Clock(scale=2, start=1, end=9, last=30, relaxation=2.0)


def test_controls_of_a_line_counted_by_hand() -> None:
    """The second and third count: waits of 2 and 1 ticks, stays of 5 and 2, gaps of 4 and 14."""
    controls = controls_of(VISITS, WORK, gap=3.0, service=(1.0, 1.0), clock=CLOCK)
    gaps, services = np.array([2 - 3, 7 - 3]), np.array([1.5 - 1, 0.5 - 1])
    stays, waits = np.array([5, 2]) / 2, np.array([2, 1]) / 2
    expected = [gaps.sum(), gaps @ stays, services.sum(), services @ waits]
    assert controls.sums == pytest.approx(np.array(expected) / np.sqrt(4))
    assert controls.spread[:2, :2] == pytest.approx(
        9 / 4 * np.array([[2, stays.sum()], [stays.sum(), stays @ stays]])
    )
    assert controls.spread[2, 3] == pytest.approx(waits.sum() / 4)
    assert (controls.spread[:2, 2:] == 0).all()
    assert controls.squares[0] == pytest.approx(controls.sums[0] ** 2 - controls.spread[0, 0])


def test_services_without_chance_have_no_controls() -> None:
    assert controls_of(VISITS, WORK, 3.0, (1.0, 0.0), CLOCK).sums.shape == (2,)


def lucky(replications: int) -> tuple[np.ndarray, np.ndarray]:
    luck = RANDOM.normal(size=(replications, 3))
    return 5 + luck @ [3.0, -2.0, 0.0] + 0.1 * RANDOM.normal(size=replications), luck


def test_what_controls_explain_is_taken_away() -> None:
    values, luck = lucky(200)
    adjusted = without_luck(values, luck)
    assert adjusted.std() < 0.05 * values.std()
    assert adjusted.mean() == pytest.approx(5, abs=0.04)


@given(st.integers(30, 60))
def test_no_controls_take_nothing_away(number: int) -> None:
    values = np.arange(float(number))
    np.testing.assert_array_equal(without_luck(values, np.empty((number, 0))), values)


def test_controls_that_explain_nothing_shift_nothing_on_average() -> None:
    means = []
    for _ in range(300):
        values, luck = RANDOM.exponential(size=40), RANDOM.exponential(size=(40, 4)) - 1
        means.append(without_luck(values, luck).mean())
    assert abs(np.mean(means) - 1) < 4 * np.std(means) / np.sqrt(300) < 0.05


def test_draws_off_their_mean_are_found_out() -> None:
    _, luck = lucky(400)
    assert largest_error(luck) < 4
    assert largest_error(luck + np.array([0, 0, 0.5])) > 8
    assert largest_error(np.empty((40, 0))) == 0
