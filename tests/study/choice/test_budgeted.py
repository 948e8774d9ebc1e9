"""Selection within a budget."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.choice.budgeted import BudgetRule, select_within_budget
from tests.study.choice.sources import names, normals, of_columns

RULE = BudgetRule(sense="less", indifference=0.01, first=5, budget=100, increment=8)
MEANS = st.lists(st.floats(-2, 2), min_size=2, max_size=6)


@settings(max_examples=50, deadline=None)
@given(means=MEANS, seed=st.integers(0, 1000), increment=st.integers(1, 50))
def test_the_budget_is_spent_to_the_last(means, seed, increment) -> None:
    values = normals(means, seed)
    rule = replace(RULE, increment=increment)
    selection = select_within_budget(names(len(means)), of_columns(values), rule)
    assert selection.spent == 100
    for system in selection.systems:
        assert system.n >= 5
        assert system.mean == values[system.name][: system.n].mean()
    assert selection.chosen == min(selection.systems, key=lambda system: system.mean).name


@settings(max_examples=30, deadline=None)
@given(means=MEANS, seed=st.integers(0, 1000), order=st.randoms(use_true_random=False))
def test_other_names_other_answer(means, seed, order) -> None:
    """The same systems under other names: the answer has the other name."""
    values = normals(means, seed)
    other = [name.upper() for name in values]
    renamed = dict(zip(other, values.values(), strict=True))
    one = select_within_budget(names(len(means)), of_columns(values), RULE)
    two = select_within_budget(other, of_columns(renamed), RULE)
    assert two.chosen == one.chosen.upper()
    assert two.probability == one.probability


def test_rivals_get_most() -> None:
    selection = select_within_budget(names(4), of_columns(normals([0, 0.3, 4, 4], 1)), RULE)
    by_name = {system.name: system.n for system in selection.systems}
    assert by_name["s0"] + by_name["s1"] >= 80


def test_more_is_less_of_the_opposite() -> None:
    values = normals([0, 0.3, 1], 5)
    opposite = {name: -column for name, column in values.items()}
    less = select_within_budget(names(3), of_columns(values), RULE)
    more = select_within_budget(names(3), of_columns(opposite), replace(RULE, sense="more"))
    assert (less.chosen, less.probability) == (more.chosen, more.probability)


def test_values_without_chance_need_no_luck() -> None:
    values = {"a": np.full(100, 2.0), "b": np.full(100, 1.0)}
    selection = select_within_budget(["a", "b"], of_columns(values), RULE)
    assert (selection.chosen, selection.probability) == ("b", 1.0)


def test_the_course_tells_every_look() -> None:
    selection = select_within_budget(names(2), of_columns(normals([0, 1], 5)), RULE)
    spent = sorted({step.spent for step in selection.steps})
    assert spent == [10, *range(18, 98, 8), 98, 100]
    assert selection.basis == "estimated"
