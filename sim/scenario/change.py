"""What operators of a reform change: fields of a step, fields of a pool, a figure of the port."""

from collections.abc import Collection
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, JsonValue, model_validator

from sim.scenario.base import (
    Count,
    Label,
    Name,
    NonNegative,
    Number,
    PoolName,
    Positive,
    Probability,
    Sourced,
    Strict,
    Text,
)
from sim.scenario.duration import Distribution
from sim.scenario.resources import Discipline, EndOfShift, NumberOrRoster
from sim.scenario.workflow import Condition, Kind, Milestone, Party, Repeats, StepRef, Units

Key = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]


Relation = Literal["times", "at_most", "at_least"]
Counted = Literal["documents", "data_items", "visits"]
Limits = Annotated[dict[Counted, Count], Field(min_length=1)]

_CHANGES = ("to", *get_args(Relation))
_ALLOWED = "'to', 'times', 'at_most' and 'at_least'"
_PROVENANCE = {"source", "calibrated_to", "assumption"}
_MAY_BE_ABSENT = frozenset({"hours", "rework", "standard_hours", "at_most_hours", "source"})


class ReworkChange(Sourced):
    """Fields of a step's rework to replace; a step that had none needs them all."""

    label: Label | None = None
    probability: Probability | None = None
    most: Repeats | None = None
    correction: Distribution | None = None
    hours: Name | None = None


class StepFactors(Sourced):
    """Factors on a step's work, and on the probability that it sends a case back."""

    duration: Positive = 1
    rework: NonNegative = 1

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if not self.model_fields_set & {"duration", "rework"}:
            raise ValueError("needs one of 'duration' and 'rework', given neither")
        return self


def check_given_once(given: Collection[str], relative: Collection[str], key: str) -> None:
    """Raise a ValueError if what is given is also multiplied or limited under a key."""
    for name in sorted(set(given) & set(relative)):
        raise ValueError(f"{name}: either say what it becomes or give it in '{key}', given both")


class StepChange(Strict):
    """Fields of a step to replace, multiply or limit.

    Factors in ``times`` and limits in ``at_most`` hold for what earlier reforms left. Work drawn
    beyond ``at_most_hours`` is cut off there, each time the step is done. Hours, a rework, a
    standard and such a limit can be taken away, with ``null``.
    """

    label: Label | None = None
    party: Party | None = None
    kind: Kind | None = None
    duration: Distribution | None = None
    needs: tuple[StepRef, ...] | None = None
    uses: dict[PoolName, Units] | None = None
    by_appointment: dict[PoolName, Units] | None = None
    hours: Name | None = None
    rework: ReworkChange | None = None
    standard_hours: Positive | None = None
    at_most_hours: Positive | None = None
    lag_hours: NonNegative | None = None
    offers: dict[Name, Units] | None = None
    priority: Annotated[int, Field(strict=True, ge=0, le=7)] | None = None
    when: tuple[Condition, ...] | None = None
    milestones: tuple[Milestone, ...] | None = None
    documents: Count | None = None
    data_items: Count | None = None
    visits: Count | None = None
    examines: tuple[Name, ...] | None = None
    times: StepFactors | None = None
    at_most: Limits | None = None
    source: Text | None = None
    assumption: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _keeps_what_a_step_needs(self) -> Self:
        for name in sorted(self.model_fields_set - _MAY_BE_ABSENT):
            if getattr(self, name) is None:
                raise ValueError(f"{name}: a step cannot be without it, given null")
        return self

    @model_validator(mode="after")
    def _changes_nothing_twice(self) -> Self:
        factors = self.times.model_fields_set if self.times else ()
        check_given_once(self.model_fields_set - _PROVENANCE, factors, "times")
        check_given_once(self.model_fields_set, self.at_most or (), "at_most")
        return self


class PoolChange(Sourced):
    """Fields of a pool to replace."""

    capacity: NumberOrRoster | None = None
    hours: Name | None = None
    end_of_shift: EndOfShift | None = None
    discipline: Discipline | None = None
    area_m2: NonNegative | None = None


def check_changes_something(change: StepChange | PoolChange) -> None:
    """Raise a ValueError for a change without a field to change."""
    if not change.model_fields_set - _PROVENANCE:
        raise ValueError("to: says nothing that changes")


class Parameter(Sourced):
    """Set what stands at a dotted key of the scenario, or change the number or table there.

    It is the whole port's. ``to`` takes the place of all that stood there; ``null`` takes away
    what need not be there. ``times`` multiplies what earlier reforms left; ``at_most`` lowers it
    to a limit and ``at_least`` raises it to one, where needed. One that says ``where_there`` is
    left out of a scenario that has nothing at its key, as one without that disruption or timetable.
    """

    key: Key
    to: JsonValue = None
    times: NonNegative | None = None
    at_most: Number | None = None
    at_least: Number | None = None
    where_there: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _is_one_change(self) -> Self:
        given = [name for name in _CHANGES if name in self.model_fields_set]
        if len(given) != 1:
            found = " and ".join(f"'{name}'" for name in given) or "none"
            raise ValueError(f"needs exactly one of {_ALLOWED}, given {found}")
        if given != ["to"] and getattr(self, given[0]) is None:
            raise ValueError(f"{given[0]}: a number is expected, given null")
        return self

    @property
    def relative(self) -> tuple[Relation, float] | None:
        """How it changes what earlier reforms left, and the number; nothing where it sets it."""
        for word in get_args(Relation):
            number = getattr(self, word)
            if number is not None:
                return word, number
        return None
