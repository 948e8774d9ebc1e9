"""What a preview says of traffic, and of pools that cannot keep up."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from rich.console import Console

from sim.command.configuration import composed_data
from sim.measure.conveyance_times import conveyance_kpis
from sim.measure.utilisation import pool_kpis
from sim.report.preview_table import STABLE, print_preview
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.study.inputs import load_inputs
from sim.study.preview import Preview, preview
from sim.study.settings import Point
from tests.builders import SMALL, inputs, replicate, shipped


def previewed(**values: Any) -> Preview:
    return preview(Point("serial", shipped("serial", **values)), inputs())


def printed(found: Preview, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_preview(console, found)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def load_of(found: Preview, pool: str) -> float:
    return float(found.pools.set_index("pool")["load"][pool])


def test_a_port_that_keeps_up_is_said_to() -> None:
    found = previewed()
    assert found.unstable.empty
    assert 0 < load_of(found, "customs.examiners") < 1
    assert STABLE in printed(found)


def test_a_pool_asked_for_more_than_it_has_is_named() -> None:
    found = previewed(agencies__customs__reviewers=3)
    assert found.unstable["pool"].tolist() == ["customs.reviewers"]
    assert load_of(found, "customs.reviewers") > 1.2
    assert "Unstable: Customs, reviewers is asked for" in printed(found)


def test_a_pool_with_nobody_is_named() -> None:
    found = previewed(agencies__customs__examiners=0)
    assert "customs.examiners" in found.unstable["pool"].tolist()
    assert "Unstable: Customs, examiners has nobody" in printed(found)


@pytest.mark.parametrize("factor", [2, 3])
def test_load_falls_as_staff_grows(factor: int) -> None:
    few, many = (previewed(agencies__customs__reviewers=18 * times) for times in (1, factor))
    ratio = load_of(few, "customs.reviewers") / load_of(many, "customs.reviewers")
    assert ratio == pytest.approx(factor)


def test_volumes_are_those_of_the_traffic() -> None:
    flow = previewed().flows.set_index("flow").loc["sea_import"]
    stream = previewed().streams.set_index("stream").loc["liner_calls"]
    assert flow["consignments_per_day"] == pytest.approx(50 * stream["per_day"], rel=0.3)
    tiers = ["advanced_certified", "general_certified", "ordinary", "discredited"]
    assert flow[tiers].sum() == pytest.approx(1)


def test_a_window_without_traffic_has_a_preview_too() -> None:
    found = previewed(
        experiment__warm_up_days=0.0,
        experiment__horizon_days=0.01,
        traffic__conveyances__liner_calls__arrivals__interarrival__mean=20.0,
    )
    assert found.flows["consignments_per_day"].tolist() == [0.0]
    assert "Sea imports" in printed(found)


@pytest.fixture(scope="module")
def lianyungang() -> Scenario:
    """Vessels and trains; boxes in transit come by the one and leave by the other."""
    data = composed_data(["scenario=lianyungang_2017"])["lianyungang_2017"]
    data["experiment"].update(SMALL | {"warm_up_days": 7.0})
    return build_scenario(data)


def test_what_boards_and_what_stands_in_yards_is_as_in_a_run(lianyungang: Scenario) -> None:
    found = preview(Point("port", lianyungang), load_inputs([lianyungang]))
    observation = replicate(lianyungang)
    told = {kpi.key: kpi.value for kpi in conveyance_kpis(observation)}
    for row in found.streams.itertuples():
        assert row.boxes_per_year == pytest.approx(told[f"{row.stream}.boxes_per_year"], rel=0.2)
    used = {kpi.key: kpi.value for kpi in pool_kpis(observation)}
    for yard in ("yard_slots", "rail_yard_slots"):
        utilisation = used[f"pool.{yard}.utilisation"]
        assert 0.7 * utilisation < load_of(found, yard) < 1.1 * utilisation


def test_a_yard_that_overflows_is_named_and_all_is_labelled(lianyungang: Scenario) -> None:
    data = lianyungang.model_dump()
    data["port"]["facilities"]["yard_slots"]["capacity"] = 4000
    crowded = build_scenario(data)
    found = preview(Point("port", crowded), load_inputs([crowded]))
    text = printed(found, width=80)
    assert "Unstable: Yard for declared boxes is asked for" in text
    assert "Block trains" in text
    assert "Sea imports" in text
    assert "Quarantine, laboratory staff" in text
    assert "_" not in text


def test_a_pipe_has_room_for_every_column() -> None:
    text = printed(previewed(), width=60)
    assert re.search(r"quarantine *$", text, re.MULTILINE)
    assert re.search(r"Sea imports .*\d\.\d\s% *$", text, re.MULTILINE)
