"""The acceptance rule: near the exact value by its error, and not by being vague."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.study.intervals import t_interval
from sim.verify.reference_file import Level, Metric, Value

Floats = NDArray[np.float64]
Verdict = Literal[
    "pass", "pass (no engine)", "trap avoided", "fail", "too wide", "out of reach", "unsupported"
]
FAILURES: tuple[Verdict, ...] = ("fail", "too wide", "out of reach")
CONFIDENCE = 0.95
REPLICATIONS_MIN = 30
_APPROXIMATE_HALFWIDTH = 0.02
_EXACT = 1e-9


@dataclass(frozen=True)
class Judgement:
    """What is found of a metric, and whether it is what is known.

    Attributes:
        verdict: see Verdict.
        estimate: NaN where there is none.
        half_width: of the 95 % interval; 0 for what is exact.
        errors: distance from the exact value in standard errors.
        note: why, where the verdict needs a word.
    """

    verdict: Verdict
    estimate: float = float("nan")
    half_width: float = float("nan")
    errors: float = float("nan")
    note: str = ""


def widest(metric: Metric, level: Level) -> float:
    """Return the widest half-width that is allowed, in the metric's unit."""
    if metric.tolerance.kind == "rel":
        return _APPROXIMATE_HALFWIDTH * abs(metric.target)
    return metric.tolerance.widest(level) * abs(metric.target)


def half_width(values: Floats) -> float:
    """Half of the 95 % interval of independent values."""
    interval = t_interval(values, CONFIDENCE)
    return float(interval.high - interval.low) / 2


def error_limit(metric: Metric, replications: int, metrics: int) -> float:
    """Standard errors that luck may reach, by Bonferroni over so many metrics."""
    share = 1 - metric.tolerance.family_alpha / (2 * metrics)
    return float(stats.t.ppf(share, replications - 1))


def judge_estimate(metric: Metric, values: Floats, metrics: int, level: Level) -> Judgement:
    """Judge independent values whose mean estimates the metric.

    Args:
        metric: with its exact value.
        values: shape (replications,).
        metrics: number of metrics that share the family's error, by Bonferroni.
        level: how narrow the interval must be.
    """
    estimate, reach = float(values.mean()), half_width(values)
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    distance = abs(estimate - metric.target)
    errors = 0.0 if distance <= _EXACT else (distance / error if error else np.inf)
    limit = error_limit(metric, len(values), metrics)
    found = (estimate, reach, float(errors))
    if metric.is_trap:
        return Judgement("trap avoided" if errors > limit else "fail", *found)
    if metric.tolerance.kind == "rel":
        return Judgement(_approximate(metric, estimate, reach), *found)
    if len(values) < REPLICATIONS_MIN:
        return Judgement("fail", *found, note=f"of {len(values)} replications only")
    if not errors <= limit:
        return Judgement("fail", *found, note=f"beyond {limit:.2f} standard errors")
    allowed = widest(metric, level)
    if not reach <= allowed:
        return Judgement("too wide", *found, note=f"half-width above {allowed:.4g}")
    return Judgement("pass", *found)


def _approximate(metric: Metric, estimate: float, reach: float) -> Verdict:
    """Bounds are hard; an approximation holds if the whole interval is within its tolerance."""
    if "lower_bound" in metric.name:
        holds = estimate - reach >= metric.target
    elif "upper_bound" in metric.name:
        holds = estimate + reach <= metric.target
    else:
        allowed = (metric.tolerance.rel or 0.0) * abs(metric.target)
        holds = abs(estimate - metric.target) + reach <= allowed
    return "pass" if holds else "fail"


def judge_exact(metric: Metric, value: Value) -> Judgement:
    """Judge what is computed without chance."""
    if metric.tolerance.kind == "bit_equal":
        return Judgement("pass" if value == metric.value else "fail", note=f"found {value}")
    assert not isinstance(value, tuple)
    allowed = metric.tolerance.abs or 0.0
    if metric.tolerance.kind == "abs_rel":
        allowed = (metric.tolerance.rel or 0.0) * abs(metric.number)
    holds = abs(value - metric.number) <= allowed
    return Judgement("pass" if holds else "fail", float(value), 0.0)
