"""A conveyance that is cancelled: a case in which nothing happens but that."""

from __future__ import annotations

from sim.clearance.step import step_from_spec
from sim.clearance.template import Slot, Template
from sim.scenario.base import Label
from sim.scenario.duration import Constant
from sim.scenario.workflow import StepSpec

_CANCELLED = StepSpec(
    label=Label(en="Cancelled", zh="停运"),
    party="carrier",
    kind="departure",
    duration=Constant(dist="constant", value=0.0, source="Definition: it does not come"),
)


def cancelled_template(workflow: str) -> Template:
    """Return the one activity of a conveyance of a workflow that does not come."""
    step = step_from_spec(workflow, "cancelled", _CANCELLED)
    return Template(slots=(Slot(step, 0),), edges=(), cross_edges=(), roots=(0,))
