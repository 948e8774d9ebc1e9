"""Figures of the port that reforms set: from the scenario as written to the one in effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pydantic import JsonValue

from sim.clearance.figures import Figure, find_figure, is_there
from sim.clearance.reforms import reform_order
from sim.scenario.change import Parameter
from sim.scenario.errors import InputError
from sim.scenario.parameter_references import SECTIONS, check_whole_port, is_fee_on_steps
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario

Check = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class ParameterChange:
    """A figure that a reform sets.

    Attributes:
        reform: its name.
        operator: number of the operator in the reform.
        key: dotted key of the scenario.
        before: what stood there, as plain data; None where nothing did.
        after: what stands there now.
    """

    reform: str
    operator: int
    key: str
    before: JsonValue
    after: JsonValue

    @property
    def where(self) -> str:
        """What to call the operator in an error."""
        return f"reforms.{self.reform}.operators.{self.operator}.parameter"


@dataclass(frozen=True)
class Effect:
    """A scenario with all that reforms set in it, and what that is, in the order it was set."""

    written: Scenario
    scenario: Scenario
    changes: tuple[ParameterChange, ...]


def effect_of(written: Scenario) -> Effect:
    """Set the figures that reforms in force set, before anything is drawn or compiled.

    Reforms follow their order, operators the order they are written in. A factor or a limit
    applies to what earlier ones left. A reform that nobody adopts sets nothing; one that yields to
    another leaves alone what that one has set.

    Raises:
        InputError: a key leads nowhere, a reform undoes what another set, or the scenario that
            comes out is not valid.
    """
    data, changes = _plain(written), list[ParameterChange]()
    for name, number, parameter in _parameters(written):
        reform = written.reforms[name]
        if parameter.where_there and not is_there(data, parameter.key):
            continue
        where = f"reforms.{name}.operators.{number}.parameter"
        is_block = isinstance(parameter.to, dict)
        figure = find_figure(data, parameter.key, f"{where}.key", is_block=is_block)
        after = _value(figure, parameter, where)
        if is_fee_on_steps(parameter) and figure.value not in (None, after):
            check_whole_port(where, name, reform)
        earlier = [change for change in changes if _overlap(change.key, parameter.key)]
        yields = any(change.reform in reform.yields_to for change in earlier)
        if yields or not reform.adoption.by_anybody:
            continue
        change = ParameterChange(name, number, parameter.key, deepcopy(figure.value), after)
        if earlier and parameter.relative is None and after != change.before:
            raise _undone(change, earlier[-1])
        figure.set(deepcopy(after))
        changes.append(change)
    if not changes:
        return Effect(written, written, ())
    unchecked = Effect(written, written, tuple(changes))
    try:
        return replace(unchecked, scenario=build_scenario(data))
    except InputError as error:
        raise blamed(error, unchecked, build_scenario) from error


def _parameters(scenario: Scenario) -> Iterator[tuple[str, int, Parameter]]:
    """Reform, number and content of every operator that sets a figure, in the order they apply."""
    for name in reform_order(scenario):
        for number, operator in enumerate(scenario.reforms[name].operators):
            if operator.parameter and operator.concerns(scenario.workflows):
                yield name, number, operator.parameter


def _plain(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain data; in sections that can be set, with all that is left to defaults.

    Operators tell what was written from what was not, so theirs stays as it is.
    """
    as_written = scenario.model_dump(mode="json", exclude_unset=True)
    return {**as_written, **scenario.model_dump(mode="json", include=set(SECTIONS))}


def _value(figure: Figure, parameter: Parameter, where: str) -> JsonValue:
    if parameter.relative is None:
        return deepcopy(parameter.to)
    return figure.changed(*parameter.relative, where)


def _overlap(one: str, other: str) -> bool:
    """Whether two keys are the same, or one stands in what the other leads to."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _undone(change: ParameterChange, earlier: ParameterChange) -> InputError:
    way_out = (
        "say it once"
        if change.reform == earlier.reform
        else f"'{change.reform}' can name '{earlier.reform}' in 'yields_to' or in 'conflicts'"
    )
    return InputError(
        f"{change.where}: would undo what {earlier.where} did to '{earlier.key}'; {way_out}"
    )


def blamed(error: InputError, effect: Effect, check: Check) -> InputError:
    """Return the error of a check with the operator that brought it about in front.

    That is one that set the key the error is about, or else the one from which on the scenario
    fails. An error that is there without any of them stays as it is.

    Args:
        error: what the scenario in effect failed with.
        effect: of the reforms.
        check: builds a scenario from plain data, and raises if it fails.
    """
    place = str(error).partition(": ")[0]
    about = [change for change in effect.changes if _overlap(change.key, place)]
    culprit = about[-1] if about else _first_failing(effect, check)
    return InputError(f"{culprit.where}: {error}") if culprit else error


def _first_failing(effect: Effect, check: Check) -> ParameterChange | None:
    """The change after which the scenario never passes again, if it passed before."""
    for number in reversed(range(len(effect.changes))):
        data = _plain(effect.written)
        for change in effect.changes[:number]:
            is_block = isinstance(change.after, dict)
            figure = find_figure(data, change.key, change.where, is_block=is_block)
            figure.set(deepcopy(change.after))
        try:
            check(data)
        except InputError:
            continue
        return effect.changes[number]
    return None
