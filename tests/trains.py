"""A port without luck from which boxes leave by train, for tests of several packages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.measure.observation import Observation
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from tests.builders import (
    ASSUMED,
    LABEL,
    Data,
    consignments_of,
    constant,
    observe_streams,
    spec,
    tiny_data,
    with_value,
    workflow_spec,
)

EXPORT, RUN = "workflows.rail_export.steps", "workflows.train_run.steps"


def train_data() -> Data:
    """Return a port of exports by rail, measured from Monday 00:00 for a week.

    A train arrives, closes for boxes after six hours with two places, loads for an hour once its
    boxes are there, and departs after one more. A consignment enters ten hours before the train it
    is booked for, is declared and released in an hour each; every box takes a place, is lifted in
    half an hour, and leaves with its train.
    """
    data = tiny_data()
    flow = data["traffic"]["flows"]["sea_import"]
    del flow["arrives_by"]
    flow |= {"workflow": "rail_export", "departs_by": "trains"}
    stream = {
        "label": LABEL,
        "workflow": "train_run",
        "arrivals": {"kind": "timetable", "week": {"mon": ["08:00"]}, **ASSUMED},
        **ASSUMED,
    }
    data["traffic"] |= {"flows": {"rail_export": flow}, "conveyances": {"trains": stream}}
    data["port"]["slots"] = {"train_slots": {"label": LABEL}}
    data["targets"] = {}
    box = {"party": "port", "per": "container"}
    data["workflows"] = {
        "train_run": workflow_spec(
            "conveyance",
            close=spec(
                party="carrier",
                trigger={"arrival_offset": constant(6.0)},
                duration=constant(0.0),
                offers={"train_slots": 2},
            ),
            load=spec("close", party="port", gathers=["loading"]),
            depart=spec("load", party="carrier", documents=16),
        ),
        "rail_export": workflow_spec(
            "consignment",
            enter=spec(
                trigger={"arrival_offset": constant(10.0), "ahead": True},
                duration=constant(0.0),
                milestones=["gate_in"],
            ),
            declare=spec("enter", milestones=["lodgement"]),
            release=spec("declare", party="customs", milestones=["release"]),
            board=spec("release", takes={"train_slots": 1}, duration=constant(0.0), **box),
            lift=spec("board", duration=constant(0.5), milestones=["loading"], **box),
            leave=spec(
                "lift", "train_run.depart", duration=constant(0.0), milestones=["departure"], **box
            ),
        ),
    }
    return data


def train_port(*changes: tuple[str, Any]) -> Scenario:
    """Build the port of trains, with values at dotted keys replaced."""
    data = train_data()
    for key, value in changes:
        data = with_value(data, key, value)
    return build_scenario(data)


def observe_trains(
    booked: Sequence[int], boxes: Sequence[int], *arrival_hours: float, **values: Any
) -> Observation:
    """Run consignments with so many boxes, booked for trains that arrive at these hours.

    ``values`` are those of the scenario, by key with ``__`` for the dots.
    """
    scenario = train_port(*((key.replace("__", "."), value) for key, value in values.items()))
    consignments = consignments_of(booked, boxes, flows={"rail_export": len(booked)})
    return observe_streams(scenario, consignments, trains=arrival_hours)


def transit_port() -> Scenario:
    """Build a port where boxes come by vessel and leave by train; both gather what is theirs."""
    sea, data = tiny_data(), train_data()
    flow = data["traffic"]["flows"].pop("rail_export")
    flow |= {"workflow": "transit", "arrives_by": "liner_calls"}
    data["traffic"]["flows"] = {"transit": flow}
    streams = data["traffic"]["conveyances"]
    data["traffic"]["conveyances"] = sea["traffic"]["conveyances"] | streams
    steps = data["workflows"].pop("rail_export")["steps"]
    steps["enter"] = spec("vessel_call.unload", duration=constant(0.0), milestones=["discharge"])
    steps = {"discharge": steps.pop("enter")} | steps
    steps["declare"]["after"] = ["discharge"]
    data["workflows"] |= {
        "transit": workflow_spec("consignment", **steps),
        "vessel_call": sea["workflows"]["vessel_call"],
    }
    data["workflows"]["vessel_call"]["steps"]["sail"]["gathers"] = ["discharge", "loading"]
    return build_scenario(data)
