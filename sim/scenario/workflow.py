"""Steps of a clearance workflow as written in YAML."""

from typing import Annotated, Literal, Self, get_args

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
)
from sim.scenario.duration import Distribution

Mode = Literal["sea", "rail", "air", "road"]
Direction = Literal["import", "export"]
Party = Literal["carrier", "port", "trader", "customs", "quarantine", "maritime", "border", "joint"]
Kind = Literal[
    "arrival", "boarding", "formality", "transport", "window", "preparation", "permit",
    "declaration", "correction", "review", "payment", "guarantee", "booking", "scan", "moving",
    "unstuffing", "examination", "restuffing", "laboratory", "disposal", "certificate", "release",
    "loading", "departure", "pickup", "audit",
]  # fmt: skip
Milestone = Literal[
    "gate_in", "discharge", "quarantine_lodgement", "lodgement", "document_check",
    "other_agency_check", "examination", "duty_paid", "release", "seal", "loading", "departure",
    "gate_out",
]  # fmt: skip
Flag = Literal[
    "licensed", "dutiable", "quarantine_liable", "named_goods", "perishable",
    "advanced_certified", "general_certified", "ordinary", "discredited", "trusted", "appointment",
    "manual_review", "laboratory", "low_risk",
    "customs_selected", "customs_scanned", "customs_opened", "customs_finding", "customs_audited",
    "quarantine_selected", "quarantine_scanned", "quarantine_opened", "quarantine_finding",
    "quarantine_audited",
]  # fmt: skip
_CONDITIONS: list[JsonValue] = [f"{sign}{flag}" for flag in get_args(Flag) for sign in ("", "not ")]
Condition = Annotated[
    str,
    Field(strict=True, pattern=r"^(not )?[a-z_]+$", json_schema_extra={"enum": _CONDITIONS}),
]
StepRef = Annotated[str, Field(strict=True, pattern=r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$")]
Units = Annotated[int, Field(strict=True, ge=1)]
Repeats = Annotated[int, Field(strict=True, ge=1, le=3)]


class Attribute(Strict):
    """A duration the traffic already fixes: the handling time of a conveyance or of a box on it."""

    attribute: Literal["unload_hours", "load_hours", "unload_offset", "load_offset"]


class Trigger(Strict):
    """A step may not start before this many hours from the arrival of the conveyance.

    ``since`` the timetable they count from its time there instead, which deviations leave alone;
    without a timetable that is the arrival. Of ``hours`` only their open time counts: who comes
    two working days before a Monday comes on the Thursday.
    """

    arrival_offset: Distribution
    since: Literal["arrival", "timetable"] = "arrival"
    ahead: Annotated[bool, Field(strict=True)] = False
    hours: Name | None = None


class Rework(Sourced):
    """A step that may send its case back: the trader corrects, then the step is done again."""

    label: Label
    probability: Probability
    most: Repeats
    correction: Distribution
    hours: Name


class StepSpec(Strict):
    """One step: who does it, after what, for how long, with what, and what it produces.

    It waits for the steps in ``after`` and in ``needs``. Where it does not concern a case, who
    waited for it waits for what is in ``after``; what it would have needed is then not waited for.
    A step of another case is named ``workflow.step``. A step of a conveyance also waits until all
    consignments on board have reached the milestones in ``gathers``. A case with an appointment
    uses the pools in ``by_appointment``, if there are any, instead of those in ``uses``. Slots it
    ``offers`` are taken, at its end, by boxes that wait for them; what nobody takes lapses. Who is
    responsible for it promises to end it in ``standard_hours`` from when it is ready.
    """

    label: Label
    party: Party
    kind: Kind
    after: tuple[StepRef, ...] = ()
    needs: tuple[StepRef, ...] = ()
    gathers: tuple[Milestone, ...] = ()
    lag_hours: NonNegative = 0
    trigger: Trigger | None = None
    when: tuple[Condition, ...] = ()
    duration: Distribution | Attribute
    per: Literal["case", "container"] = "case"
    uses: dict[PoolName, Units] = Field(default_factory=dict)
    by_appointment: dict[PoolName, Units] = Field(default_factory=dict)
    takes: dict[PoolName, Units] = Field(default_factory=dict)
    returns: dict[PoolName, Units] = Field(default_factory=dict)
    offers: dict[Name, Units] = Field(default_factory=dict)
    hours: Name | None = None
    rework: Rework | None = None
    standard_hours: Positive | None = None
    priority: Annotated[int, Field(strict=True, ge=0, le=7)] = 4
    milestones: tuple[Milestone, ...] = ()
    documents: Count = 0
    data_items: Count = 0
    visits: Count = 0
    examines: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _hours_only_without_pools(self) -> Self:
        if self.hours and (self.uses or self.takes):
            raise ValueError("'hours' is for steps without pools; a pool brings its own hours")
        return self


class WorkflowSpec(Sourced):
    """A workflow: the conveyance or consignments it is for, and its steps."""

    label: Label
    mode: Mode
    case: Literal["conveyance", "consignment"]
    direction: Direction | None = None
    steps: dict[Name, StepSpec]
