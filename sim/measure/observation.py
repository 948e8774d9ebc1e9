"""What happened to the consignments that are measured: the common ground of all measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.clearance.calendars import Calendar
from sim.clearance.plan import Plan
from sim.clearance.step import Step
from sim.engine.trace import NEVER, Trace
from sim.scenario.scenario import Scenario
from sim.scenario.workflow import Milestone
from sim.traffic.consignments import Consignments
from sim.traffic.conveyances import Conveyances
from sim.traffic.window import Window, observation_window

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Observation:
    """One replication of one scenario, after the run."""

    scenario: Scenario
    conveyances: Conveyances
    consignments: Consignments
    plan: Plan
    trace: Trace

    @cached_property
    def window(self) -> Window:
        """Arrivals that count."""
        return observation_window(self.scenario.experiment)

    @cached_property
    def calendars(self) -> list[Calendar]:
        """Calendars of the plan."""
        return [Calendar(open_time) for open_time in self.plan.calendars]

    @cached_property
    def arrival(self) -> Ints:
        """Shape (consignments,): arrival of the conveyance each is attached to."""
        return self.plan.arrival[self.plan.conveyances :]

    @cached_property
    def in_window(self) -> Flags:
        """Shape (consignments,): arrived while measured."""
        return (self.arrival >= self.window.start) & (self.arrival < self.window.end)

    @cached_property
    def finished(self) -> Flags:
        """Shape (consignments,): every activity has ended."""
        ends = np.minimum.reduceat(self.trace.end, self.plan.first_activity[:-1])
        return np.asarray(ends[self.plan.conveyances :] != NEVER)

    @cached_property
    def measured(self) -> Flags:
        """Shape (consignments,): arrived while measured, and finished."""
        return self.in_window & self.finished

    @cached_property
    def groups(self) -> Mapping[str, Flags]:
        """Consignments people ask about, as flags over all; the same under every reform.

        Flows are groups of their own where there are several. What is handled twice is selected by
        both agencies and follows a workflow that, before reform, moves it for each of them: an
        export that was inspected at its origin is moved for one only.
        """
        flags = self.consignments.flags
        customs, quarantine = flags["customs_selected"], flags["quarantine_selected"]
        flows = self.consignments.flows if len(self.consignments.flows) > 1 else ()
        return {
            "all": self.measured,
            "examined": self.measured & (customs | quarantine),
            "examined_twice": self.measured & customs & quarantine,
            "handled_twice": self.measured & customs & quarantine & self._moved_for_each_agency,
            "unexamined": self.measured & ~(customs | quarantine),
            "quarantine_liable": self.measured & flags["quarantine_liable"],
            **{
                name: self.measured & (self.consignments.flow == number)
                for number, name in enumerate(flows)
            },
        }

    @property
    def _moved_for_each_agency(self) -> Flags:
        """Shape (consignments,): whether its workflow as written has several movings."""
        written = self.scenario.workflows
        movings = np.array(
            [
                sum(step.kind == "moving" for step in written[flow.workflow].steps.values())
                for flow in self.scenario.traffic.flows.values()
            ]
        )
        return np.asarray(movings[self.consignments.flow] > 1)

    @cached_property
    def calls_measured(self) -> Flags:
        """Shape (conveyances,): came while measured, and finished."""
        arrival = self.plan.arrival[: self.plan.conveyances]
        ends = np.minimum.reduceat(self.trace.end, self.plan.first_activity[:-1])
        in_window = (arrival >= self.window.start) & (arrival < self.window.end)
        came = in_window & ~self.conveyances.cancelled
        return np.asarray(came & (ends[: self.plan.conveyances] != NEVER))

    @cached_property
    def counted(self) -> Flags:
        """Shape (activities,): belongs to a conveyance or a consignment that is measured."""
        return np.concatenate([self.calls_measured, self.measured])[self.plan.case]

    @cached_property
    def of_consignment(self) -> Flags:
        """Shape (activities,): belongs to a consignment that is measured."""
        counted = np.concatenate([np.zeros(self.plan.conveyances, dtype=np.bool_), self.measured])
        return np.asarray(counted[self.plan.case])

    def steps_with(self, attribute: str, value: object) -> Flags:
        """Shape (steps,): whether an attribute of the step is the value, or holds it."""
        return np.array([_has(step, attribute, value) for step in self.plan.steps], dtype=np.bool_)

    def per_consignment(self, weight: NDArray[np.float64] | Ints) -> NDArray[np.float64]:
        """Sum a column over activities into one over consignments."""
        sums = np.bincount(self.plan.case, weights=weight, minlength=self.plan.cases)
        return np.asarray(sums[self.plan.conveyances :])

    def milestone(self, name: Milestone) -> Ints:
        """Shape (consignments,): when all steps that reach a milestone had ended, or NEVER."""
        chosen = self.steps_with("milestones", name)[self.plan.step]
        case, end = self.plan.case[chosen], self.trace.end[chosen]
        reached = np.full(self.plan.cases, NEVER, dtype=np.int64)
        np.maximum.at(reached, case, end)
        reached[case[end == NEVER]] = NEVER
        return np.asarray(reached[self.plan.conveyances :])

    @cached_property
    def step_names(self) -> list[str]:
        """Name of each step of the plan.

        Those of conveyances, and all where consignments follow several workflows, stand with their
        workflow before them.
        """
        flows = self.scenario.traffic.flows.values()
        followed = {flow.workflow for flow in flows}
        plain = followed if len(followed) == 1 else set()
        return [
            step.name if workflow in plain else f"{workflow}.{step.name}"
            for step in self.plan.steps
            for workflow in [step.origin.split(".")[0]]
        ]


def _has(step: Step, attribute: str, value: object) -> bool:
    held = getattr(step, attribute)
    return value in held if isinstance(held, tuple) else held == value
