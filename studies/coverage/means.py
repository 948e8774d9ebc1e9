"""Experiments on means: normal, of port-like times before and after a reform, and skewed ones."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
from scipy import optimize, special

from sim.study.comparison.share_of_replications import lower_and_higher, shares
from sim.study.estimates import Sample, difference, level, relative
from sim.study.intervals import Interval
from sim.study.quantiles import LEVELS, sectioned_quantiles
from sim.traffic.draws import Draws
from studies.coverage.experiments import CONFIDENCE, Experiment, Question
from studies.coverage.luck import Floats, exponential, normal, uniform

_MEAN, _SPREAD = 100.0, 20.0
_PREPARATION, _REVIEW, _FASTER = 40.0, 8.0, 0.5
_CONSIGNMENTS = 100
_STAY, _FREE, _A_HOUR = 48.0, 72.0, 2.5
"""The tariff of the reference case ``demurrage_linear``."""
_RARE = 0.002
_OFTEN_LOWER = 0.5


def mean_interval(values: Floats, unit: str = "h") -> Interval:
    """The interval of a mean that the product reports."""
    return level(Sample(unit, values), CONFIDENCE)


def quantile_sample(hours: Floats, name: str) -> Sample:
    """A quantile by sections, as it is collected; one row a replication."""
    pooled, sections = sectioned_quantiles(list(hours), LEVELS[name])
    return Sample("h", sections, pooled)


def _normals(draws: Draws, replications: int) -> Floats:
    return _MEAN + _SPREAD * normal(draws, "value", replications)


def _times(draws: Draws, replications: int) -> Floats:
    """Hours of consignments before and after preparation is halved, with the same luck."""
    shape = (replications, _CONSIGNMENTS)
    preparation = _PREPARATION * exponential(draws, "preparation", *shape)
    review = _REVIEW * exponential(draws, "review", *shape)
    return np.stack([preparation + review, _FASTER * preparation + review], axis=1)


def _means(times: Floats) -> tuple[Sample, Sample]:
    before, after = times.mean(axis=2).T
    return Sample("h", after), Sample("h", before)


def _p90s(times: Floats) -> tuple[Sample, Sample]:
    return quantile_sample(times[:, 1], "p90"), quantile_sample(times[:, 0], "p90")


def p90_of_sum(first: float, second: float) -> float:
    """P90 of the sum of two exponential times of unequal means."""

    def beyond(time: float) -> float:
        return (first * exp(-time / first) - second * exp(-time / second)) / (first - second)

    return float(optimize.brentq(lambda time: beyond(time) - 0.1, 0.0, 100.0 * first))


def _demurrage(draws: Draws, replications: int) -> Floats:
    """Cost of boxes that stay beyond the free time, per box."""
    stays = _STAY * exponential(draws, "stay", replications, _CONSIGNMENTS)
    return _A_HOUR * np.maximum(0.0, stays - _FREE)


def _lognormals(draws: Draws, replications: int) -> Floats:
    return np.exp(normal(draws, "loss", replications))


def _found(draws: Draws, replications: int) -> Floats:
    rare = uniform(draws, "violation", replications, _CONSIGNMENTS) < _RARE
    return np.asarray(rare.mean(axis=1))


def _differences(draws: Draws, replications: int) -> Floats:
    return normal(draws, "difference", replications) - _OFTEN_LOWER


def _share_lower(differences: Floats) -> Interval:
    lower, _, number = lower_and_higher(differences)
    found = shares(np.array([float(lower)]), np.array([float(number)]), CONFIDENCE)
    return Interval(float(found.share[0]), float(found.low[0]), float(found.high[0]), number)


_BEFORE = _PREPARATION + _REVIEW
_SAVED = (1 - _FASTER) * _PREPARATION
_P90_BEFORE = p90_of_sum(_PREPARATION, _REVIEW)
_P90_AFTER = p90_of_sum(_FASTER * _PREPARATION, _REVIEW)
_PAYING = exp(-_FREE / _STAY)
_COST = _A_HOUR * _STAY * _PAYING

MEANS = (
    Experiment("normal", _normals, (Question("mean of a normal", _MEAN, mean_interval),)),
    Experiment(
        "reform",
        _times,
        (
            Question("mean time", _BEFORE, lambda times: mean_interval(times[:, 0].mean(axis=1))),
            Question(
                "paired difference of means",
                -_SAVED,
                lambda times: difference(*_means(times), CONFIDENCE),
            ),
            Question(
                "relative change of the mean",
                -_SAVED / _BEFORE,
                lambda times: relative(*_means(times), CONFIDENCE),
            ),
            Question(
                "P90 of times",
                _P90_BEFORE,
                lambda times: level(quantile_sample(times[:, 0], "p90"), CONFIDENCE),
            ),
            Question(
                "paired difference of P90",
                _P90_AFTER - _P90_BEFORE,
                lambda times: difference(*_p90s(times), CONFIDENCE),
            ),
            Question(
                "relative change of P90",
                _P90_AFTER / _P90_BEFORE - 1,
                lambda times: relative(*_p90s(times), CONFIDENCE),
            ),
        ),
    ),
    Experiment(
        "demurrage",
        _demurrage,
        (
            Question(
                "demurrage, 100 boxes a replication",
                _COST,
                lambda costs: mean_interval(costs.mean(axis=1), "CNY"),
            ),
            Question(
                "demurrage, 10 boxes a replication",
                _COST,
                lambda costs: mean_interval(costs[:, :10].mean(axis=1), "CNY"),
            ),
            Question(
                "share of boxes that pay",
                _PAYING,
                lambda costs: mean_interval((costs > 0).mean(axis=1), "1"),
            ),
        ),
    ),
    Experiment(
        "loss",
        _lognormals,
        (
            Question(
                "one lognormal loss a replication",
                sqrt(exp(1.0)),
                lambda losses: mean_interval(losses, "CNY"),
            ),
        ),
    ),
    Experiment(
        "rare",
        _found,
        (
            Question(
                "share of 2 in 1,000, 100 cases a replication",
                _RARE,
                lambda found: mean_interval(found, "1"),
            ),
        ),
    ),
    Experiment(
        "lower",
        _differences,
        (
            Question(
                "share of replications that are lower",
                float(special.ndtr(_OFTEN_LOWER)),
                _share_lower,
            ),
        ),
    ),
)
