"""Appointments outside hours where nobody is on call."""

from __future__ import annotations

from dataclasses import replace

from sim.clearance.capacity import most_units
from sim.clearance.graph import Workflow
from sim.clearance.resources import Resources
from sim.clearance.step import PoolUnits, Step


def with_those_on_call(workflow: Workflow, resources: Resources) -> Workflow:
    """Return the workflow without appointments for which there is never anybody.

    Such a consignment is served like any other, by the pools the step uses in their hours.
    """
    steps = {
        name: step_with_those_on_call(step, resources) for name, step in workflow.steps.items()
    }
    return replace(workflow, steps=steps)


def step_with_those_on_call(step: Step, resources: Resources) -> Step:
    """Return a step without appointments for which there is never anybody."""
    parts = tuple(step_with_those_on_call(part, resources) for part in step.parts)
    kept = step.by_appointment if _anybody(step.by_appointment, resources) else ()
    return replace(step, by_appointment=kept, parts=parts)


def _anybody(wanted: PoolUnits, resources: Resources) -> bool:
    """Whether all pools that are wanted have units at some time; unknown ones are told of later."""
    there = [resources.capacity.get(resources.resolve(pool)) for pool, _ in wanted]
    return all(units is None or most_units((*units.weekly, *units.dated)) for units in there)


def kept_appointments(step: Step) -> list[Step]:
    """The step, or parts of it, as a consignment with an appointment meets them."""
    own = [replace(step, uses=step.by_appointment, by_appointment=())]
    parts = [kept for part in step.parts for kept in kept_appointments(part)]
    return [*(own if step.by_appointment else []), *parts]
