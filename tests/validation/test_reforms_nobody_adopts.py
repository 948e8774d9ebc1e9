"""A reform that nobody adopts leaves all as it was, to the bit: every time, cost and KPI.

It holds for reforms of workflows, of pools and of figures, alone and together, whether one share
is 0 or those of all tiers are.
"""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.resources import TIERS
from tests.builders import ASSUMED
from tests.catalogue import (
    REFORMS,
    Data,
    all_told,
    companies,
    home,
    in_force,
    knows_tiers,
    with_reforms,
    with_required,
)

NOBODY = {"share": 0.0, **ASSUMED}
NO_TIER = {"share": 0.5, "by_tier": dict.fromkeys(TIERS, 0.0), **ASSUMED}

before = cache(lambda port: all_told(with_reforms(port, {})))


def assert_nothing_changes(port: str, adoptions: dict[str, Data]) -> None:
    reforms = in_force(adoptions)
    for name, adoption in adoptions.items():
        reforms[name]["adoption"] = adoption
    activities, consignments, kpis = all_told(with_reforms(port, reforms))
    activities_before, consignments_before, kpis_before = before(port)
    pd.testing.assert_frame_equal(activities, activities_before, check_exact=True)
    pd.testing.assert_frame_equal(consignments, consignments_before, check_exact=True)
    pd.testing.assert_series_equal(kpis, kpis_before, check_exact=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", REFORMS)
def test_alone_at_its_home(name: str) -> None:
    assert_nothing_changes(home(name), dict.fromkeys(with_required([name]), NOBODY))


@st.composite
def unwanted(draw: st.DrawFn) -> tuple[str, dict[str, Data]]:
    """A port, and for each of some reforms in force there how nobody adopts it."""
    port, names = draw(companies())
    ways_of = {name: [NOBODY, NO_TIER] if knows_tiers(port, name) else [NOBODY] for name in names}
    return port, {name: draw(st.sampled_from(ways)) for name, ways in ways_of.items()}


@given(unwanted())
@settings(max_examples=5, deadline=None)
def test_in_company(chosen: tuple[str, dict[str, Data]]) -> None:
    assert_nothing_changes(*chosen)


@pytest.mark.slow
@given(unwanted())
@settings(max_examples=150, deadline=None)
def test_in_any_company(chosen: tuple[str, dict[str, Data]]) -> None:
    assert_nothing_changes(*chosen)
