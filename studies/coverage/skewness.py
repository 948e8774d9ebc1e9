"""What a correction for skewness would do; the product does not offer one."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pandas as pd
from scipy import special

from sim.study.intervals import Interval, t_interval
from studies.coverage.experiments import CONFIDENCE, Experiment, Question, answer_table
from studies.coverage.luck import Floats, exponential, normal


def hall_interval(values: Floats, confidence: float) -> Interval:
    """Interval of a mean after Hall's cubic transformation of Student's t.

    Hall, On the removal of skewness by transformation, Journal of the Royal Statistical Society B
    54, 1992: with g the skewness of the values, t + g (t² / 3 + 1 / 6) / √n + g² t³ / 27n is nearly
    free of it, and monotone. Quantiles are those of Student's t.
    """
    number = len(values)
    student = t_interval(values, confidence)
    root = sqrt(number)
    centred = values - values.mean()
    skewness = float((centred**3).mean() / (centred**2).mean() ** 1.5)
    if skewness == 0:
        return student
    reach = float(special.stdtrit(number - 1, (1 + confidence) / 2))
    ends = np.array([reach, -reach]) / root
    turned = 3 * root / skewness * (np.cbrt(1 + skewness * (ends - skewness / (6 * number))) - 1)
    low, high = (student.estimate - turned * student.error).tolist()
    return Interval(student.estimate, low, high, number)


def _questions(name: str, truth: float) -> tuple[Question, ...]:
    return (
        Question(f"{name}: Student", truth, lambda values: t_interval(values, CONFIDENCE)),
        Question(f"{name}: Hall", truth, lambda values: hall_interval(values, CONFIDENCE)),
    )


EXPERIMENTS = (
    Experiment(
        "symmetric",
        lambda draws, replications: normal(draws, "value", replications),
        _questions("normal", 0.0),
    ),
    Experiment(
        "skewed",
        lambda draws, replications: exponential(draws, "value", replications),
        _questions("exponential", 1.0),
    ),
    Experiment(
        "very skewed",
        lambda draws, replications: np.exp(normal(draws, "value", replications)),
        _questions("lognormal", exp(0.5)),
    ),
)


def measure() -> pd.DataFrame:
    """Coverage of both intervals; columns as in the other tables of coverage."""
    return answer_table(EXPERIMENTS)
