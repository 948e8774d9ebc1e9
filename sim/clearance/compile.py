"""From a scenario and the traffic of a replication to its plan.

Cases that took up the same reforms and meet the same steps share a template, which is stamped for
all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.clearance.activities import Activities, Group
from sim.clearance.appointments import with_those_on_call
from sim.clearance.batch import Batch, batches_of
from sim.clearance.calendars import Calendar
from sim.clearance.cancelled_runs import cancelled_template
from sim.clearance.capacity import open_time
from sim.clearance.edges import boarding_links, successors
from sim.clearance.graph import Workflow
from sim.clearance.loading import loading_of
from sim.clearance.plan import Plan
from sim.clearance.reforms import Rewriting
from sim.clearance.resources import resources_of
from sim.clearance.step import Step, conditions_of
from sim.clearance.step_table import StepTable
from sim.clearance.template import make_template, relevant_flags, reworked_steps
from sim.clearance.timings import timings
from sim.clearance.uptake import draw_uptake
from sim.clearance.work import times_sent_back
from sim.scenario.scenario import Scenario
from sim.traffic.consignments import Consignments
from sim.traffic.conveyances import Conveyances
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import CONTAINERS_BITS

Ints = NDArray[np.int64]
_SENT_BACK_BITS = 2


class Compiler:
    """Compiles the replications of one scenario; what does not depend on luck is kept."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._rewriting = Rewriting(scenario)
        self._resources = resources_of(scenario)
        self._calendars = {
            name: Calendar(open_time(hours)) for name, hours in self._resources.hours.items()
        }
        self._workflow = cache(
            lambda workflow, uptake: with_those_on_call(
                self._rewriting.workflow(workflow, uptake), self._resources
            )
        )
        self._template = cache(
            lambda workflow, uptake, flags, containers, sent_back: make_template(
                self._workflow(workflow, uptake), dict(flags), containers, dict(sent_back)
            )
        )

    def compile(self, conveyances: Conveyances, consignments: Consignments, draws: Draws) -> Plan:
        """Return the plan of a replication."""
        batches = batches_of(self._scenario, conveyances, consignments, draws)
        table = StepTable(self._resources)
        groups: list[Group] = []
        uptakes: list[tuple[str, ...]] = []
        uptake_columns: list[Ints] = []
        for batch in batches:
            taken, index = self._uptake(batch)
            uptake_columns.append(index + len(uptakes))
            uptakes.extend(taken)
            if batch.is_cancelled:
                groups.append(_cancelled(batch, table))
            else:
                groups.extend(self._groups(batch, taken, index, table))
        activities = Activities(groups, sum(map(len, batches)))
        request, returned, offered, calendar = table.columns()
        slot_pools = set(self._scenario.port.slots)
        work, earliest = timings(batches, activities, table.steps, self._calendars)
        first_edge, successor, lag = successors(activities, groups, table.steps, slot_pools)
        step = activities.step
        return Plan(
            steps=table.steps,
            calendars=table.calendars,
            pools=table.pools,
            capacity=table.capacity,
            pool_calendar=table.pool_calendar,
            requests=table.requests,
            returns=table.returns,
            conveyances=len(conveyances),
            conveyance=np.concatenate([batch.conveyance for batch in batches]),
            arrival=np.concatenate([batch.arrival for batch in batches]),
            uptakes=tuple(uptakes),
            uptake=np.concatenate(uptake_columns),
            first_activity=activities.first,
            case=activities.case,
            step=step,
            container=activities.container,
            work=work,
            earliest=earliest,
            request=request[step],
            returned=returned[step],
            visit=activities.visit,
            calendar=calendar[step],
            first_edge=first_edge,
            successor=successor,
            lag=lag,
            offers=table.offers,
            offered=offered[step],
            links=boarding_links(activities, groups, table.steps, slot_pools),
            loading=loading_of(activities, groups, self._scenario.port.handling, slot_pools),
        )

    def _uptake(self, batch: Batch) -> tuple[tuple[tuple[str, ...], ...], Ints]:
        """Distinct sets of reforms that cases take up, and the index of the set of each."""
        if batch.is_cancelled:
            return ((),), np.zeros(len(batch), dtype=np.int64)
        return draw_uptake(self._rewriting, batch.workflow, batch.entity, batch.flags, batch.draws)

    def _groups(
        self,
        batch: Batch,
        uptakes: Sequence[tuple[str, ...]],
        uptake: Ints,
        table: StepTable,
    ) -> Iterator[Group]:
        workflows = [self._workflow(batch.workflow, taken) for taken in uptakes]
        names = sorted(set().union(*(relevant_flags(workflow) for workflow in workflows)))
        sent_back = _sent_back(workflows, uptake, batch)
        key = uptake.copy()
        for name in names:
            key = (key << 1) | batch.flags[name]
        for times in sent_back.values():
            key = (key << _SENT_BACK_BITS) | times
        key = (key << CONTAINERS_BITS) | batch.containers
        order = np.argsort(key, kind="stable")
        _, starts = np.unique(key[order], return_index=True)
        for members in np.split(order, starts[1:]):
            one = members[0]
            template = self._template(
                batch.workflow,
                uptakes[uptake[one]],
                tuple((name, bool(batch.flags[name][one])) for name in names),
                int(batch.containers[one]),
                tuple((step, int(times[one])) for step, times in sent_back.items()),
            )
            rows = np.array([table.row(slot.step) for slot in template.slots], dtype=np.int64)
            yield Group(batch, template, rows, members)


def _cancelled(batch: Batch, table: StepTable) -> Group:
    template = cancelled_template(batch.workflow)
    rows = np.array([table.row(slot.step) for slot in template.slots], dtype=np.int64)
    return Group(batch, template, rows, np.arange(len(batch)))


def _sent_back(workflows: Sequence[Workflow], uptake: Ints, batch: Batch) -> dict[str, Ints]:
    """By step, how often each case of a batch is sent back, as its reforms have it."""
    times: dict[str, Ints] = {}
    for number, workflow in enumerate(workflows):
        chosen = np.flatnonzero(uptake == number)
        for step in reworked_steps(workflow):
            column = times.setdefault(step.name, np.zeros(len(batch), dtype=np.int64))
            for members, met in _as_met(step, batch, chosen):
                column[members] = times_sent_back(met, batch.entity[members], batch.draws)
    return times


def _as_met(step: Step, batch: Batch, chosen: Ints) -> Iterator[tuple[Ints, Step]]:
    """Some cases of a batch, by the step as they meet it; those it does not concern are left out.

    Of a merged step it is the parts that concern a case which may send it back.
    """
    names = sorted(conditions_of(step))
    key = np.zeros(len(chosen), dtype=np.int64)
    for name in names:
        key = (key << 1) | batch.flags[name][chosen]
    for value in np.unique(key):
        members = chosen[key == value]
        met = step.concerning({name: bool(batch.flags[name][members[0]]) for name in names})
        if met is not None:
            yield members, met
