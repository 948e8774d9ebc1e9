"""Checks that names in a scenario point at something: hours, pools, agencies, reforms."""

from collections.abc import Collection, Iterator
from typing import get_args

from sim.scenario.disruption import Shortage, Stoppage
from sim.scenario.duration import Constant, Distribution, Uniform
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import PoolChange, Reform, SetPool, SetStep, StepChange
from sim.scenario.resources import ROLES, SELECTING_AGENCIES, NumberOrRoster
from sim.scenario.scenario import Scenario
from sim.scenario.workflow import Flag, StepSpec

FLAGS: frozenset[str] = frozenset(get_args(Flag))


def check_references(scenario: Scenario) -> None:
    """Raise an InputError for the first name that points at nothing."""
    checks = _Checks(scenario)
    checks.agencies()
    checks.holidays()
    checks.disruptions()
    checks.traffic()
    for name, workflow in scenario.workflows.items():
        for step_name, step in workflow.steps.items():
            checks.step(f"workflows.{name}.steps.{step_name}", name, step)
    for name, reform in scenario.reforms.items():
        checks.reform(f"reforms.{name}", name, reform)


def _require(known: Collection[str], where: str, kind: str, given: str) -> None:
    if given not in known:
        raise unknown_name(where, kind, given, known)


class _Checks:
    """The names a scenario defines, and checks against them."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._pools = set(_pool_names(scenario))

    def agencies(self) -> None:
        """Check the hours of agencies and facilities."""
        for name, agency in self._scenario.agencies.items():
            self._hours(f"agencies.{name}.hours", agency.hours)
            for role, hours in agency.role_hours.items():
                self._hours(f"agencies.{name}.role_hours.{role}", hours)
            for role in ROLES:
                self._roster(f"agencies.{name}.{role}", getattr(agency, role))
        for name, facility in self._scenario.port.facilities.items():
            self._hours(f"port.facilities.{name}.hours", facility.hours)
            self._roster(f"port.facilities.{name}.capacity", facility.capacity)

    def holidays(self) -> None:
        """Check that no day is kept in two ways."""
        kept: dict[str, str] = {}
        for name, holiday in self._scenario.holidays.items():
            for day in holiday.dates:
                if day in kept:
                    raise InputError(f"holidays.{name}: {day} is a day of '{kept[day]}' already")
                kept[day] = name

    def disruptions(self) -> None:
        """Check the pools that disruptions strike."""
        for name, disruption in self._scenario.disruptions.items():
            if isinstance(disruption, Stoppage | Shortage):
                self._pool_units(f"disruptions.{name}.pools", disruption.pools)

    def traffic(self) -> None:
        """Check shares, arrivals, and that every agency that selects has violations to find."""
        traffic = self._scenario.traffic
        total = sum(traffic.traders.tier_share.values())
        if abs(total - 1) > 1e-9:
            raise InputError(f"traffic.traders.tier_share: shares add up to {total:g}, not 1")
        if _is_always_zero(traffic.vessel_calls.interarrival):
            raise InputError("traffic.vessel_calls.interarrival: must be above 0 hours")
        for agency in traffic.violations.probability:
            _require(self._scenario.agencies, "traffic.violations.probability", "agency", agency)
        for agency in SELECTING_AGENCIES:
            if agency not in self._scenario.agencies:
                raise InputError(f"agencies.{agency}: missing")
            if agency not in traffic.violations.probability:
                raise InputError(f"traffic.violations.probability.{agency}: missing")

    def step(self, where: str, workflow: str, step: StepSpec) -> None:
        """Check what a step names."""
        if step.hours:
            self._open_hours(f"{where}.hours", step.hours)
        for pools in ("uses", "takes", "returns"):
            self._pool_units(f"{where}.{pools}", getattr(step, pools))
        self._conditions(f"{where}.when", workflow, step.when)
        for agency in step.examines:
            _require(self._scenario.agencies, f"{where}.examines", "agency", agency)

    def reform(self, where: str, name: str, reform: Reform) -> None:
        """Check what a reform names, and how it stands to others."""
        _require(self._scenario.workflows, f"{where}.workflow", "workflow", reform.workflow)
        clauses = [reform.eligible.when, *reform.eligible.any_of]
        for clause in clauses:
            self._conditions(f"{where}.eligible", reform.workflow, clause)
        self._others(where, name, reform)
        for number, operator in enumerate(reform.operators):
            place = f"{where}.operators.{number}"
            if operator.add:
                self.step(f"{place}.add.spec", reform.workflow, operator.add.spec)
            if operator.merge:
                for pools in (operator.merge.to.takes, operator.merge.to.returns):
                    self._pool_units(f"{place}.merge.to", pools or {})
            if operator.pool:
                self._pool_change(f"{place}.pool.to", operator.pool.to)
            if isinstance(operator.set, SetPool):
                self._pool_change(f"{place}.set.to", operator.set.to)
            if isinstance(operator.set, SetStep):
                self._step_change(f"{place}.set.to", reform.workflow, operator.set.to)

    def _others(self, where: str, name: str, reform: Reform) -> None:
        reforms = self._scenario.reforms
        for needed in reform.requires:
            if needed not in reforms:
                raise InputError(f"{where}: requires the reform '{needed}', which is not in force")
        for other in reform.conflicts:
            if other in reforms:
                raise InputError(f"{where}: conflicts with the reform '{other}', which is in force")
        for other in (*reform.requires, *reform.yields_to):
            earlier = reforms.get(other)
            if earlier and (earlier.order, other) >= (reform.order, name):
                raise InputError(
                    f"{where}.order: {reform.order} must be above that of '{other}' "
                    f"({earlier.order})"
                )

    def _pool_change(self, where: str, change: PoolChange) -> None:
        if change.hours:
            self._hours(f"{where}.hours", change.hours)
        self._roster(f"{where}.capacity", change.capacity or 0)

    def _step_change(self, where: str, workflow: str, change: StepChange) -> None:
        if change.hours:
            self._open_hours(f"{where}.hours", change.hours)
        self._pool_units(f"{where}.uses", change.uses or {})
        self._conditions(f"{where}.when", workflow, change.when or ())

    def _hours(self, where: str, given: str) -> None:
        _require(self._scenario.hours, where, "hours", given)

    def _roster(self, where: str, given: NumberOrRoster) -> None:
        if not isinstance(given, int):
            for hours in given:
                self._hours(where, hours)

    def _open_hours(self, where: str, given: str) -> None:
        self._hours(where, given)
        if not any(self._scenario.hours[given].week.values()):
            raise InputError(f"{where}: '{given}' has no open hours, the step would never end")

    def _pool_units(self, where: str, pools: Collection[str]) -> None:
        for pool in pools:
            _require(self._pools, where, "pool", pool)

    def _conditions(self, where: str, workflow: str, conditions: Collection[str]) -> None:
        if conditions and self._scenario.workflows[workflow].case == "conveyance":
            raise InputError(f"{where}: conditions are for workflows of consignments")
        for condition in conditions:
            _require(FLAGS, where, "condition", condition.removeprefix("not "))


def _pool_names(scenario: Scenario) -> Iterator[str]:
    """Names of all pools: ``agency.role``, facilities, and what reforms pool them into."""
    for agency in scenario.agencies:
        yield from (f"{agency}.{role}" for role in ROLES)
    yield from scenario.port.facilities
    for reform in scenario.reforms.values():
        yield from (operator.pool.into for operator in reform.operators if operator.pool)


def _is_always_zero(distribution: Distribution) -> bool:
    if isinstance(distribution, Constant):
        return distribution.value == 0
    return isinstance(distribution, Uniform) and distribution.high == 0
