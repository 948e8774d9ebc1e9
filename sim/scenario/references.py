"""Checks that names in a scenario point at something: hours, pools, steps, reforms."""

from collections.abc import Iterator
from typing import get_args

from sim.scenario.errors import InputError, unknown_name
from sim.scenario.resources import ROLES
from sim.scenario.scenario import Scenario
from sim.scenario.workflow import Flag, StepSpec

FLAGS: frozenset[str] = frozenset(get_args(Flag))


def pool_names(scenario: Scenario) -> set[str]:
    """Names of all pools before reforms: ``agency.role`` and facilities."""
    staff = {f"{agency}.{role}" for agency in scenario.agencies for role in ROLES}
    return staff | set(scenario.port.facilities)


def check_references(scenario: Scenario) -> None:
    """Raise an InputError for the first name that points at nothing."""
    _check_hours(scenario)
    _check_shares(scenario)
    for workflow_name, workflow in scenario.workflows.items():
        for step_name, step in workflow.steps.items():
            _check_step(scenario, f"workflows.{workflow_name}.steps.{step_name}", step)
    _check_reforms(scenario)


def _require(known: set[str] | frozenset[str], where: str, kind: str, given: str) -> None:
    if given not in known:
        raise unknown_name(where, kind, given, known)


def _check_hours(scenario: Scenario) -> None:
    known = set(scenario.hours)
    for name, agency in scenario.agencies.items():
        _require(known, f"agencies.{name}.hours", "hours", agency.hours)
        _require(known, f"agencies.{name}.boarding_hours", "hours", agency.boarding_hours)
    for name, facility in scenario.port.facilities.items():
        _require(known, f"port.facilities.{name}.hours", "hours", facility.hours)


def _check_shares(scenario: Scenario) -> None:
    total = sum(scenario.traffic.traders.tier_share.values())
    if abs(total - 1) > 1e-9:
        raise InputError(f"traffic.traders.tier_share: shares add up to {total:g}, not 1")


def _check_step(scenario: Scenario, where: str, step: StepSpec) -> None:
    if step.hours:
        _require(set(scenario.hours), f"{where}.hours", "hours", step.hours)
    for pools in ("uses", "takes", "returns"):
        for pool in getattr(step, pools):
            _require(pool_names(scenario), f"{where}.{pools}", "pool", pool)
    for condition in step.when:
        _check_condition(f"{where}.when", condition)
    for agency in step.examines:
        _require(set(scenario.agencies), f"{where}.examines", "agency", agency)


def _check_condition(where: str, condition: str) -> None:
    _require(FLAGS, where, "condition", condition.removeprefix("not "))


def _check_reforms(scenario: Scenario) -> None:
    for name, reform in scenario.reforms.items():
        where = f"reforms.{name}"
        _require(set(scenario.workflows), f"{where}.workflow", "workflow", reform.workflow)
        for condition in _conditions(scenario, name):
            _check_condition(f"{where}.eligible", condition)
        for needed in reform.requires:
            if needed not in scenario.reforms:
                raise InputError(f"{where}: requires the reform '{needed}', which is not in force")
        for other in reform.conflicts:
            if other in scenario.reforms:
                raise InputError(f"{where}: conflicts with the reform '{other}', which is in force")
        for other in (*reform.requires, *reform.yields_to):
            earlier = scenario.reforms.get(other)
            if earlier and (earlier.order, other) >= (reform.order, name):
                raise InputError(
                    f"{where}.order: {reform.order} must be above that of '{other}' "
                    f"({earlier.order})"
                )


def _conditions(scenario: Scenario, reform: str) -> Iterator[str]:
    eligible = scenario.reforms[reform].eligible
    yield from eligible.when
    for clause in eligible.any_of:
        yield from clause
