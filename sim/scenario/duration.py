"""Durations as written in YAML: a family of distributions, in hours."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import NonNegative, Positive, Probability, Sourced

TIMES = ("value", "mean", "low", "mode", "high", "first_mean", "second_mean")


class DurationFamily(Sourced):
    """Any of the families."""

    dist: str


class Constant(DurationFamily):
    """Always the same number of hours."""

    dist: Literal["constant"]
    value: NonNegative


class Exponential(DurationFamily):
    """Exponential with a mean in hours."""

    dist: Literal["exponential"]
    mean: Positive


class Erlang(DurationFamily):
    """Erlang of a whole shape, with a mean in hours."""

    dist: Literal["erlang"]
    shape: Annotated[int, Field(strict=True, ge=1)]
    mean: Positive


class Gamma(DurationFamily):
    """Gamma of any positive shape, with a mean in hours."""

    dist: Literal["gamma"]
    shape: Positive
    mean: Positive


class Hyperexponential(DurationFamily):
    """One exponential or another: a share has the first mean in hours, the rest the second."""

    dist: Literal["hyperexponential"]
    first_share: Probability
    first_mean: Positive
    second_mean: Positive


class Lognormal(DurationFamily):
    """Lognormal by its mean in hours and its coefficient of variation."""

    dist: Literal["lognormal"]
    mean: Positive
    cv: NonNegative


class Uniform(DurationFamily):
    """Uniform between two numbers of hours."""

    dist: Literal["uniform"]
    low: NonNegative
    high: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        return self


class Triangular(DurationFamily):
    """Triangular between low and high hours, most likely at mode."""

    dist: Literal["triangular"]
    low: NonNegative
    mode: NonNegative
    high: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high or self.low == self.high:
            raise ValueError(
                f"low {self.low:g}, mode {self.mode:g}, high {self.high:g} are not in rising order"
            )
        return self


Distribution = Annotated[
    Constant | Exponential | Erlang | Gamma | Hyperexponential | Lognormal | Uniform | Triangular,
    Field(discriminator="dist"),
]


def multiplied(distribution: Distribution, factor: float) -> Distribution:
    """Return the distribution of a positive factor times what is drawn."""
    times = {
        name: factor * getattr(distribution, name)
        for name in TIMES
        if name in type(distribution).model_fields
    }
    return distribution.model_copy(update=times)
