"""Experiments whose answer is known, repeated: how often do intervals cover it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.study.comparison.share_of_replications import shares
from sim.study.intervals import Interval
from sim.traffic.draws import Draws
from studies.coverage.luck import Floats, luck

CONFIDENCE = 0.95
DECIMALS = 6
NUMBERS = (10, 30)
"""Replications of an experiment; the first ten of thirty are the ten."""


@dataclass(frozen=True)
class Question:
    """What is to be estimated, its exact value, and the interval that the product gives.

    Attributes:
        name: in tables.
        truth: the exact value.
        interval: from the values of some replications, which are the first axis.
    """

    name: str
    truth: float
    interval: Callable[[Floats], Interval]


@dataclass(frozen=True)
class Experiment:
    """What is sampled, and the questions asked of it.

    Attributes:
        name: of its luck.
        sample: replications of one experiment, shape (replications, …).
        questions: answered by the same sample.
        repeated: how often it is.
    """

    name: str
    sample: Callable[[Draws, int], Floats]
    questions: tuple[Question, ...]
    repeated: int = 4000


class Answer(NamedTuple):
    """How often the intervals of a question covered."""

    case: str
    replications: int
    truth: float
    experiments: int
    covered: int
    coverage: float
    low: float
    high: float
    too_low: int
    too_high: int
    half_width: float


def answers(experiment: Experiment, repeated: int | None = None) -> list[Answer]:
    """Repeat an experiment and count, for each question and number of replications.

    Args:
        experiment: to repeat.
        repeated: how often, if not as often as the experiment says.
    """
    found: dict[tuple[Question, int], list[Interval]] = {
        (question, number): [] for question in experiment.questions for number in NUMBERS
    }
    for place in range(repeated or experiment.repeated):
        values = experiment.sample(luck(experiment.name, place), max(NUMBERS))
        for (question, number), intervals in found.items():
            intervals.append(question.interval(values[:number]))
    return [
        counted(question.name, number, question.truth, intervals)
        for (question, number), intervals in found.items()
    ]


def counted(case: str, replications: int, truth: float, intervals: Iterable[Interval]) -> Answer:
    """Count intervals that cover a truth, lie wholly below it, and wholly above."""
    limits = np.array([(interval.low, interval.high) for interval in intervals])
    too_low, too_high = int((limits[:, 1] < truth).sum()), int((limits[:, 0] > truth).sum())
    number = len(limits)
    covered = int(((limits[:, 0] <= truth) & (truth <= limits[:, 1])).sum())
    return Answer(
        case,
        replications,
        round(truth, DECIMALS),
        number,
        covered,
        *share(covered, number),
        too_low,
        too_high,
        round(float((limits[:, 1] - limits[:, 0]).mean()) / 2, DECIMALS),
    )


def share(count: int, number: int) -> tuple[float, float, float]:
    """A share of repeated experiments with its exact 95 % limits."""
    found = shares(np.array([float(count)]), np.array([float(number)]), CONFIDENCE)
    rounded = np.round([found.share[0], found.low[0], found.high[0]], DECIMALS).tolist()
    return rounded[0], rounded[1], rounded[2]


def answer_table(experiments: Iterable[Experiment]) -> pd.DataFrame:
    """Repeat all experiments; one row a question and number of replications."""
    rows = [answer for experiment in experiments for answer in answers(experiment)]
    return pd.DataFrame(rows, columns=list(Answer._fields))
