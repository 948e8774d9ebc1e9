"""Who and what does the work: agencies with their staff, facilities of the port."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import Discriminator, Field, Tag, model_validator

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
Role = Literal[
    "reviewers",
    "examiners",
    "boarding_officers",
    "image_analysts",
    "auditors",
    "laboratory_staff",
    "on_call_examiners",
    "home_office_reviewers",
]
ROLES: tuple[Role, ...] = get_args(Role)
Roster = Annotated[dict[Name, Count], Field(min_length=1)]


def _how_given(given: object) -> str:
    return "dict" if isinstance(given, Mapping) else "int"


# A number, or a number for each of some hours; these add up where they overlap.
NumberOrRoster = Annotated[
    Annotated[Count, Tag("int")] | Annotated[Roster, Tag("dict")], Discriminator(_how_given)
]


class Selection(Sourced):
    """How an agency picks what it examines: at a rate, in part at random, else by score.

    The score is binormal of a stated ``auc``, or that of a trained ``model``, whose name is that of
    a column of scores in the table of declarations. Of each tier the ``low_risk_share`` with the
    lowest scores is flagged as of low risk.
    """

    rate: dict[Tier, Probability]
    random_share: Probability
    low_risk_share: Probability = 0
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
    false_alarm: Probability = 0


class Scan(Sourced):
    """Non-intrusive inspection: a share of what is selected is scanned, and opened on an alarm."""

    share: Probability
    sensitivity: Probability
    false_alarm: Probability


class Audit(Sourced):
    """Checks after release: a share of what was not opened is audited."""

    share: Probability
    sensitivity: Probability


class Agency(Sourced):
    """An agency at the port: its staff by role, their hours, and how it examines.

    A number of staff is there in the ``role_hours`` of the role, or else in the agency's
    ``hours``; a roster brings its own. One that ``selects_with`` another takes over what that
    selects and scans of the goods it supervises; its own selection and scan then rest.
    """

    label: Label
    reviewers: NumberOrRoster = 0
    examiners: NumberOrRoster = 0
    boarding_officers: NumberOrRoster = 0
    image_analysts: NumberOrRoster = 0
    auditors: NumberOrRoster = 0
    laboratory_staff: NumberOrRoster = 0
    on_call_examiners: NumberOrRoster = 0
    home_office_reviewers: NumberOrRoster = 0
    hours: Name
    role_hours: dict[Role, Name] = Field(default_factory=dict)
    end_of_shift: EndOfShift
    discipline: Discipline
    wage_per_hour: NonNegative
    overtime_factor: Annotated[float, Field(strict=True, allow_inf_nan=False, ge=1)]
    selection: Selection | None = None
    selects_with: Name | None = None
    examination: Examination | None = None
    scan: Scan | None = None
    audit: Audit | None = None


class Facility(Sourced):
    """Equal units of a facility: berths, cranes, examination bays, crews, gate lanes.

    A number is there in its ``hours``; a roster brings its own. An examination site is where boxes
    stand to be examined; its area is a measure of its own.
    """

    label: Label
    capacity: NumberOrRoster
    hours: Name
    end_of_shift: EndOfShift = "finish"
    discipline: Discipline = "strict"
    area_m2: NonNegative | None = None
    examination_site: Annotated[bool, Field(strict=True)] = False


class Handling(Sourced):
    """Boxes that are moved in an hour on one conveyance, by all that works on it together."""

    moves_per_hour: Positive


class Slots(Strict):
    """Places on conveyances that a step offers and boxes take, as on a train."""

    label: Label


class Port(Strict):
    """A port: its facilities, how fast each kind of conveyance is handled, and slots."""

    label: Label
    facilities: dict[Name, Facility]
    handling: dict[Name, Handling] = Field(default_factory=dict)
    slots: dict[Name, Slots] = Field(default_factory=dict)
