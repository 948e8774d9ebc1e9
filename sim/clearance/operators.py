"""The reform operators as pure functions from one workflow graph to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sim.clearance.graph import Workflow, build_workflow
from sim.clearance.step import MergedValues, Step, combine, step_from_spec, units
from sim.clearance.step_change import changed_step
from sim.scenario.errors import InputError
from sim.scenario.reform import (
    Add,
    Cancel,
    Merge,
    MergedStep,
    Move,
    Operator,
    Parallelise,
    SetStep,
)
from sim.scenario.workflow import Trigger


def apply_operator(workflow: Workflow, operator: Operator, reform: str, where: str) -> Workflow:
    """Rewrite a workflow.

    Args:
        workflow: the graph; it is left as it is.
        operator: one that works on workflows.
        reform: name of the reform, for the record of steps that are gone.
        where: what to call the operator in an error.

    Raises:
        InputError: the operator names a step that is not there, or leaves no sound graph.
    """
    content = operator.content
    return _APPLY[type(content)](workflow, content, reform, where)


def cancel(workflow: Workflow, operator: Cancel, reform: str, where: str) -> Workflow:
    """Drop steps; what came before them leads to what came after."""
    steps, gone = dict(workflow.steps), dict(workflow.gone)
    for name in operator.steps:
        workflow.step(name, where)
    for name in operator.steps:
        cancelled = steps.pop(name)
        gone[name] = f"reform '{reform}' cancelled it"
        steps = {key: _rewired(step, {name}, cancelled.after) for key, step in steps.items()}
    return build_workflow(workflow.name, steps.values(), gone, where)


def merge(workflow: Workflow, operator: Merge, reform: str, where: str) -> Workflow:
    """Make one step of several, after all they waited for, before all that waited for them."""
    parts = tuple(workflow.step(name, where) for name in operator.steps)
    inside = set(operator.steps)
    if operator.into in workflow.steps.keys() - inside:
        raise InputError(f"{where}.into: there is already a step '{operator.into}'")
    if len({part.per for part in parts}) > 1:
        raise InputError(f"{where}.steps: some are per case and some per container")
    after = _outside((name for part in parts for name in part.after), inside)
    needs = _outside((name for part in parts for name in part.needs), inside)
    whole = combine(operator.into, parts, after, needs, _merged_values(operator.to))
    gone = dict(workflow.gone)
    for name in inside - {operator.into}:
        gone[name] = f"reform '{reform}' merged it into '{operator.into}'"
    rest = [
        _rewired(step, inside, (operator.into,))
        for step in workflow.steps.values()
        if step.name not in inside
    ]
    return build_workflow(workflow.name, [*rest, whole], gone, where)


def move(workflow: Workflow, operator: Move, reform: str, where: str) -> Workflow:
    """Take steps earlier or later, after other predecessors and before other successors."""
    for name in (*operator.steps, *operator.before):
        workflow.step(name, where)
    return _moved(
        workflow, operator.steps, operator.after, operator.before, operator.trigger, where
    )


def parallelise(workflow: Workflow, operator: Parallelise, reform: str, where: str) -> Workflow:
    """Let later branches start with the first; what followed them waits for all of them."""
    for name in (name for branch in operator.branches for name in branch):
        workflow.step(name, where)
    first, *others = operator.branches
    start = workflow.external_predecessors(first)
    downstream = _descendants(workflow, first)
    for branch in others:
        own = workflow.external_predecessors(branch)
        after = _with(start, tuple(name for name in own if name not in downstream))
        workflow = _moved(
            workflow, branch, after, workflow.external_successors(branch), None, where
        )
    return workflow


def set_steps(workflow: Workflow, operator: SetStep, reform: str, where: str) -> Workflow:
    """Replace, multiply or limit fields of steps."""
    steps = dict(workflow.steps)
    for name in operator.names:
        steps[name] = changed_step(workflow.step(name, where), operator.to, f"{where}.to")
    if operator.to.needs is not None:
        return build_workflow(workflow.name, steps.values(), workflow.gone, where)
    return replace(workflow, steps=MappingProxyType(steps))


def add(workflow: Workflow, operator: Add, reform: str, where: str) -> Workflow:
    """Put a new step into the graph."""
    if operator.step in workflow.steps:
        raise InputError(f"{where}.step: there is already a step '{operator.step}'")
    for name in operator.before:
        workflow.step(name, where)
    for name in operator.spec.after:
        if "." not in name:
            workflow.step(name, where)
    new = step_from_spec(workflow.name, operator.step, operator.spec)
    steps = [
        replace(step, after=_with(step.after, (new.name,)))
        if step.name in operator.before
        else step
        for step in workflow.steps.values()
    ]
    return build_workflow(workflow.name, [*steps, new], workflow.gone, where)


def _moved(
    workflow: Workflow,
    names: tuple[str, ...],
    after: tuple[str, ...],
    before: tuple[str, ...],
    trigger: Trigger | None,
    where: str,
) -> Workflow:
    heads, tails = workflow.heads(names), workflow.tails(names)
    old_before = workflow.external_predecessors(names)
    steps = dict(workflow.steps)
    if before:
        for name in workflow.external_successors(names):
            steps[name] = _rewired(steps[name], tails, old_before)
        for name in before:
            last = tuple(key for key in names if key in tails)
            steps[name] = replace(steps[name], after=_with(steps[name].after, last))
    for name in heads:
        steps[name] = replace(steps[name], after=after)
        if trigger:
            steps[name] = steps[name].changed(trigger=trigger)
    return build_workflow(workflow.name, steps.values(), workflow.gone, where)


def _descendants(workflow: Workflow, names: Iterable[str]) -> set[str]:
    found = set(names)
    for step in workflow.steps.values():
        if found & set(step.after):
            found.add(step.name)
    return found


def _outside(names: Iterable[str], inside: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name not in inside))


def _rewired(step: Step, old: set[str], new: tuple[str, ...]) -> Step:
    """Let a step that waits for old steps wait for new ones instead."""
    return replace(
        step, after=_replaced(step.after, old, new), needs=_replaced(step.needs, old, new)
    )


def _replaced(after: tuple[str, ...], old: set[str], new: tuple[str, ...]) -> tuple[str, ...]:
    """Predecessors with the old ones, if any is among them, replaced by the new."""
    if not old & set(after):
        return after
    return _with(tuple(name for name in after if name not in old), new)


def _with(after: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*after, *new)))


def _merged_values(to: MergedStep) -> MergedValues:
    return MergedValues(
        label=to.label,
        party=to.party,
        combination=to.work,
        overhead_hours=to.overhead_hours,
        takes=None if to.takes is None else units(to.takes),
        returns=None if to.returns is None else units(to.returns),
        documents=to.documents,
        data_items=to.data_items,
        visits=to.visits,
        at_most=tuple(sorted((to.at_most or {}).items())),
    )


_APPLY: Mapping[type, Callable[[Workflow, Any, str, str], Workflow]] = {
    Cancel: cancel,
    Merge: merge,
    Move: move,
    Parallelise: parallelise,
    SetStep: set_steps,
    Add: add,
}
