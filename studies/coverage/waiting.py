"""Experiments on a line: waits with and without warm-up, at two loads, and a faster server."""

from __future__ import annotations

from functools import partial

import numpy as np

from sim.study.estimates import Sample, difference, level, relative
from sim.traffic.draws import Draws
from studies.coverage.experiments import CONFIDENCE, Experiment, Question
from studies.coverage.line import expected_waits, steady_quantile, steady_wait, waits
from studies.coverage.luck import Floats, exponential
from studies.coverage.means import mean_interval, quantile_sample

LOAD, LOWER_LOAD = 0.9, 0.6
WARM_UP, MEASURED = 2000, 1000
CUSTOMERS = WARM_UP + MEASURED
_FASTER = 0.8


def line(draws: Draws, replications: int, load: float = LOAD) -> Floats:
    """Waits of customers, shape (replications, customers)."""
    services, gaps = _drawn(draws, replications)
    return waits(services, gaps / load)


def _drawn(draws: Draws, replications: int) -> tuple[Floats, Floats]:
    """Services, and gaps at a load of one."""
    shape = (replications, CUSTOMERS)
    return exponential(draws, "service", *shape), exponential(draws, "gap", *shape)


def _two_lines(draws: Draws, replications: int) -> Floats:
    """The same customers before a server and a faster one, after the warm-up."""
    services, gaps = _drawn(draws, replications)
    gaps = gaps / LOAD
    both = [waits(services, gaps), waits(_FASTER * services, gaps)]
    return np.stack(both, axis=1)[:, :, WARM_UP:]


def _means(both: Floats) -> tuple[Sample, Sample]:
    before, after = both.mean(axis=2).T
    return Sample("h", after), Sample("h", before)


_STEADY = steady_wait(LOAD)
_SHORTER = steady_wait(_FASTER * LOAD, _FASTER)

WAITING = (
    Experiment(
        "line",
        line,
        (
            Question(
                "wait, not warmed up, beside the steady mean",
                _STEADY,
                lambda found: mean_interval(found[:, :MEASURED].mean(axis=1)),
            ),
            Question(
                "wait, not warmed up, beside the mean of these customers",
                float(expected_waits(LOAD, MEASURED).mean()),
                lambda found: mean_interval(found[:, :MEASURED].mean(axis=1)),
            ),
            Question(
                "wait, warmed up",
                _STEADY,
                lambda found: mean_interval(found[:, WARM_UP:].mean(axis=1)),
            ),
            Question(
                "P90 of waits, warmed up",
                steady_quantile(LOAD, 0.9),
                lambda found: level(quantile_sample(found[:, WARM_UP:], "p90"), CONFIDENCE),
            ),
        ),
        repeated=2000,
    ),
    Experiment(
        "lower load",
        partial(line, load=LOWER_LOAD),
        (
            Question(
                "wait at a load of 0.6, warmed up",
                steady_wait(LOWER_LOAD),
                lambda found: mean_interval(found[:, WARM_UP:].mean(axis=1)),
            ),
            Question(
                "P90 of waits at a load of 0.6, warmed up",
                steady_quantile(LOWER_LOAD, 0.9),
                lambda found: level(quantile_sample(found[:, WARM_UP:], "p90"), CONFIDENCE),
            ),
        ),
        repeated=2000,
    ),
    Experiment(
        "faster line",
        _two_lines,
        (
            Question(
                "paired difference of waits",
                _SHORTER - _STEADY,
                lambda both: difference(*_means(both), CONFIDENCE),
            ),
            Question(
                "relative change of waits",
                _SHORTER / _STEADY - 1,
                lambda both: relative(*_means(both), CONFIDENCE),
            ),
        ),
        repeated=2000,
    ),
)
