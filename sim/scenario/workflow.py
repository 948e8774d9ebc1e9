"""Steps of a clearance workflow as written in YAML."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import Count, Label, Name, NonNegative, PoolName, Sourced, Strict
from sim.scenario.duration import Distribution

Mode = Literal["sea", "rail", "air", "road"]
Direction = Literal["import", "export"]
Party = Literal["carrier", "port", "trader", "customs", "quarantine", "maritime", "border", "joint"]
Kind = Literal[
    "arrival", "boarding", "transport", "window", "preparation", "declaration", "review", "payment",
    "booking", "moving", "unstuffing", "examination", "restuffing", "laboratory", "certificate",
    "release", "pickup",
]  # fmt: skip
Milestone = Literal[
    "discharge", "quarantine_lodgement", "lodgement", "document_check",
    "other_agency_check", "examination", "duty_paid", "release", "gate_out",
]  # fmt: skip
Flag = Literal[
    "licensed", "dutiable", "quarantine_liable", "manual_review", "laboratory", "trusted",
    "named_goods", "customs_selected", "quarantine_selected",
]  # fmt: skip
Condition = Annotated[str, Field(strict=True, pattern=r"^(not )?[a-z_]+$")]
StepRef = Annotated[str, Field(strict=True, pattern=r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$")]
Units = Annotated[int, Field(strict=True, ge=1)]


class Attribute(Strict):
    """A duration the traffic already fixes: the cranes' time for this vessel or box."""

    attribute: Literal["discharge_hours", "load_hours", "discharge_offset"]


class Trigger(Strict):
    """A step may not start before this many hours from the arrival of the conveyance."""

    arrival_offset: Distribution
    ahead: Annotated[bool, Field(strict=True)] = False


class StepSpec(Strict):
    """One step: who does it, after what, for how long, with what, and what it produces.

    It waits for the steps in ``after`` and in ``needs``. Where it does not concern a case, who
    waited for it waits for what is in ``after``; what it would have needed is then not waited for.
    """

    label: Label
    party: Party
    kind: Kind
    after: tuple[StepRef, ...] = ()
    needs: tuple[StepRef, ...] = ()
    lag_hours: NonNegative = 0
    trigger: Trigger | None = None
    when: tuple[Condition, ...] = ()
    duration: Distribution | Attribute
    per: Literal["case", "container"] = "case"
    uses: dict[PoolName, Units] = Field(default_factory=dict)
    takes: dict[PoolName, Units] = Field(default_factory=dict)
    returns: dict[PoolName, Units] = Field(default_factory=dict)
    hours: Name | None = None
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
