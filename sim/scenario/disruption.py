"""Disruptions: what strikes the port at a time, whatever reforms are in force."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import (
    Label,
    Name,
    NonNegative,
    PoolName,
    Positive,
    Probability,
    Sourced,
)

Pools = Annotated[tuple[PoolName, ...], Field(min_length=1)]
Streams = Annotated[tuple[Name, ...], Field(min_length=1)]


class _Window(Sourced):
    """A name, and a time: from days after the start of the run, for hours."""

    label: Label
    start_days: NonNegative
    duration_hours: Positive


class Stoppage(_Window):
    """Pools have no units: a system is down, a place is closed. It acts like the end of a shift."""

    kind: Literal["outage", "closure"]
    pools: Pools


class Shortage(_Window):
    """Of the units of pools a share is left, rounded down."""

    kind: Literal["shortage"]
    pools: Pools
    left: Probability


class Surge(_Window):
    """Streams of traffic bring so many times as many arrivals."""

    kind: Literal["surge"]
    streams: Streams
    factor: Positive


class Cancellation(_Window):
    """Conveyances of streams of traffic that would arrive do not come."""

    kind: Literal["cancellation"]
    streams: Streams


Disruption = Annotated[
    Stoppage | Shortage | Surge | Cancellation,
    Field(discriminator="kind"),
]
