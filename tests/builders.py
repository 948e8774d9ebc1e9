"""Scenarios, graphs and runs that tests of several packages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from sim.clearance.compile import Compiler
from sim.clearance.parameters import effect_of
from sim.clearance.step import Step, step_from_spec
from sim.command.configuration import composed_data
from sim.engine.simulate import simulate
from sim.files.declarations import load_declarations
from sim.measure.observation import Observation
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.scenario.workflow import Flag, StepSpec
from sim.traffic.consignments import Consignments, draw_consignments
from sim.traffic.conveyances import Conveyances, draw_conveyances
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.inputs import Inputs

SHIPPED = (
    "serial",
    "parallel_agencies",
    "joint_inspection",
    "joint_inspection_recognition",
    "advance_declaration",
    "all_together",
)
SMALL = {
    "replications": 2,
    "seed": 2017,
    "warm_up_days": 2.0,
    "horizon_days": 7.0,
    "cool_down_days": 2.0,
}
ASSUMED = {"assumption": True}
LABEL = {"en": "Anything", "zh": "任意"}

Data = dict[str, Any]


def column(*values: int) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def constant(hours: float) -> Data:
    return {"dist": "constant", "value": hours, **ASSUMED}


def with_value(data: Data, key: str, value: Any) -> Data:
    """Return a copy of nested data with the value at a dotted key replaced or added."""
    copy = deepcopy(data)
    *path, last = key.split(".")
    here: Any = copy
    for part in path:
        here = here[int(part) if isinstance(here, list) else part]
    here[int(last) if isinstance(here, list) else last] = value
    return copy


@cache
def _composed() -> Mapping[str, Data]:
    return composed_data([f"compare=[{','.join(SHIPPED)}]"])


def shipped_data(name: str) -> Data:
    """Plain data of a shipped scenario, with an experiment of eleven days."""
    data = deepcopy(_composed()[name])
    data["experiment"].update(SMALL)
    data.setdefault("reforms", {})
    return data


def shipped(name: str, **values: Any) -> Scenario:
    """Build a shipped scenario; keyword arguments are keys with ``__`` for the dots."""
    data = shipped_data(name)
    for key, value in values.items():
        data = with_value(data, key.replace("__", "."), value)
    return build_scenario(data)


def reform(
    *operators: Data, order: int = 10, workflows: Sequence[str] = ("sea_import",), **rest: Any
) -> Data:
    return {
        "label": LABEL,
        "source": "A test",
        "order": order,
        "workflows": list(workflows),
        "adoption": {"share": 1.0, **ASSUMED},
        "operators": list(operators),
        **rest,
    }


def spec(*after: str, **fields: Any) -> Data:
    """Return a step as written in YAML."""
    return {
        "label": LABEL,
        "party": "trader",
        "kind": "review",
        "after": list(after),
        "duration": constant(1.0),
        **fields,
    }


def step(name: str, *after: str, **fields: Any) -> Step:
    """Build a step; one that waits for nothing is triggered by the arrival."""
    if not after:
        fields.setdefault("trigger", {"arrival_offset": constant(0.0)})
    return step_from_spec("w", name, StepSpec.model_validate(spec(*after, **fields)))


@cache
def declarations() -> DeclarationTable:
    return load_declarations("kcs_sea_imports")


def inputs() -> Inputs:
    return Inputs({"kcs_sea_imports": declarations()})


def traffic(scenario: Scenario, draws: Draws) -> tuple[Conveyances, Consignments]:
    conveyances = draw_conveyances(scenario, inputs(), draws)
    return conveyances, draw_consignments(scenario, conveyances, inputs(), draws)


def run(
    scenario: Scenario, conveyances: Conveyances, consignments: Consignments, draws: Draws
) -> Observation:
    plan = Compiler(scenario).compile(conveyances, consignments, draws)
    return Observation(scenario, conveyances, consignments, plan, simulate(plan))


def replicate(scenario: Scenario, replication: int = 0) -> Observation:
    draws = Draws(scenario.experiment.seed, replication)
    return run(scenario, *traffic(scenario, draws), draws)


@cache
def replicated(name: str) -> Observation:
    """Return replication 0 of a shipped scenario, with the figures that its reforms set."""
    return replicate(effect_of(shipped(name)).scenario)


def workflow_spec(case: str, **steps: Data) -> Data:
    return {"label": LABEL, "mode": "sea", "case": case, "source": "A test", "steps": steps}


def tiny_data(**import_steps: Data) -> Data:
    """Return a scenario without luck, measured from Monday 00:00 for a week, open day and night.

    A vessel moors for an hour, unloads for two and leaves after one more; each consignment is
    discharged when all is unloaded, declared in two hours, reviewed by a customs officer in three,
    and each of its boxes takes a gate lane for half an hour.
    """
    data = shipped_data("serial")
    for agency in data["agencies"].values():
        agency.update({"hours": "around_the_clock", "role_hours": {}})
    for facility in data["port"]["facilities"].values():
        facility.update({"hours": "around_the_clock"})
    data["experiment"].update({"warm_up_days": 0.0, "cool_down_days": 0.0})
    data["workflows"] = {
        "vessel_call": workflow_spec(
            "conveyance",
            moor=spec(
                party="port",
                takes={"berths": 1},
                trigger={"arrival_offset": constant(0.0)},
            ),
            unload=spec("moor", party="port", duration=constant(2.0)),
            sail=spec("unload", party="port", returns={"berths": 1}),
        ),
        "sea_import": workflow_spec(
            "consignment",
            discharge=spec(
                "vessel_call.unload",
                party="port",
                duration=constant(0.0),
                milestones=["discharge"],
            ),
            declare=spec("discharge", duration=constant(2.0), milestones=["lodgement"]),
            review=spec(
                "declare",
                party="customs",
                duration=constant(3.0),
                uses={"customs.reviewers": 1},
                milestones=["release"],
            ),
            pick_up=spec(
                "review",
                party="port",
                per="container",
                kind="pickup",
                duration=constant(0.5),
                uses={"gate_lanes": 1},
                milestones=["gate_out"],
            ),
            **import_steps,
        ),
    }
    return data


def tiny(*changes: tuple[str, Any], **import_steps: Data) -> Scenario:
    """Build the scenario without luck, with values at dotted keys replaced."""
    data = tiny_data(**import_steps)
    for key, value in changes:
        data = with_value(data, key, value)
    return build_scenario(data)


def consignments_of(
    conveyance: Sequence[int],
    containers: Sequence[int] | None = None,
    forty_foot: Sequence[int] | None = None,
    flows: Mapping[str, int] | None = None,
    **flags: Sequence[bool],
) -> Consignments:
    """Make consignments by hand; flags not given are false, nothing is violated.

    ``flows`` says how many each flow has, in order; without it all are sea imports.
    """
    number = len(conveyance)
    sizes = flows or {"sea_import": number}
    boxes = column(*(containers or [1] * number))
    long_boxes = column(*(forty_foot or [0] * number))
    nothing = np.zeros(number, dtype=np.bool_)
    known = {name: nothing for name in get_args(Flag)}
    known.update({name: np.array(values, dtype=np.bool_) for name, values in flags.items()})
    return Consignments(
        flows=tuple(sizes),
        flow=np.repeat(np.arange(len(sizes)), list(sizes.values())),
        entity=np.arange(number, dtype=np.int64),
        conveyance=column(*conveyance),
        containers=boxes,
        forty_foot=long_boxes,
        teu=boxes + long_boxes,
        value_fen=np.zeros(number, dtype=np.int64),
        duty_fen=np.zeros(number, dtype=np.int64),
        lead=np.full(number, np.nan),
        tier=np.full(number, 2, dtype=np.int64),
        flags=known,
        violation={"customs": nothing, "quarantine": nothing},
        risk_score={},
        finding_luck={agency: np.full(number, 0.5) for agency in ("customs", "quarantine")},
    )


def conveyances_at(scenario: Scenario, **hours: Sequence[float]) -> Conveyances:
    """Make conveyances by hand that arrive at these hours, stream by stream."""
    streams = scenario.traffic.conveyances
    sizes = [len(hours.get(name, ())) for name in streams]
    arrival = [round(hour * 3600) for name in streams for hour in hours.get(name, ())]
    return Conveyances(
        streams=tuple(streams),
        stream=np.repeat(np.arange(len(streams)), sizes),
        entity=column(*(number for size in sizes for number in range(size))),
        arrival=column(*arrival),
        timetable=column(*arrival),
        cancelled=np.zeros(len(arrival), dtype=np.bool_),
        other_unload_moves=np.repeat([s.other_unload_moves for s in streams.values()], sizes),
        other_load_moves=np.repeat([s.other_load_moves for s in streams.values()], sizes),
    )


def observe_by_hand(
    scenario: Scenario, consignments: Consignments, *arrival_hours: float
) -> Observation:
    """Run hand-made consignments on vessels that arrive at these hours."""
    return observe_streams(scenario, consignments, liner_calls=arrival_hours)


def observe_streams(
    scenario: Scenario, consignments: Consignments, **hours: Sequence[float]
) -> Observation:
    """Run hand-made consignments on conveyances that arrive at these hours, stream by stream."""
    conveyances = conveyances_at(scenario, **hours)
    return run(scenario, conveyances, consignments, Draws(scenario.experiment.seed, 0))
