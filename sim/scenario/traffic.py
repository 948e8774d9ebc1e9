"""What comes to the port: vessel calls, consignments, traders, hidden violations."""

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Count, Name, NonNegative, Positive, Probability, Sourced, Strict
from sim.scenario.dates import Monday
from sim.scenario.duration import Distribution
from sim.scenario.resources import Tier

Chapter = Annotated[int, Field(strict=True, ge=1, le=97)]


class VesselCalls(Sourced):
    """Liner calls and the import consignments each brings."""

    interarrival: Distribution
    consignments_per_call: Positive
    consignments_cv: NonNegative
    other_discharge_moves: NonNegative
    load_moves: NonNegative


class Containers(Sourced):
    """Boxes of a consignment: one and a geometric number more, some of forty feet."""

    mean_boxes: Annotated[float, Field(strict=True, ge=1, allow_inf_nan=False)]
    most_boxes: Annotated[int, Field(strict=True, ge=1, le=255)]
    forty_foot_share: Probability


class Goods(Sourced):
    """Goods drawn from a table of real declarations."""

    declarations: Name
    currency_per_cny: Positive
    payload_kg_per_teu: Positive
    most_cny_per_kg: Positive
    quarantine_chapters: tuple[Chapter, ...]
    quarantine_share_elsewhere: Probability
    licensed_chapters: tuple[Chapter, ...]
    licensed_share: Probability
    named_chapters: tuple[Chapter, ...]


class Traders(Sourced):
    """Share of traders in each credit tier."""

    tier_share: dict[Tier, Probability]


class Violations(Sourced):
    """Probability of a hidden violation by agency, factors by tier, how alike agencies score."""

    probability: dict[Name, Probability]
    tier_factor: dict[Tier, NonNegative]
    score_correlation: Probability


class Reviews(Sourced):
    """How declarations pass the first look."""

    manual_share: dict[Tier, Probability]
    laboratory_share: Probability


class Traffic(Strict):
    """All that arrives."""

    vessel_calls: VesselCalls
    containers: Containers
    goods: Goods
    traders: Traders
    violations: Violations
    reviews: Reviews


class Experiment(Strict):
    """How long, how often, and with which luck a scenario is simulated."""

    replications: Annotated[int, Field(strict=True, ge=2)]
    seed: Count
    start_date: Monday
    warm_up_days: NonNegative
    horizon_days: Positive
    cool_down_days: NonNegative
    confidence: Annotated[float, Field(strict=True, gt=0, lt=1)]
    traced_replications: Count
