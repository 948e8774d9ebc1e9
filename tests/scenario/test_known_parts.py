"""Scenarios read with known parts are those read from plain data alone."""

from functools import cache
from typing import Any

import pytest

from sim.command.configuration import composed_data
from sim.command.plain_data import with_value
from sim.scenario.known_parts import with_known_parts
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario


@cache
def base() -> tuple[dict[str, Any], Scenario]:
    data = composed_data(["scenario=all_together"])["all_together"]
    return data, build_scenario(data)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("agencies.customs.examiners", 5),
        ("agencies.customs.examiners", {"office": 3, "daytime": 2}),
        ("reforms.single_window.adoption.share", 0.25),
        ("traffic.conveyances.liner_calls.arrivals.interarrival.mean", 9.5),
        ("port.facilities.customs_site.capacity", 12),
        ("hours.office.week.mon", ["08:00-12:00"]),
    ],
)
def test_known_parts_change_nothing(key: str, value: Any) -> None:
    data, scenario = base()
    changed = with_value(data, key, value)
    shared = build_scenario(with_known_parts(changed, data, scenario))
    plain = build_scenario(changed)
    assert shared == plain
    assert shared.model_dump(exclude_unset=True) == plain.model_dump(exclude_unset=True)
    assert shared.workflows["sea_import"] is scenario.workflows["sea_import"]
