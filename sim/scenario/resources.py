"""Who and what does the work: agencies with their staff, facilities of the port."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import (
    Count,
    Label,
    Name,
    NonNegative,
    Positive,
    Probability,
    Sourced,
    Strict,
)

EndOfShift = Literal["finish", "suspend"]
Discipline = Literal["strict", "greedy"]
Tier = Literal["advanced_certified", "general_certified", "ordinary", "discredited"]
TIERS: tuple[Tier, ...] = ("advanced_certified", "general_certified", "ordinary", "discredited")
SELECTING_AGENCIES = ("customs", "quarantine")
ROLES = ("reviewers", "examiners", "boarding_officers")


class Selection(Sourced):
    """How an agency picks what it examines: at a rate, in part at random, else by score.

    The score is binormal of a stated ``auc``, or that of a trained ``model``, whose name is that of
    a column of scores in the table of declarations.
    """

    rate: dict[Tier, Probability]
    random_share: Probability
    auc: Annotated[float, Field(strict=True, ge=0.5, lt=1)] | None = None
    model: Name | None = None

    @model_validator(mode="after")
    def _has_one_score(self) -> Self:
        if (self.auc is None) == (self.model is None):
            given = "neither" if self.auc is None else "both"
            raise ValueError(f"needs exactly one of 'auc' and 'model', given {given}")
        return self


class Examination(Sourced):
    """What an examination finds of a hidden violation, by whose rules it breaks."""

    own_sensitivity: Probability
    other_sensitivity: Probability


class Agency(Sourced):
    """An agency at the port: its staff by role, their hours, and how it examines."""

    label: Label
    reviewers: Count = 0
    examiners: Count = 0
    boarding_officers: Count = 0
    hours: Name
    boarding_hours: Name
    end_of_shift: EndOfShift
    discipline: Discipline
    wage_per_hour: NonNegative
    overtime_factor: Annotated[float, Field(strict=True, allow_inf_nan=False, ge=1)]
    selection: Selection | None = None
    examination: Examination | None = None


class Facility(Sourced):
    """Equal units of a facility: berths, cranes, examination bays, crews, gate lanes."""

    label: Label
    capacity: Count
    hours: Name
    end_of_shift: EndOfShift = "finish"
    discipline: Discipline = "strict"
    area_m2: NonNegative | None = None


class Quay(Sourced):
    """What the cranes on one vessel move in an hour together."""

    moves_per_hour: Positive


class Port(Strict):
    """A port: its name and its facilities."""

    label: Label
    quay: Quay
    facilities: dict[Name, Facility]
