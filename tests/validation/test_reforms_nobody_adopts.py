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


def assert_nothing_changes(port: str, reforms: dict[str, Data]) -> None:
    activities, consignments, kpis = all_told(with_reforms(port, reforms))
    activities_before, consignments_before, kpis_before = before(port)
    pd.testing.assert_frame_equal(activities, activities_before, check_exact=True)
    pd.testing.assert_frame_equal(consignments, consignments_before, check_exact=True)
    pd.testing.assert_series_equal(kpis, kpis_before, check_exact=True)


@pytest.mark.parametrize("name", REFORMS)
def test_alone_at_its_home(name: str) -> None:
    reforms = in_force(with_required([name]))
    assert_nothing_changes(
        home(name), {key: {**reforms[key], "adoption": NOBODY} for key in reforms}
    )


@st.composite
def unwanted(draw: st.DrawFn) -> tuple[str, dict[str, Data]]:
    """A port, and reforms in force there that nobody adopts."""
    port, names = draw(companies())
    reforms = in_force(names)
    for name, reform in reforms.items():
        ways = [NOBODY, NO_TIER] if knows_tiers(port, name) else [NOBODY]
        reform["adoption"] = draw(st.sampled_from(ways))
    return port, reforms


@given(unwanted())
@settings(max_examples=12, deadline=None)
def test_in_company(chosen: tuple[str, dict[str, Data]]) -> None:
    assert_nothing_changes(*chosen)


@pytest.mark.slow
@given(unwanted())
@settings(max_examples=150, deadline=None)
def test_in_any_company(chosen: tuple[str, dict[str, Data]]) -> None:
    assert_nothing_changes(*chosen)
