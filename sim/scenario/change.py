"""What operators of a reform change: fields of a step, fields of a pool, a figure of the port."""

from typing import Annotated, Self

from pydantic import Field, JsonValue, model_validator

from sim.scenario.base import (
    Count,
    Label,
    Name,
    NonNegative,
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


_MAY_BE_ABSENT = frozenset({"hours", "rework", "standard_hours", "at_most_hours", "source"})


class ReworkChange(Sourced):
    """Fields of a step's rework to replace; a step that had none needs them all."""

    label: Label | None = None
    probability: Probability | None = None
    most: Repeats | None = None
    correction: Distribution | None = None
    hours: Name | None = None


class StepChange(Strict):
    """Fields of a step to replace.

    Work drawn beyond ``at_most_hours`` is cut off there, each time the step is done. Hours, a
    rework, a standard and such a limit can be taken away, with ``null``.
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
    source: Text | None = None
    assumption: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _keeps_what_a_step_needs(self) -> Self:
        for name in sorted(self.model_fields_set - _MAY_BE_ABSENT):
            if getattr(self, name) is None:
                raise ValueError(f"{name}: a step cannot be without it, given null")
        return self


class PoolChange(Sourced):
    """Fields of a pool to replace."""

    capacity: NumberOrRoster | None = None
    hours: Name | None = None
    end_of_shift: EndOfShift | None = None
    discipline: Discipline | None = None
    area_m2: NonNegative | None = None


class Parameter(Sourced):
    """Set what stands at a dotted key of the scenario, or multiply the number or table there.

    It is the whole port's. ``to`` takes the place of all that stood there; ``null`` takes away
    what need not be there. One that says ``where_there`` is left out of a scenario that has nothing
    at its key, as one without that disruption or timetable.
    """

    key: Key
    to: JsonValue = None
    times: NonNegative | None = None
    where_there: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _is_one_change(self) -> Self:
        given = {"to", "times"} & self.model_fields_set
        if len(given) != 1:
            found = "both" if given else "neither"
            raise ValueError(f"needs exactly one of 'to' and 'times', given {found}")
        if given == {"times"} and self.times is None:
            raise ValueError("times: a number is expected, given null")
        return self
