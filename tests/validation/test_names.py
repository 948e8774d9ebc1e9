"""Other names for agencies, facilities and slots, listed in another order, change nothing else.

Two names of agencies are fixed: ``customs`` and ``quarantine`` select, so flags, selection factors
and violations are named after them. ``maritime`` and ``border`` may trade names, as parties too,
or have any other name, but then the party who acts keeps its own: parties are a fixed vocabulary.

Luck is keyed by names: ``violation.<agency>``, and, for the two that select, ``risk.``,
``random_selection.``, ``scan.``, ``finding.`` and the like; of steps (``duration.``, ``rework.``,
``trigger.`` with the workflow they were written in), of streams and flows (all theirs) and of
reforms (``adoption.``). Other names there mean other luck, and are no matter of this law.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue import Data, all_told, companies, in_force, with_reforms, without_reforms

Names = dict[str, str]


def renamed(value: Any, names: Names) -> Any:
    """Plain data with names replaced wherever they stand, alone or as a part of a dotted name."""
    if isinstance(value, dict):
        return {renamed(key, names): renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, str):
        return ".".join(names.get(part, part) for part in value.split("."))
    return value


def listed(data: Data, order: Sequence[str]) -> Data:
    """The same agencies, facilities and slots, listed in another order."""

    def sorted_table(table: Data) -> Data:
        return {name: table[name] for name in sorted(table, key=order.index)}

    tables = {key: sorted_table(data["port"].get(key, {})) for key in ("facilities", "slots")}
    return {**data, "agencies": sorted_table(data["agencies"]), "port": {**data["port"], **tables}}


def with_items(names: Names) -> Names:
    """Names, and those of items of cost that agencies have given theirs."""
    items = ("wages", "idle")
    of_items = {f"{item}_{old}": f"{item}_{new}" for item in items for old, new in names.items()}
    return {**names, **of_items}


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[str], Names, list[str]]:
    """A port, reforms in force there, other names, and an order in which all are listed.

    Facilities trade names, slots too; maritime and border do, or facilities have new ones.
    """
    port, reforms = draw(companies())
    data = without_reforms(port)
    names: Names = draw(st.sampled_from([{}, {"maritime": "border", "border": "maritime"}]))
    tables = [list(data["port"].get(key, {})) for key in ("facilities", "slots")]
    for table in tables:
        others, ending = draw(st.permutations(table)), draw(st.sampled_from(["", "_renamed"]))
        names |= {name: other + ending for name, other in zip(table, others, strict=True)}
    return port, reforms, names, draw(st.permutations([*data["agencies"], *chain(*tables)]))


def assert_only_names_differ(port: str, reforms: list[str], names: Names, order: list[str]) -> None:
    data = with_reforms(port, in_force(reforms))
    activities, consignments, kpis = all_told(data)
    activities_after, consignments_after, kpis_after = all_told(renamed(listed(data, order), names))
    activities["party"] = [names.get(party, party) for party in activities["party"]]
    activities_after["party"] = list(activities_after["party"])
    pd.testing.assert_frame_equal(activities_after, activities, check_exact=True)
    pd.testing.assert_frame_equal(consignments_after, consignments, check_exact=True)
    expected = pd.Series(renamed(kpis.to_dict(), with_items(names))).sort_index()
    pd.testing.assert_series_equal(kpis_after.sort_index(), expected, check_exact=True)


@given(changes())
@settings(max_examples=5, deadline=None)
def test_nothing_else_changes(chosen: tuple[str, list[str], Names, list[str]]) -> None:
    assert_only_names_differ(*chosen)


@pytest.mark.slow
@given(changes())
@settings(max_examples=100, deadline=None)
def test_nothing_else_changes_in_any_port(
    chosen: tuple[str, list[str], Names, list[str]],
) -> None:
    assert_only_names_differ(*chosen)


def test_maritime_under_a_new_name_boards_as_before() -> None:
    """No agency but the two that select has a name that means anything."""
    data, names = with_reforms("serial", {}), {"maritime": "coast_guard"}
    agencies = renamed(data["agencies"], names)
    steps = data["workflows"]["vessel_call"]["steps"]
    parties = {name: step["party"] for name, step in steps.items()}
    after = {**data, "agencies": agencies, "workflows": renamed(data["workflows"], names)}
    for name, party in parties.items():
        after["workflows"]["vessel_call"]["steps"][name]["party"] = party
    for told, told_before in zip(all_told(after)[:2], all_told(data)[:2], strict=True):
        pd.testing.assert_frame_equal(told, told_before, check_exact=True)


def test_a_reform_of_another_name_is_another_matter() -> None:
    """Luck is keyed by it: a share of the same size takes it up, but other consignments."""
    adoption = {"share": 0.5, "assumption": True}
    reforms = [
        {name: {**in_force(["single_window"])["single_window"], "adoption": adoption}}
        for name in ("single_window", "one_declaration")
    ]
    here, there = (all_told(with_reforms("serial", one))[1]["reforms"] != "" for one in reforms)
    assert (here != there).any()
