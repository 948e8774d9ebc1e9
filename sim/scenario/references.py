"""Checks that names in a scenario point at something: hours, pools, agencies, steps."""

from collections.abc import Collection, Iterator

from sim.scenario.change import PoolChange, StepChange
from sim.scenario.disruption import Shortage, Stoppage
from sim.scenario.errors import InputError, did_you_mean
from sim.scenario.known_names import require, require_flags
from sim.scenario.parameter_references import check_parameters
from sim.scenario.reform import Operator, Reform, SetPool, SetStep
from sim.scenario.reform_references import check_adoption, check_relations
from sim.scenario.resources import ROLES, NumberOrRoster
from sim.scenario.scenario import Scenario
from sim.scenario.selection_references import check_selection
from sim.scenario.tariff_references import check_tariff
from sim.scenario.traffic_references import check_traffic
from sim.scenario.workflow import Attribute, StepSpec, Trigger


def check_references(scenario: Scenario) -> None:
    """Raise an InputError for the first name that points at nothing."""
    checks = _Checks(scenario)
    checks.agencies()
    checks.holidays()
    checks.disruptions()
    check_traffic(scenario)
    check_selection(scenario)
    for name, workflow in scenario.workflows.items():
        for step_name, step in workflow.steps.items():
            checks.step(f"workflows.{name}.steps.{step_name}", name, step)
    for name, reform in scenario.reforms.items():
        checks.reform(f"reforms.{name}", reform)
        check_relations(f"reforms.{name}", name, scenario)
        check_adoption(f"reforms.{name}", reform, scenario)
    check_parameters(scenario)
    check_tariff(scenario)


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
        """Check the pools and streams that disruptions strike."""
        for name, disruption in self._scenario.disruptions.items():
            if isinstance(disruption, Stoppage | Shortage):
                self._pool_units(f"disruptions.{name}.pools", disruption.pools)
            else:
                for stream in disruption.streams:
                    where, kind = f"disruptions.{name}.streams", "stream of conveyances"
                    require(self._scenario.traffic.conveyances, where, kind, stream)

    def step(self, where: str, workflow: str, step: StepSpec) -> None:
        """Check what a step names."""
        self._handled(where, workflow, step)
        if step.hours:
            self._open_hours(f"{where}.hours", step.hours)
        self._trigger(f"{where}.trigger", step.trigger)
        for pools in ("uses", "by_appointment", "takes", "returns"):
            self._pool_units(f"{where}.{pools}", getattr(step, pools))
        self._slots(f"{where}.offers", workflow, step.offers)
        if step.rework:
            self._open_hours(f"{where}.rework.hours", step.rework.hours)
        self._for_consignments(f"{where}.by_appointment", workflow, step.by_appointment)
        self._for_conveyances(f"{where}.gathers", workflow, step.gathers)
        self._conditions(f"{where}.when", workflow, step.when)
        self._examined(f"{where}.examines", step.examines)

    def _handled(self, where: str, workflow: str, step: StepSpec) -> None:
        if not isinstance(step.duration, Attribute) or workflow in self._scenario.port.handling:
            return
        carriers = {
            self._scenario.traffic.conveyances[flow.attached_to].workflow
            for flow in self._scenario.traffic.flows.values()
            if flow.workflow == workflow
        }
        spec = self._scenario.workflows[workflow]
        for missing in {workflow} if spec.case == "conveyance" else carriers:
            if missing not in self._scenario.port.handling:
                raise InputError(
                    f"{where}.duration: port.handling.{missing} is missing; it says how fast boxes "
                    "are moved"
                )

    def _for_consignments(self, where: str, workflow: str, given: object) -> None:
        if given and self._scenario.workflows[workflow].case == "conveyance":
            raise InputError(f"{where}: is for steps of consignments")

    def _for_conveyances(self, where: str, workflow: str, given: object) -> None:
        if given and self._scenario.workflows[workflow].case == "consignment":
            raise InputError(f"{where}: is for steps of conveyances")

    def _examined(self, where: str, agencies: Collection[str]) -> None:
        for agency in agencies:
            require(self._scenario.agencies, where, "agency", agency)

    def _slots(self, where: str, workflow: str, offers: Collection[str]) -> None:
        self._for_conveyances(where, workflow, offers)
        for slots in offers:
            require(self._scenario.port.slots, where, "slots of the port", slots)

    def reform(self, where: str, reform: Reform) -> None:
        """Check what a reform names."""
        present = [known for known in reform.workflows if known in self._scenario.workflows]
        if not present:
            raise self._nowhere(f"{where}.workflows", reform)
        for workflow in present:
            for clause in (reform.eligible.when, *reform.eligible.any_of):
                self._conditions(f"{where}.eligible", workflow, clause)
        for key, item in reform.cost.items():
            for workflow in item.only:
                place = f"{where}.cost.{key}.only"
                require(reform.workflows, place, "workflow of the reform", workflow)
        for number, operator in enumerate(reform.operators):
            place = f"{where}.operators.{number}"
            for workflow in operator.only:
                require(reform.workflows, f"{place}.only", "workflow of the reform", workflow)
            self._operator(
                place, [known for known in present if operator.rewrites(known)], operator
            )

    def _nowhere(self, where: str, reform: Reform) -> InputError:
        there = sorted(self._scenario.workflows)
        hints = (did_you_mean(given, there) for given in reform.workflows)
        return InputError(
            f"{where}: none of them ({', '.join(reform.workflows)}) is in scenario "
            f"'{self._scenario.name}', which has: {', '.join(there)}"
            f"{next(filter(None, hints), '')}"
        )

    def _operator(self, place: str, workflows: list[str], operator: Operator) -> None:
        for workflow in workflows:
            if operator.add:
                self.step(f"{place}.add.spec", workflow, operator.add.spec)
            if isinstance(operator.set, SetStep):
                self._step_change(f"{place}.set.to", workflow, operator.set.to)
        if operator.merge and workflows:
            for pools in (operator.merge.to.takes, operator.merge.to.returns):
                self._pool_units(f"{place}.merge.to", pools or {})
        if operator.move:
            self._trigger(f"{place}.move.trigger", operator.move.trigger)
        if operator.pool:
            self._pool_change(f"{place}.pool.to", operator.pool.to)
        if isinstance(operator.set, SetPool):
            self._pool_change(f"{place}.set.to", operator.set.to)

    def _pool_change(self, where: str, change: PoolChange) -> None:
        if change.hours:
            self._hours(f"{where}.hours", change.hours)
        self._roster(f"{where}.capacity", change.capacity or 0)

    def _step_change(self, where: str, workflow: str, change: StepChange) -> None:
        if change.hours:
            self._open_hours(f"{where}.hours", change.hours)
        if change.rework and change.rework.hours:
            self._open_hours(f"{where}.rework.hours", change.rework.hours)
        self._slots(f"{where}.offers", workflow, change.offers or {})
        self._pool_units(f"{where}.uses", change.uses or {})
        self._pool_units(f"{where}.by_appointment", change.by_appointment or {})
        self._for_consignments(f"{where}.by_appointment", workflow, change.by_appointment)
        self._conditions(f"{where}.when", workflow, change.when or ())
        self._examined(f"{where}.examines", change.examines or ())

    def _hours(self, where: str, given: str) -> None:
        require(self._scenario.hours, where, "hours", given)

    def _roster(self, where: str, given: NumberOrRoster) -> None:
        if not isinstance(given, int):
            for hours in given:
                self._hours(where, hours)

    def _trigger(self, where: str, trigger: Trigger | None) -> None:
        if trigger and trigger.hours:
            self._open_hours(f"{where}.hours", trigger.hours)

    def _open_hours(self, where: str, given: str) -> None:
        self._hours(where, given)
        if not any(self._scenario.hours[given].week.values()):
            raise InputError(f"{where}: '{given}' has no open hours, the step would never end")

    def _pool_units(self, where: str, pools: Collection[str]) -> None:
        for pool in pools:
            require(self._pools, where, "pool", pool)

    def _conditions(self, where: str, workflow: str, conditions: Collection[str]) -> None:
        if conditions and self._scenario.workflows[workflow].case == "conveyance":
            raise InputError(f"{where}: conditions are for workflows of consignments")
        require_flags(where, conditions)


def _pool_names(scenario: Scenario) -> Iterator[str]:
    """Names of all pools: ``agency.role``, facilities, and what reforms pool them into."""
    for agency in scenario.agencies:
        yield from (f"{agency}.{role}" for role in ROLES)
    yield from scenario.port.facilities
    yield from scenario.port.slots
    for reform in scenario.reforms.values():
        yield from (operator.pool.into for operator in reform.operators if operator.pool)
