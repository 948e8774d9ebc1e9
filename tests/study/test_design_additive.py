"""Least squares of factors that do not balance: against a library, and by hand."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.design.additive import adjusted_effects, adjusted_mean, is_balanced, residuals
from sim.study.design.interactions import interactions
from sim.study.design.levels import Group
from sim.study.design.main_effects import main_effects
from sim.study.design.sampling import Values
from tests.study.designed import made_up

SQUARE: list[Values] = list(product([0, 1], [0, 1]))


def groups_of(rows: list[Values]) -> list[Group]:
    return [np.unique(column, return_inverse=True)[1] for column in np.array(rows).T]


def by_ten(values: Values, number: int) -> dict[str, float]:
    """Ten for each of both factors; luck is common."""
    first, second = (int(str(value)) for value in values or (0, 0))
    return {"time": 10.0 * first + 10.0 * second + number + 50, "cost": 0.1 * number}


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 1)), min_size=2, max_size=40
    ),
    st.integers(0, 99),
)
@settings(max_examples=50, deadline=None)
def test_fits_as_a_library_does(rows: list[tuple[int, int, int]], seed: int) -> None:
    groups = groups_of([*rows])
    values = np.random.default_rng(seed).normal(size=(len(rows), 2))
    dummies = np.hstack([group[:, None] == np.unique(group) for group in groups]).astype(float)
    fitted = dummies @ np.linalg.lstsq(dummies, values, rcond=None)[0]
    np.testing.assert_allclose(residuals(groups, values), values - fitted, atol=1e-8)
    effects = [adjusted_effects(groups, place, values) for place in range(3)]
    together = sum(effect[group] for effect, group in zip(effects, groups, strict=True))
    together = together + adjusted_mean(groups, values)
    if not np.isnan(together).any():
        np.testing.assert_allclose(together, fitted, atol=1e-8)
        assert np.abs([effect.sum(axis=0) for effect in effects]).max() < 1e-9


def test_a_full_grid_balances_and_one_that_lacks_a_point_does_not() -> None:
    rows: list[Values] = list(product([1, 2, 3], [1, 2], [1, 2]))
    assert is_balanced(groups_of(rows))
    assert is_balanced(groups_of([*rows, *rows[:4]]))  # once more at a level, alike for the others
    assert not is_balanced(groups_of(rows[1:]))


def test_a_missing_point_changes_no_effect_of_factors_that_add_up() -> None:
    table = main_effects(made_up(SQUARE[:3], by_ten))
    time = table[table["kpi"] == "time"]
    assert time["effect"].tolist() == pytest.approx([-5, 5, -5, 5])
    assert time["low"].tolist() == pytest.approx([-5, 5, -5, 5])
    assert time["mean"].tolist() == pytest.approx([56.5, 66.5, 56.5, 66.5])
    assert time["share"].tolist() == pytest.approx([0.5] * 4)
    assert time["adjusted"].all()
    pairs = interactions(made_up(SQUARE[:3], by_ten))
    # Not even the limits are anything but nought.
    assert np.abs(pairs[["interaction", "low", "high"]]).max().tolist() == [0, 0, 0]
    assert pairs["share"].max() == pytest.approx(0)
    assert pairs["adjusted"].all()


def test_a_point_that_left_consignments_unfinished_is_a_missing_one() -> None:
    def figures(values: Values, number: int) -> dict[str, float]:
        return {**by_ten(values, number), "unfinished": float(values == (1, 1))}

    table = main_effects(made_up(SQUARE, figures))
    assert table.loc[table["kpi"] == "time", "effect"].tolist() == pytest.approx([-5, 5, -5, 5])


def test_what_balances_is_a_plain_mean() -> None:
    assert not main_effects(made_up(SQUARE, by_ten))["adjusted"].any()
    assert not interactions(made_up(SQUARE, by_ten))["adjusted"].any()


def test_factors_that_always_move_together_cannot_be_told_apart() -> None:
    rows: list[Values] = [(0, 0, 0), (1, 1, 0), (0, 0, 1), (1, 1, 1)]
    table = main_effects(made_up(rows, by_ten_of_three)).set_index(["kpi", "factor"]).loc["time"]
    assert table.loc[["factor0", "factor1"], ["effect", "low", "share"]].isna().all(axis=None)
    assert table.loc["factor2", "effect"].tolist() == pytest.approx([-10, 10])


def by_ten_of_three(values: Values, number: int) -> dict[str, float]:
    first, second, third = (int(str(value)) for value in values or (0, 0, 0))
    return {"time": 10.0 * (first + second + 2 * third) + number, "cost": 0.0}


def test_half_a_grid_cannot_tell_a_pair_from_the_third_factor() -> None:
    half: list[Values] = [row for row in product([0, 1], [0, 1], [0, 1]) if sum(row) % 2 == 0]
    sweep = made_up(half, by_ten_of_three)
    assert not main_effects(sweep)["adjusted"].any()
    pairs = interactions(sweep)
    assert pairs["adjusted"].all()
    assert pairs.loc[pairs["kpi"] == "time", "interaction"].isna().all()


def test_an_interaction_of_two_is_found_beside_a_third_without_a_point() -> None:
    def figures(values: Values, number: int) -> dict[str, float]:
        first, second, third = (int(str(value)) for value in values or (0, 0, 0))
        return {"time": 8.0 * first * second + 100.0 * third + number, "cost": 0.0}

    rows: list[Values] = list(product([0, 1], [0, 1], [0, 1]))
    table = interactions(made_up(rows[:-1], figures))
    pair = table[
        (table["kpi"] == "time") & (table["factor"] == "factor0") & (table["by"] == "factor1")
    ]
    assert pair["interaction"].tolist() == pytest.approx([2, -2, -2, 2])


def test_rounding_explains_no_difference_among_points() -> None:
    def figures(values: Values, number: int) -> dict[str, float]:
        first, _ = values or (0, 0)
        return {"time": 300.0 + 1e-13 * int(str(first)), "cost": 0.0}

    table = main_effects(made_up(SQUARE, figures))
    assert np.abs(table[["effect", "low", "high", "share"]]).max().tolist() == [0, 0, 0, 0]


def test_a_sample_is_adjusted_only_if_a_point_is_lost() -> None:
    def figures(values: Values, number: int) -> dict[str, float]:
        return {**by_ten(values, number), "unfinished": float(values == (1, 1))}

    rows = [*SQUARE, *SQUARE[:3]]
    whole = main_effects(made_up(rows, by_ten, kind="latin_hypercube"))
    assert not whole["adjusted"].any()
    lost = main_effects(made_up(rows, figures, kind="latin_hypercube"))
    assert lost.loc[lost["kpi"] == "time", "effect"].tolist() == pytest.approx([-5, 5, -5, 5])
    # As wide as the points of a level differ among themselves: (0, 0) twice and (0, 1) twice.
    assert lost["high"].iloc[0] - lost["effect"].iloc[0] == pytest.approx(9.187, abs=0.001)
