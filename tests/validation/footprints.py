"""What a reform touches in a port: the steps, pools and figures its operators name or rewire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.clearance.reforms import reformed_workflow
from sim.clearance.resources import resources_of
from sim.scenario.scenario import Scenario
from tests.catalogue import with_required


def disjoint(scenario: Scenario, one: str, other: str) -> bool:
    """Whether two of the reforms in force touch nothing in common, and neither names the other."""
    first, second = scenario.reforms[one], scenario.reforms[other]
    if {one, other} & {*first.yields_to, *second.yields_to, *first.requires, *second.requires}:
        return False
    here, there = (footprint(scenario, with_required([name])) for name in (one, other))
    return not any(_overlap(mine, other) for mine in here for other in there)


def footprint(scenario: Scenario, reforms: Sequence[str]) -> set[str]:
    """Dotted keys of all that some reforms in force touch together."""
    resources = resources_of(scenario)
    pools = resources.pools.keys() | resources.merged_into.keys()
    touched: set[str] = set()
    for reform in (scenario.reforms[name] for name in reforms):
        for operator in reform.operators:
            texts = set(_texts(operator.model_dump(mode="json")))
            touched |= {_place(pool) for pool in texts & pools}
            if operator.parameter:
                touched.add(operator.parameter.key)
    for workflow in scenario.workflows:
        touched |= {f"workflows.{workflow}.{step}" for step in _steps(scenario, reforms, workflow)}
    return touched


def _overlap(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _place(pool: str) -> str:
    """Where a scenario has the number of a pool, so that a figure set there overlaps with it."""
    return f"agencies.{pool}" if "." in pool else f"port.facilities.{pool}"


def _steps(scenario: Scenario, names: Sequence[str], workflow: str) -> set[str]:
    """Steps of a workflow that reforms name or leave changed."""
    before = reformed_workflow(scenario, workflow, ()).steps
    after = reformed_workflow(scenario, workflow, names).steps
    touched = {step for step in {*before, *after} if before.get(step) != after.get(step)}
    for reform in (
        scenario.reforms[name] for name in names if workflow in scenario.reforms[name].workflows
    ):
        for operator in reform.operators:
            if operator.rewrites(workflow):
                touched |= set(_texts(operator.model_dump(mode="json"))) & {*before, *after}
    return touched


def _texts(value: object) -> Iterator[str]:
    """All keys and values of plain data that are texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for item in pair for text in _texts(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in _texts(item))
