"""Laying plain data onto each other: what is there afterwards, and in which order."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.command.plain_data import merged

KEYS = st.sampled_from("abcdefgh")
FLAT = st.dictionaries(KEYS, st.integers(), max_size=8)
NESTED = st.recursive(
    st.integers(), lambda inner: st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(NESTED, NESTED)
def test_place_does_not_change_what_is_there(base: Any, over: Any) -> None:
    assert merged(base, over, in_place=True) == merged(base, over)


@given(FLAT, FLAT)
def test_known_keys_keep_their_order_in_place(base: dict[str, int], over: dict[str, int]) -> None:
    order = list(merged(base, over, in_place=True))
    assert [key for key in order if key in base] == list(base)


@given(FLAT, FLAT)
def test_a_new_key_stands_before_what_is_written_next(
    base: dict[str, int], over: dict[str, int]
) -> None:
    order = list(merged(base, over, in_place=True))
    written = list(over)
    for key, following in pairwise([*written, None]):
        if key in base:
            continue
        place = order.index(key) + 1
        assert (order[place] if place < len(order) else None) == following


@pytest.mark.parametrize(
    ("in_place", "order"), [(False, ["a", "b", "c", "x", "y"]), (True, ["a", "x", "b", "c", "y"])]
)
def test_order_of_an_example(in_place: bool, order: list[str]) -> None:
    base = {"a": 1, "b": {"mean": 1.0, "cv": 0.5}, "c": 3}
    over = {"x": 4, "b": {"mean": 2.0}, "y": 5}
    result = merged(base, over, in_place)
    assert list(result) == order
    assert result["b"] == {"mean": 2.0, "cv": 0.5}


def test_another_distribution_replaces_all_of_the_one_before() -> None:
    base = {"dist": "lognormal", "mean": 1.0, "cv": 0.5, "source": "A study"}
    over = {"dist": "constant", "value": 1.0, "assumption": True}
    assert merged(base, over) == over
