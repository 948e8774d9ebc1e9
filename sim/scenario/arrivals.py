"""When conveyances come: liner calls, timetables, profiles over the day, or a list from a file."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sim.scenario.base import NonNegative, Positive, Probability, Sourced, Text
from sim.scenario.duration import Distribution
from sim.scenario.hours import Weekday, clock_minutes

Factors = Annotated[tuple[NonNegative, ...], Field(min_length=12, max_length=12)]
HourWeights = Annotated[tuple[NonNegative, ...], Field(min_length=24, max_length=24)]


def _on_the_clock(times: tuple[str, ...]) -> tuple[str, ...]:
    minutes = [clock_minutes(time) for time in times]
    if minutes != sorted(set(minutes)):
        raise ValueError(f"times {', '.join(times)} are not in rising order")
    return times


Times = Annotated[tuple[Text, ...], AfterValidator(_on_the_clock)]


class LinerCalls(Sourced):
    """Calls with independent times between them; ``months`` are seasonal factors on their rate."""

    kind: Literal["calls"]
    interarrival: Distribution
    months: Factors | None = None


class Timetable(Sourced):
    """A weekly timetable; a run comes ``early_hours`` before its time plus a random deviation."""

    kind: Literal["timetable"]
    week: dict[Weekday, Times]
    deviation: Distribution | None = None
    early_hours: NonNegative = 0
    cancelled_share: Probability = 0

    @model_validator(mode="after")
    def _has_runs(self) -> Self:
        if not any(self.week.values()):
            raise ValueError("week: a timetable needs at least one time")
        return self


class Profile(Sourced):
    """Poisson arrivals whose rate follows the hour of the day, the weekday and the month.

    ``per_day`` is for a day whose weekday and month have the factor 1.
    """

    kind: Literal["profile"]
    per_day: Positive
    hours: HourWeights
    weekdays: dict[Weekday, NonNegative] = Field(default_factory=dict)
    months: Factors | None = None

    @model_validator(mode="after")
    def _is_open_at_times(self) -> Self:
        if not any(self.hours):
            raise ValueError("hours: at least one hour of the day needs a weight above 0")
        return self


class ListedArrivals(Sourced):
    """Conveyances read from a file; its columns are in docs/traffic_files.md."""

    kind: Literal["file"]
    path: Text


Arrivals = Annotated[LinerCalls | Timetable | Profile | ListedArrivals, Field(discriminator="kind")]
