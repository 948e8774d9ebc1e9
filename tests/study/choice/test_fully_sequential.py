"""Procedures KN and KN++: laws that any selection must keep, and what their papers promise."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.choice.fully_sequential import ZoneRule, select_in_zone
from sim.study.choice.systems import Selection, System
from tests.study.choice.sources import names, normals, of_columns

RULE = ZoneRule(
    sense="less", indifference=0.5, confidence=0.95, first=10, ceiling=2000, updated=False
)
RULES = [RULE, replace(RULE, updated=True)]
SEEDS = st.integers(0, 10_000)
MEANS = st.lists(st.floats(-2, 2), min_size=2, max_size=6)


def fates(selection: Selection) -> dict[str, tuple[int, str | None]]:
    return {system.name: (system.n, system.eliminated_by) for system in selection.systems}


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=30, deadline=None)
@given(means=MEANS, seed=SEEDS, order=st.randoms(use_true_random=False))
def test_the_order_of_systems_does_not_matter(rule: ZoneRule, means, seed, order) -> None:
    values = normals(means, seed)
    shuffled = list(values)
    order.shuffle(shuffled)
    one = select_in_zone(names(len(means)), of_columns(values), rule)
    other = select_in_zone(shuffled, of_columns(values), rule)
    assert (one.chosen, fates(one)) == (other.chosen, fates(other))


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=30, deadline=None)
@given(means=MEANS, seed=SEEDS, constant=st.integers(-1000, 1000))
def test_a_constant_changes_nothing(rule: ZoneRule, means, seed, constant) -> None:
    values = normals(means, seed)
    moved = {name: column + constant for name, column in values.items()}
    one = select_in_zone(names(len(means)), of_columns(values), rule)
    other = select_in_zone(names(len(means)), of_columns(moved), rule)
    assert (one.chosen, fates(one)) == (other.chosen, fates(other))


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=30, deadline=None)
@given(means=MEANS, seed=SEEDS)
def test_more_is_less_of_the_opposite(rule: ZoneRule, means, seed) -> None:
    values = normals(means, seed)
    opposite = {name: -column for name, column in values.items()}
    less = select_in_zone(names(len(means)), of_columns(values), rule)
    more = select_in_zone(names(len(means)), of_columns(opposite), replace(rule, sense="more"))
    assert (less.chosen, fates(less)) == (more.chosen, fates(more))
    assert [system.mean for system in less.systems] == [-system.mean for system in more.systems]


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=30, deadline=None)
@given(means=MEANS, seed=SEEDS, batch=st.integers(1, 100))
def test_how_many_are_read_at_once_changes_no_bit(rule: ZoneRule, means, seed, batch) -> None:
    source = of_columns(normals(means, seed))
    one = select_in_zone(names(len(means)), source, rule)
    assert select_in_zone(names(len(means)), source, replace(rule, batch=batch)) == one


@pytest.mark.parametrize("rule", RULES)
def test_who_is_far_behind_goes_after_the_first_stage(rule: ZoneRule) -> None:
    selection = select_in_zone(names(3), of_columns(normals([0, 50, 80], 1)), rule)
    assert fates(selection) == {"s0": (10, None), "s1": (10, "s0"), "s2": (10, "s0")}
    assert (selection.chosen, selection.spent) == ("s0", 30)
    assert not any(system.is_equal for system in selection.systems)
    assert [step.system for step in selection.steps] == ["s0"]


@pytest.mark.parametrize("rule", RULES)
def test_of_equal_systems_the_first_stays(rule: ZoneRule) -> None:
    values = normals([0], 1)["s0"]
    selection = select_in_zone(["x", "y"], of_columns({"x": values, "y": values}), rule)
    assert selection.systems == (
        System("x", 10, selection.systems[0].mean),
        System("y", 10, selection.systems[0].mean, "x", is_equal=True),
    )


@pytest.mark.parametrize("rule", RULES)
def test_rounding_decides_nothing(rule: ZoneRule) -> None:
    values = 100 + normals([0], 1)["s0"]
    rounded = values * (1 - 1e-15)
    assert rounded.sum() < values.sum()
    selection = select_in_zone(["x", "y"], of_columns({"x": values, "y": rounded}), rule)
    assert [system.is_equal for system in selection.systems] == [False, True]


def test_the_first_stage_alone_gives_variances_in_kn() -> None:
    """Two values apart by 1 ± 1 in the first stage: 2η(n−1)S² over δ² is where the lag ends."""
    wave = np.resize([2.0, 0.0], 400)
    still = np.zeros(400)
    rule = replace(RULE, first=4, indifference=1.0)
    # η = ½((2·0.05)^(-2/3) − 1), h² = 6η, S² = 4/3; out when n·lead > δ/2·(h²S²/δ² − n), lead 1.
    crossing = 6 * 0.5 * (0.1 ** (-2 / 3) - 1) * (4 / 3) / 3
    selection = select_in_zone(["still", "wave"], of_columns({"still": still, "wave": wave}), rule)
    # After an odd number the mean is above 1; the sum is 1 more than the number.
    first = next(
        n for n in range(4, 400)
        if wave[:n].sum() > 0.5 * (3 * crossing - n)
    )  # fmt: skip
    assert fates(selection) == {"still": (first, None), "wave": (first, "still")}
    assert first > 4


def test_shared_luck_saves_replications() -> None:
    spent = {
        shared: select_in_zone(
            names(4), of_columns(normals([0, 0.5, 0.5, 0.5], 3, shared=shared)), RULE
        ).spent
        for shared in (0.0, 0.95)
    }
    assert spent[0.95] < spent[0.0] / 3


@pytest.mark.parametrize("rule", RULES)
def test_at_the_ceiling_the_best_so_far_with_an_estimate(rule: ZoneRule) -> None:
    values = normals([0, 0.1, 30], 2)
    selection = select_in_zone(names(3), of_columns(values), replace(rule, ceiling=15))
    assert {name: n for name, (n, _) in fates(selection).items()} == {"s0": 15, "s1": 15, "s2": 10}
    assert selection.basis == "estimated"
    best = min(("s0", "s1"), key=lambda name: values[name][:15].mean())
    assert selection.chosen == best
    assert 0.3 < selection.probability < 1


def test_what_is_said_of_the_probability() -> None:
    source = of_columns(normals([0, 5], 2))
    assert [
        (selection.probability, selection.basis)
        for selection in (select_in_zone(names(2), source, rule) for rule in RULES)
    ] == [(0.95, "stated"), (0.95, "asymptotic")]


def test_a_system_alone_is_chosen() -> None:
    selection = select_in_zone(["only"], of_columns({"only": np.arange(20.0)}), RULE)
    assert fates(selection) == {"only": (10, None)}
