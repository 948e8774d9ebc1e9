"""Distributions as reference files write them, turned into those of the product."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.scenario.base import NonNegative, Positive, Probability, Strict
from sim.scenario.duration import (
    Constant,
    Distribution,
    Exponential,
    Gamma,
    Hyperexponential,
    Lognormal,
    Uniform,
)
from sim.traffic.distributions import sample
from sim.traffic.draws import Draws

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Moments = tuple[float, float]
_SOURCE: dict[str, Any] = {"source": "reference case"}


class _Law(Strict):
    """A distribution whose numbers stand under their names or, in order, under ``params``."""

    names: ClassVar[tuple[str, ...]]

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("params"), list):
            return data
        numbers = data["params"]
        if len(numbers) != len(cls.names):
            raise ValueError(f"params: {', '.join(cls.names)} are expected, given {numbers}")
        others = {key: value for key, value in data.items() if key != "params"}
        return {**others, **dict(zip(cls.names, numbers, strict=True))}


class ExponentialLaw(_Law):
    """By its mean, or its rate."""

    names = ("mean",)
    dist: Literal["exp"]
    mean: Positive

    @model_validator(mode="before")
    @classmethod
    def _by_rate(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "rate" not in data:
            return data
        rate = data["rate"]
        if not isinstance(rate, int | float) or not rate > 0:
            raise ValueError(f"rate: a number above 0 is expected, given {rate}")
        others = {key: value for key, value in data.items() if key != "rate"}
        return {**others, "mean": 1 / rate}

    @property
    def rate(self) -> float:
        """Events in a unit of time."""
        return 1 / self.mean

    @property
    def moments(self) -> Moments:
        """Mean and squared coefficient of variation."""
        return self.mean, 1.0


class ConstantLaw(_Law):
    """Always the same."""

    names = ("value",)
    dist: Literal["det"]
    value: NonNegative

    @property
    def moments(self) -> Moments:
        """Mean and squared coefficient of variation."""
        return self.value, 0.0


class UniformLaw(_Law):
    """Between two numbers."""

    names = ("low", "high")
    dist: Literal["uniform"]
    low: NonNegative
    high: NonNegative

    @property
    def moments(self) -> Moments:
        """Mean and squared coefficient of variation."""
        middle = (self.low + self.high) / 2
        return middle, (self.high - self.low) ** 2 / 12 / middle**2


class GammaLaw(_Law):
    """By shape and scale."""

    names = ("shape", "scale")
    dist: Literal["gamma"]
    shape: Positive
    scale: Positive

    @property
    def moments(self) -> Moments:
        """Mean and squared coefficient of variation."""
        return self.shape * self.scale, 1 / self.shape


class LognormalLaw(_Law):
    """By mean and coefficient of variation."""

    names = ("mean", "cv")
    dist: Literal["lognormal"]
    mean: Positive
    cv: NonNegative

    @property
    def moments(self) -> Moments:
        """Mean and squared coefficient of variation."""
        return self.mean, self.cv**2


class HyperexponentialLaw(_Law):
    """By the share of the first branch and the means of both."""

    names = ("first_share", "first_mean", "second_mean")
    dist: Literal["hyperexp"]
    first_share: Probability
    first_mean: Positive
    second_mean: Positive

    @property
    def moments(self) -> Moments:
        """Mean and squared coefficient of variation."""
        first, second = self.first_share, 1 - self.first_share
        average = first * self.first_mean + second * self.second_mean
        square = 2 * (first * self.first_mean**2 + second * self.second_mean**2)
        return average, square / average**2 - 1


SimpleLaw = Annotated[
    ExponentialLaw | ConstantLaw | UniformLaw | GammaLaw | LognormalLaw | HyperexponentialLaw,
    Field(discriminator="dist"),
]


class Mixture(Strict):
    """One time always, and another on top with a probability."""

    always: SimpleLaw
    with_probability: Probability
    extra: SimpleLaw


class MixedLaw(Strict):
    """A sum with a part that some have only."""

    dist: Literal["mix"]
    params: Mixture

    @property
    def moments(self) -> Moments:
        """Mean and squared coefficient of variation."""
        always, always_scv = self.params.always.moments
        extra, extra_scv = self.params.extra.moments
        share = self.params.with_probability
        average = always + share * extra
        variance = always_scv * always**2 + share * (extra_scv + 1 - share) * extra**2
        return average, variance / average**2


Law = Annotated[
    ExponentialLaw
    | ConstantLaw
    | UniformLaw
    | GammaLaw
    | LognormalLaw
    | HyperexponentialLaw
    | MixedLaw,
    Field(discriminator="dist"),
]


def distribution(law: SimpleLaw) -> Distribution:
    """Return the product's distribution for a law; model units stand for hours."""
    match law:
        case ExponentialLaw():
            return Exponential(dist="exponential", mean=law.mean, **_SOURCE)
        case ConstantLaw():
            return Constant(dist="constant", value=law.value, **_SOURCE)
        case UniformLaw():
            return Uniform(dist="uniform", low=law.low, high=law.high, **_SOURCE)
        case GammaLaw():
            return Gamma(dist="gamma", shape=law.shape, mean=law.shape * law.scale, **_SOURCE)
        case LognormalLaw():
            return Lognormal(dist="lognormal", mean=law.mean, cv=law.cv, **_SOURCE)
        case HyperexponentialLaw():
            return Hyperexponential(
                dist="hyperexponential",
                first_share=law.first_share,
                first_mean=law.first_mean,
                second_mean=law.second_mean,
                **_SOURCE,
            )


def draw(law: Law, draws: Draws, purpose: str, entities: Ints) -> Floats:
    """Draw one time in model units for each entity."""
    if not isinstance(law, MixedLaw):
        return sample(distribution(law), draws.uniform(purpose, entities))
    mixture = law.params
    always = draw(mixture.always, draws, purpose, entities)
    extra = draw(mixture.extra, draws, f"{purpose}.extra", entities)
    return always + np.where(has_extra(law, draws, purpose, entities), extra, 0.0)


def has_extra(law: MixedLaw, draws: Draws, purpose: str, entities: Ints) -> NDArray[np.bool_]:
    """Whether each entity has the second part."""
    return draws.uniform(f"{purpose}.has_extra", entities) < law.params.with_probability
