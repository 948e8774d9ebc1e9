"""Disruptions of pools."""

from __future__ import annotations

from typing import Any

import pytest

from sim.clearance.capacity import WEEK, Capacity
from sim.clearance.resources import Resources, resources_of
from sim.scenario.errors import InputError
from tests.builders import ASSUMED, LABEL, reform, shipped

HOUR = 3600


def disruption(kind: str, *pools: str, **fields: Any) -> dict[str, Any]:
    """Return one from noon of the first day until noon of the second."""
    when = {"start_days": 0.5, "duration_hours": 24.0}
    return {"label": LABEL, "kind": kind, "pools": pools, **when, **ASSUMED, **fields}


def struck(*operators: dict[str, Any], **disruptions: Any) -> Resources:
    reforms = {"r": reform(*operators)} if operators else {}
    return resources_of(shipped("serial", reforms=reforms, disruptions=disruptions))


def from_noon_to_noon(units: int, left: int) -> Capacity:
    return Capacity(((0, units),), ((0, units), (12 * HOUR, left), (36 * HOUR, units)), WEEK)


@pytest.mark.parametrize("kind", ["outage", "closure"])
def test_no_units_for_a_while(kind: str) -> None:
    capacity = struck(a=disruption(kind, "berths", "gate_lanes")).capacity
    assert capacity["berths"] == from_noon_to_noon(4, 0)
    assert capacity["gate_lanes"] == from_noon_to_noon(6, 0)
    assert capacity["cranes"] == Capacity(((0, 14),))


@pytest.mark.parametrize(
    ("there", "left", "units"),
    [
        pytest.param(10, 0.29, 2, id="rounded down"),
        pytest.param(100, 0.29, 29, id="an exact number, whatever a float makes of it"),
        pytest.param(10, 1.0, 10, id="nobody is missing"),
        pytest.param(10, 0.0, 0, id="nobody is left"),
        pytest.param(0, 0.5, 0, id="nobody was there"),
    ],
)
def test_a_share_is_left_of_a_shortage(there: int, left: float, units: int) -> None:
    shortage = disruption("shortage", "gate_lanes", left=left)
    scenario = shipped(
        "serial", port__facilities__gate_lanes__capacity=there, disruptions={"a": shortage}
    )
    dated = resources_of(scenario).capacity["gate_lanes"].dated
    assert [number for tick, number in dated if tick <= 12 * HOUR][-1] == units
    assert [number for tick, number in dated if tick <= 36 * HOUR][-1] == there


def test_several_shortages_at_a_time_do_not_depend_on_their_order() -> None:
    """Of 29 bays 0.9 x 0.9 x 0.5 leave 11.7; rounding in between would leave 11 or 12."""
    shares = {"a": 0.9, "b": 0.5, "c": 0.9}
    shortages = {
        name: disruption("shortage", "customs_site", left=left) for name, left in shares.items()
    }
    found = struck(**shortages).capacity["customs_site"]
    assert found == from_noon_to_noon(29, 11)
    backwards = dict(reversed(shortages.items()))
    assert struck(**backwards).capacity["customs_site"] == found


def test_one_disruption_strikes_a_pool_once() -> None:
    """Both sites are one by now, and half of that is left."""
    pooling = {
        "pools": ["customs_site", "quarantine_site"],
        "into": "site",
        "label": LABEL,
        "to": {"capacity": 50, **ASSUMED},
    }
    both = disruption("shortage", "customs_site", "quarantine_site", left=0.5)
    assert struck({"pool": pooling}, a=both).capacity["site"] == from_noon_to_noon(50, 25)


def test_a_pool_nobody_made_is_named() -> None:
    scenario = shipped(
        "serial",
        reforms={
            "r": reform(
                {
                    "pool": {
                        "pools": ["customs_site", "quarantine_site"],
                        "into": "site",
                        "label": LABEL,
                        "to": ASSUMED,
                    }
                },
                adoption={"share": 0.0, **ASSUMED},
            )
        },
        disruptions={"a": disruption("outage", "site")},
    )
    with pytest.raises(InputError, match=r"^disruptions\.a\.pools: unknown pool 'site'; allowed: "):
        _ = resources_of(scenario).capacity


def test_what_strikes_traffic_leaves_pools_alone() -> None:
    surge = {
        "label": LABEL,
        "kind": "surge",
        "streams": ["liner_calls"],
        "factor": 1.5,
        "start_days": 1.0,
        "duration_hours": 2.0,
        **ASSUMED,
    }
    assert struck(a=surge).capacity == struck().capacity
