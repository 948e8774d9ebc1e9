"""What comes to the port: conveyances, the consignments they carry, traders, violations."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.arrivals import Arrivals
from sim.scenario.base import (
    Count,
    Label,
    Name,
    NonNegative,
    Positive,
    Probability,
    Sourced,
    Strict,
    Text,
)
from sim.scenario.dates import Monday
from sim.scenario.resources import Tier
from sim.scenario.workflow import Condition

_MAX_DAYS = 3660
_MAX_SEED = 2**63 - 1

Chapter = Annotated[int, Field(strict=True, ge=1, le=97)]


class ConveyanceStream(Sourced):
    """Conveyances of one kind: vessel calls, train runs, flights, trucks.

    The other moves are boxes the cranes handle that are no consignment of this scenario: transit,
    domestic, empty.
    """

    label: Label
    workflow: Name
    arrivals: Arrivals
    other_unload_moves: NonNegative = 0
    other_load_moves: NonNegative = 0


class Load(Sourced):
    """Consignments of a flow on one conveyance: lognormal, at least ``least``."""

    kind: Literal["load"]
    mean: Positive
    cv: NonNegative
    least: Annotated[int, Field(strict=True, ge=0, le=1)] = 1


class ListedConsignments(Sourced):
    """Consignments read from a file; its columns are in docs/traffic_files.md."""

    kind: Literal["file"]
    path: Text


class Containers(Sourced):
    """Boxes of a consignment: one and a geometric number more, some of forty feet.

    ``unit`` says what a box is; only containers count as TEU.
    """

    unit: Literal["container", "unit_load"] = "container"
    mean_boxes: Annotated[float, Field(strict=True, ge=1, allow_inf_nan=False)]
    most_boxes: Annotated[int, Field(strict=True, ge=1, le=255)]
    forty_foot_share: Probability

    @model_validator(mode="after")
    def _only_containers_have_feet(self) -> Self:
        if self.unit == "unit_load" and self.forty_foot_share:
            raise ValueError(
                f"forty_foot_share: a unit load has none, given {self.forty_foot_share:g}"
            )
        return self


class FlowGoods(Sourced):
    """Goods of a flow: a table of real declarations they are drawn from, and how heavy they load.

    ``payload_kg`` is for each TEU of containers, or for each unit load.
    """

    declarations: Name
    payload_kg: Positive
    dutiable: Annotated[bool, Field(strict=True)] = True


class SelectionFactor(Sourced):
    """What the inspection rate of each agency is multiplied by in a flow."""

    customs: NonNegative = 1
    quarantine: NonNegative = 1


class Goods(Sourced):
    """What rules apply to goods by their chapter of the Harmonized System, in every flow."""

    currency_per_cny: Positive
    most_cny_per_kg: Positive
    quarantine_chapters: tuple[Chapter, ...]
    quarantine_share_elsewhere: Probability
    licensed_chapters: tuple[Chapter, ...]
    licensed_share: Probability
    named_chapters: tuple[Chapter, ...]
    perishable_chapters: tuple[Chapter, ...] = ()


class Flow(Strict):
    """Consignments that follow one workflow, from one conveyance or towards one.

    A flow that arrives by a conveyance is attached to it. One that only departs by a conveyance is
    booked for one and attached to that; it may miss it. An export that only arrives by one leaves
    on the same, as on a truck that is cleared on its way.
    """

    label: Label
    workflow: Name
    arrives_by: Name | None = None
    departs_by: Name | None = None
    consignments: Annotated[Load | ListedConsignments, Field(discriminator="kind")]
    containers: Containers
    goods: FlowGoods
    selection_factor: SelectionFactor | None = None

    @model_validator(mode="after")
    def _has_a_conveyance(self) -> Self:
        if not (self.arrives_by or self.departs_by):
            raise ValueError("needs 'arrives_by' or 'departs_by'")
        return self

    @property
    def attached_to(self) -> str:
        """The stream of the conveyance that every consignment belongs to from the start."""
        stream = self.arrives_by or self.departs_by
        assert stream is not None
        return stream


class Record(Sourced):
    """How the credit tier of a trader moves with what examinations found.

    Every ``review_days`` a trader with at least ``downgrade_findings`` findings since the last
    review falls a tier; one with at least ``upgrade_clean`` examinations and no finding rises one.
    """

    review_days: Positive
    downgrade_findings: Annotated[int, Field(strict=True, ge=1)]
    upgrade_clean: Annotated[int, Field(strict=True, ge=1)]


class Traders(Sourced):
    """Credit tiers of traders, how they move, and who asks for appointments outside hours."""

    tier_share: dict[Tier, Probability]
    appointment_share: dict[Tier, Probability] = Field(default_factory=dict)
    record: Record | None = None


class Violations(Sourced):
    """Probability of a hidden violation by agency, factors by tier, how alike agencies score."""

    probability: dict[Name, Probability]
    tier_factor: dict[Tier, NonNegative]
    score_correlation: Probability


class Reviews(Sourced):
    """How declarations pass the first look."""

    manual_share: dict[Tier, Probability]
    laboratory_share: Probability


class Qualifying(Sourced):
    """Which consignments a promise of quick clearance is for: those that meet all of ``when``.

    ``complete`` leaves out what is sent back for correction.
    """

    when: tuple[Condition, ...] = ()
    complete: Annotated[bool, Field(strict=True)] = False


class Traffic(Strict):
    """All that arrives. ``qualifying`` is measured apart where it is given."""

    conveyances: Annotated[dict[Name, ConveyanceStream], Field(min_length=1)]
    flows: Annotated[dict[Name, Flow], Field(min_length=1)]
    goods: Goods
    traders: Traders
    violations: Violations
    reviews: Reviews
    qualifying: Qualifying | None = None


class DetectionMargin(Sourced):
    """By how much the share of violations found may fall and still count as kept."""

    value: Probability


class Experiment(Strict):
    """How long, how often, and with which luck a scenario is simulated, and how it is judged.

    No part of the time is longer than ten years. The seed is an integer of 64 bits. Without a
    ``detection_margin`` a share of violations found may not fall at all.
    """

    replications: Annotated[int, Field(strict=True, ge=2)]
    seed: Annotated[int, Field(strict=True, ge=0, le=_MAX_SEED)]
    start_date: Monday
    warm_up_days: Annotated[NonNegative, Field(le=_MAX_DAYS)]
    horizon_days: Annotated[Positive, Field(le=_MAX_DAYS)]
    cool_down_days: Annotated[NonNegative, Field(le=_MAX_DAYS)]
    confidence: Annotated[float, Field(strict=True, gt=0, lt=1)]
    detection_margin: DetectionMargin | None = None
    traced_replications: Count

    @property
    def margin(self) -> float:
        """By how much a share of violations found may fall."""
        return self.detection_margin.value if self.detection_margin else 0.0
