"""Laws are sampled by the product and know their moments."""

import numpy as np
import pytest

from sim.traffic.draws import Draws
from sim.verify.laws import (
    ConstantLaw,
    ExponentialLaw,
    GammaLaw,
    HyperexponentialLaw,
    Law,
    LognormalLaw,
    MixedLaw,
    Mixture,
    UniformLaw,
    draw,
)

EXPONENTIAL = ExponentialLaw(dist="exp", mean=2.0)
UNIFORM = UniformLaw(dist="uniform", low=0.2, high=1.4)
LAWS: list[Law] = [
    EXPONENTIAL,
    UNIFORM,
    ConstantLaw(dist="det", value=0.8),
    GammaLaw(dist="gamma", shape=2.0, scale=0.4),
    LognormalLaw(dist="lognormal", mean=0.8, cv=0.5),
    HyperexponentialLaw(dist="hyperexp", first_share=0.9, first_mean=0.5, second_mean=3.5),
    MixedLaw(dist="mix", params=Mixture(always=UNIFORM, with_probability=0.15, extra=EXPONENTIAL)),
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.dist)
def test_samples_have_the_moments_of_their_law(law: Law) -> None:
    sample = draw(law, Draws(1, 0), "service", np.arange(400_000))
    mean, scv = law.moments
    assert sample.mean() == pytest.approx(mean, rel=0.01)
    assert sample.var() / sample.mean() ** 2 == pytest.approx(scv, rel=0.03)
