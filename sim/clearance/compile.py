"""From a scenario and the traffic of a replication to its plan.

Cases that took up the same reforms and meet the same steps share a template, which is stamped for
all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.clearance.plan import Plan
from sim.clearance.reforms import reformed_workflow
from sim.clearance.resources import resources_of
from sim.clearance.step_table import StepTable
from sim.clearance.template import Template, make_template, relevant_flags
from sim.clearance.uptake import draw_uptake
from sim.clearance.work import Attributes, earliest_ticks, work_ticks
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.traffic.consignments import CONTAINERS_BITS, Consignments, container_entities
from sim.traffic.distributions import ticks
from sim.traffic.draws import Draws
from sim.traffic.vessel_calls import VesselCalls

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class _Batch:
    """Cases of one workflow, as columns. ``first_case`` is the number of the first."""

    workflow: str
    first_case: int
    entity: Ints
    conveyance: Ints
    arrival: Ints
    containers: Ints
    flags: Mapping[str, NDArray[np.bool_]]
    attributes: Attributes


@dataclass(frozen=True)
class _Group:
    """Cases of a batch that share a template; ``members`` are positions in the batch."""

    batch: _Batch
    template: Template
    rows: Ints
    members: Ints


class Compiler:
    """Compiles the replications of one scenario; what does not depend on luck is kept."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._resources = resources_of(scenario)
        self._conveyance_workflow = _workflow_of(scenario, "conveyance")
        self._consignment_workflow = _workflow_of(scenario, "consignment")
        self._workflow = cache(
            lambda workflow, uptake: reformed_workflow(scenario, workflow, uptake)
        )
        self._template = cache(
            lambda workflow, uptake, flags, containers: make_template(
                self._workflow(workflow, uptake), dict(flags), containers
            )
        )

    def compile(self, calls: VesselCalls, consignments: Consignments, draws: Draws) -> Plan:
        """Return the plan of a replication."""
        batches = self._batches(calls, consignments, draws)
        table = StepTable(self._resources)
        groups: list[_Group] = []
        uptakes: list[tuple[str, ...]] = []
        uptake_columns: list[Ints] = []
        for batch in batches:
            taken, index = draw_uptake(
                self._scenario, batch.workflow, batch.entity, batch.flags, draws
            )
            uptake_columns.append(index + len(uptakes))
            uptakes.extend(taken)
            groups.extend(self._groups(batch, taken, index, table))
        network = _Network(groups, sum(len(batch.entity) for batch in batches))
        request, returned, calendar = table.columns()
        work, earliest = _timings(batches, network, table, draws)
        first_edge, successor, lag = network.successors(table)
        return Plan(
            steps=table.steps,
            calendars=table.calendars,
            pools=table.pools,
            capacity=table.capacity,
            pool_calendar=table.pool_calendar,
            requests=table.requests,
            returns=table.returns,
            conveyances=len(calls),
            conveyance=np.concatenate([batch.conveyance for batch in batches]),
            arrival=np.concatenate([batch.arrival for batch in batches]),
            uptakes=tuple(uptakes),
            uptake=np.concatenate(uptake_columns),
            first_activity=network.first_activity,
            case=network.case,
            step=network.step,
            container=network.container,
            work=work,
            earliest=earliest,
            request=request[network.step],
            returned=returned[network.step],
            calendar=calendar[network.step],
            first_edge=first_edge,
            successor=successor,
            lag=lag,
        )

    def _batches(
        self, calls: VesselCalls, consignments: Consignments, draws: Draws
    ) -> tuple[_Batch, _Batch]:
        number = np.arange(len(calls), dtype=np.int64)
        discharge, load = self._crane_hours(calls, consignments)
        vessel = consignments.vessel
        place = draws.uniform("discharge_offset", consignments.entity)
        return (
            _Batch(
                workflow=self._conveyance_workflow,
                first_case=0,
                entity=number,
                conveyance=number,
                arrival=calls.arrival,
                containers=np.ones_like(number),
                flags={},
                attributes={"discharge_hours": discharge, "load_hours": load},
            ),
            _Batch(
                workflow=self._consignment_workflow,
                first_case=len(calls),
                entity=consignments.entity,
                conveyance=vessel,
                arrival=calls.arrival[vessel],
                containers=consignments.containers,
                flags=consignments.flags,
                attributes={"discharge_offset": place * discharge[vessel]},
            ),
        )

    def _crane_hours(
        self, calls: VesselCalls, consignments: Consignments
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        spec = self._scenario.traffic.vessel_calls
        rate = self._scenario.port.quay.moves_per_hour
        boxes = np.bincount(
            consignments.vessel, weights=consignments.containers, minlength=len(calls)
        )
        discharge = np.asarray((boxes + spec.other_discharge_moves) / rate, dtype=np.float64)
        return discharge, np.full(len(calls), spec.load_moves / rate)

    def _groups(
        self, batch: _Batch, uptakes: tuple[tuple[str, ...], ...], uptake: Ints, table: StepTable
    ) -> Iterator[_Group]:
        names = sorted(
            set().union(
                *(relevant_flags(self._workflow(batch.workflow, taken)) for taken in uptakes)
            )
        )
        key = uptake.copy()
        for name in names:
            key = (key << 1) | batch.flags[name]
        key = (key << CONTAINERS_BITS) | batch.containers
        order = np.argsort(key, kind="stable")
        distinct, starts = np.unique(key[order], return_index=True)
        for members in np.split(order, starts[1:]) if len(distinct) else []:
            one = members[0]
            flags = tuple((name, bool(batch.flags[name][one])) for name in names)
            template = self._template(
                batch.workflow, uptakes[uptake[one]], flags, int(batch.containers[one])
            )
            rows = np.array([table.row(slot.step) for slot in template.slots], dtype=np.int64)
            yield _Group(batch, template, rows, members)


def _workflow_of(scenario: Scenario, kind: str) -> str:
    names = [name for name, spec in scenario.workflows.items() if spec.case == kind]
    if len(names) != 1:
        raise InputError(f"workflows: one workflow of a {kind} is needed, given {len(names)}")
    return names[0]


class _Network:
    """Activities and edges of all groups, numbered case by case."""

    def __init__(self, groups: list[_Group], cases: int) -> None:
        self._groups = groups
        sizes = np.zeros(cases + 1, dtype=np.int64)
        for group in groups:
            sizes[group.batch.first_case + group.members + 1] = len(group.template.slots)
        self.first_activity = np.cumsum(sizes)
        total = int(self.first_activity[-1])
        self.case = np.repeat(np.arange(cases, dtype=np.int64), sizes[1:])
        self.step = np.empty(total, dtype=np.int64)
        self.container = np.empty(total, dtype=np.int64)
        self.is_root = np.zeros(total, dtype=np.bool_)
        for group in groups:
            ids = self._activities(group)
            self.step[ids] = group.rows
            self.container[ids] = [slot.container for slot in group.template.slots]
            self.is_root[ids[:, list(group.template.roots)]] = True

    def _activities(self, group: _Group) -> Ints:
        """Shape (members, slots)."""
        first = self.first_activity[group.batch.first_case + group.members]
        return np.asarray(first[:, None] + np.arange(len(group.template.slots)))

    def successors(self, table: StepTable) -> tuple[Ints, Ints, Ints]:
        """Return the edges sorted by predecessor: where each begins, successors, lags."""
        before, after = self._edges()
        lag_of_step = ticks([step.lag_hours for step in table.steps])
        order = np.argsort(before, kind="stable")
        after = after[order]
        counts = np.bincount(before, minlength=len(self.case))
        first_edge = np.concatenate([[0], np.cumsum(counts)])
        return first_edge, after, lag_of_step[self.step[after]]

    def _edges(self) -> tuple[Ints, Ints]:
        conveyance_activity = self._conveyance_activities()
        before: list[Ints] = []
        after: list[Ints] = []
        for group in self._groups:
            ids = self._activities(group)
            if group.template.edges:
                pairs = np.array(group.template.edges, dtype=np.int64)
                before.append(ids[:, pairs[:, 0]].ravel())
                after.append(ids[:, pairs[:, 1]].ravel())
            for name, slot in group.template.cross_edges:
                before.append(_find(conveyance_activity, name, group))
                after.append(ids[:, slot])
        return np.concatenate(before), np.concatenate(after)

    def _conveyance_activities(self) -> dict[str, Ints]:
        """By ``workflow.step``, the activity of each conveyance, -1 where it has none."""
        found: dict[str, Ints] = {}
        for group in self._groups:
            batch = group.batch
            if batch.first_case:
                continue
            ids = self._activities(group)
            for number, slot in enumerate(group.template.slots):
                name = f"{batch.workflow}.{slot.step.name}"
                column = found.setdefault(name, np.full(len(batch.entity), -1, dtype=np.int64))
                column[group.members] = ids[:, number]
        return found


def _find(activities: Mapping[str, Ints], name: str, group: _Group) -> Ints:
    column = activities.get(name)
    found = None if column is None else column[group.batch.conveyance[group.members]]
    if found is None or (found < 0).any():
        raise InputError(
            f"workflows.{group.batch.workflow}: waits for '{name}', which is not there"
        )
    return found


def _timings(
    batches: tuple[_Batch, ...], network: _Network, table: StepTable, draws: Draws
) -> tuple[Ints, Ints]:
    """Work and earliest time of every activity."""
    total = len(network.case)
    work = np.zeros(total, dtype=np.int64)
    earliest = np.zeros(total, dtype=np.int64)
    order = np.argsort(network.step, kind="stable")
    bounds = np.searchsorted(network.step[order], np.arange(len(table.steps) + 1))
    for row, step in enumerate(table.steps):
        activities = order[bounds[row] : bounds[row + 1]]
        batch = _batch_of(batches, int(network.case[activities[0]]))
        position = network.case[activities] - batch.first_case
        case_entity = batch.entity[position]
        entity = (
            container_entities(case_entity, network.container[activities])
            if step.per == "container"
            else case_entity
        )
        work[activities] = work_ticks(step, entity, position, batch.attributes, draws)
        arrival = batch.arrival[position]
        started = earliest_ticks(step, entity, arrival, draws)
        untriggered_root = network.is_root[activities] & (step.trigger is None)
        earliest[activities] = np.where(untriggered_root, arrival, started)
    return work, earliest


def _batch_of(batches: tuple[_Batch, ...], case: int) -> _Batch:
    return next(batch for batch in reversed(batches) if case >= batch.first_case)
