"""What a reform touches in a port: the steps, pools and figures its operators name or rewire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from sim.clearance.reforms import Rewriting
from sim.clearance.resources import resources_of
from sim.scenario.reform import Reform
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from tests.catalogue import REFORMS, conflict, with_reforms, with_required


@cache
def with_all_reforms(port: str) -> Scenario:
    """A port with all reforms at hand, whether they go together or not."""
    reforms = {name: Reform.model_validate(REFORMS[name]) for name in REFORMS}
    return build_scenario(with_reforms(port, {})).model_copy(update={"reforms": reforms})


def disjoint(port: str, one: str, other: str) -> bool:
    """Whether two reforms can be in force together, ask nothing of each other and share nothing.

    What they require counts as theirs.
    """
    pairs = [(here, there) for here in with_required([one]) for there in with_required([other])]
    if any(
        here == there or conflict(here, there) or _related(here, there) for here, there in pairs
    ):
        return False
    here, there = footprint(port, one), footprint(port, other)
    return not any(_overlap(mine, others) for mine in here for others in there)


@cache
def footprint(port: str, reform: str) -> frozenset[str]:
    """Dotted keys of all that a reform, with those it requires, touches in a port."""
    names, scenario = with_required([reform]), with_all_reforms(port)
    found = {key for name in names for key in _on_port(scenario, scenario.reforms[name])}
    for workflow in scenario.workflows:
        steps = _steps(scenario, names, workflow)
        found |= {f"workflows.{workflow}.{step}" for step in steps}
    return frozenset(found)


def _related(one: str, other: str) -> bool:
    looked_at = [*REFORMS[one].get("yields_to", ()), *REFORMS[other].get("yields_to", ())]
    return one in looked_at or other in looked_at


def _overlap(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _on_port(scenario: Scenario, reform: Reform) -> Iterator[str]:
    """Figures, and pools where the scenario has their number, so that figures overlap with them."""
    bare = scenario.model_copy(update={"reforms": {}})
    for operator in reform.operators:
        if operator.parameter:
            yield operator.parameter.key
        if operator.pool:
            yield f"port.facilities.{operator.pool.into}"
        for pool in resources_of(bare).pools.keys() & _texts(operator.model_dump(mode="json")):
            yield f"agencies.{pool}" if "." in pool else f"port.facilities.{pool}"


def _steps(scenario: Scenario, names: list[str], workflow: str) -> set[str]:
    """Steps of a workflow that reforms name or leave changed."""
    rewriting = Rewriting(scenario)
    before = rewriting.workflow(workflow, ()).steps
    after = rewriting.workflow(workflow, names).steps
    touched = {step for step in {*before, *after} if before.get(step) != after.get(step)}
    for reform in (scenario.reforms[name] for name in names):
        for operator in reform.operators:
            if workflow in reform.workflows and operator.rewrites(workflow):
                touched |= {*before, *after} & set(_texts(operator.model_dump(mode="json")))
    return touched


def _texts(value: object) -> Iterator[str]:
    """All keys and values of plain data that are texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for item in pair for text in _texts(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in _texts(item))
