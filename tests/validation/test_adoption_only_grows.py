"""A higher adoption share never makes a consignment or a conveyance drop the reform.

Nor does it touch who takes up others, but for those that yield to it or require it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.clearance.batch import Batch, batches_of
from sim.clearance.reforms import Rewriting
from sim.clearance.uptake import draw_uptake
from sim.scenario.resources import TIERS
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from tests.builders import ASSUMED
from tests.catalogue import (
    REFORMS,
    Data,
    concerned,
    home,
    in_force,
    knows_tiers,
    sets_figures,
    traffic_of,
    with_reforms,
    without_conflicts,
)

Takers = dict[str, NDArray[np.bool_]]


@cache
def batches(port: str) -> list[Batch]:
    """Cases of replication 0 of a port that follow a workflow; cancelled ones take up nothing."""
    scenario = build_scenario(with_reforms(port, {}))
    found = batches_of(scenario, *traffic_of(scenario))
    return [batch for batch in found if not batch.is_cancelled]


def takers(scenario: Scenario, batch: Batch) -> Takers:
    """By reform, which of the cases take it up."""
    uptakes, index = draw_uptake(
        Rewriting(scenario), batch.workflow, batch.entity, batch.flags, batch.draws
    )
    return {
        name: np.array([name in uptake for uptake in uptakes])[index] for name in scenario.reforms
    }


def depending(reform: str, reforms: dict[str, Data]) -> set[str]:
    """The reform, and those that yield to it or require it, directly or not."""
    found = {reform}
    for name in sorted(reforms, key=lambda name: (reforms[name]["order"], name)):
        looked_at = {*reforms[name].get("requires", ()), *reforms[name].get("yields_to", ())}
        if looked_at & found:
            found.add(name)
    return found


@st.composite
def adoptions(draw: st.DrawFn, port: str, reform: str) -> tuple[Data, Data]:
    """How a reform may be adopted, and how by no fewer, whatever their tier."""
    share = st.sampled_from([0.0, 1.0]) if sets_figures(reform) else st.floats(0, 1)
    pair = st.tuples(share, share).map(sorted)
    (low, high), tiers = draw(pair), dict[str, list[float]]()
    if knows_tiers(port, reform):
        tiers = draw(st.dictionaries(st.sampled_from(TIERS), pair))
    few = {tier: shares[0] for tier, shares in tiers.items()}
    many = {tier: shares[1] for tier, shares in tiers.items()}
    return {"share": low, "by_tier": few, **ASSUMED}, {"share": high, "by_tier": many, **ASSUMED}


def assert_only_grows(name: str, data: st.DataObject) -> None:
    port = home(name)
    others = data.draw(st.lists(st.sampled_from(concerned(port)), unique=True))
    reforms = in_force(without_conflicts([name, *others]))
    fewer, more = (
        build_scenario(with_reforms(port, {**reforms, name: {**reforms[name], "adoption": way}}))
        for way in data.draw(adoptions(port, name))
    )
    for batch in batches(port):
        before, after = takers(fewer, batch), takers(more, batch)
        assert not (before[name] & ~after[name]).any()
        for other in reforms.keys() - depending(name, reforms):
            assert (before[other] == after[other]).all()


@pytest.mark.parametrize("name", REFORMS)
@given(data=st.data())
@settings(max_examples=3, deadline=None)
def test_of_every_reform_at_its_home(name: str, data: st.DataObject) -> None:
    assert_only_grows(name, data)


@pytest.mark.slow
@pytest.mark.parametrize("name", REFORMS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_of_every_reform_in_any_company(name: str, data: st.DataObject) -> None:
    assert_only_grows(name, data)
