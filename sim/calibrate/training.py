"""Trains a model of risk, judges it on later declarations, and scores tables with it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

from sim.calibrate.examined import read_examined
from sim.calibrate.ranking import Area, AtRate, area_with_interval, at_rates
from sim.calibrate.request import TrainingRequest
from sim.calibrate.risk_model import cross_fitted_scores, fit, score
from sim.calibrate.scored_table import ScoredTable, read_unscored, scored_table
from sim.scenario.errors import InputError


@dataclass(frozen=True)
class FileSummary:
    """A file of examined declarations."""

    name: str
    sha256: str
    rows: int
    first: str
    last: str
    fraud_share: float


@dataclass(frozen=True)
class Training:
    """What came of a training.

    Attributes:
        request: what was asked for.
        training: the file learned from.
        validation: the file judged by.
        area: area under the ROC curve on the validation file.
        at_rates: what inspecting the highest scores of the validation file finds.
        tables: the scored tables.
    """

    request: TrainingRequest
    training: FileSummary
    validation: FileSummary
    area: Area
    at_rates: list[AtRate]
    tables: list[ScoredTable]


def train(request: TrainingRequest) -> Training:
    """Train, judge and score.

    The model is judged on declarations later than all it learned from. Declarations of the training
    file are scored by models that have not seen them (cross-fitting), later ones by the model.

    Raises:
        InputError: a file cannot be used, or the validation file is not later.
    """
    training, validation = read_examined(request.training), read_examined(request.validation)
    _check_later(request, training, validation)
    outcomes = pd.concat([training, validation]).set_index("declaration")["fraud"]
    tables = [read_unscored(path, outcomes) for path in request.tables]
    later = score(fit(training, request.seed), validation)
    fraud = validation["fraud"].to_numpy()
    earlier = cross_fitted_scores(training, request.seed)
    known = pd.DataFrame(
        {
            "score": np.concatenate([earlier, later]),
            "fraud": outcomes,
            "cross_fitted": np.arange(len(outcomes)) < len(earlier),
        },
        index=outcomes.index,
    )
    return Training(
        request=request,
        training=_summary(request.training, training),
        validation=_summary(request.validation, validation),
        area=area_with_interval(later, fraud),
        at_rates=at_rates(later, fraud),
        tables=[scored_table(table, known, request.model) for table in tables],
    )


def _check_later(request: TrainingRequest, training: pd.DataFrame, later: pd.DataFrame) -> None:
    last, first = training["date"].max(), later["date"].min()
    if first <= last:
        raise InputError(
            f"validation: '{request.validation.name}' begins on {first:%Y-%m-%d}, before the "
            f"training file ends on {last:%Y-%m-%d}; a model is judged on what came later"
        )
    shared = np.intersect1d(training["declaration"], later["declaration"])
    if len(shared):
        raise InputError(
            f"validation: '{request.validation.name}': declaration {shared[0]} is in the training "
            "file too"
        )


def _summary(path: Path, examined: pd.DataFrame) -> FileSummary:
    return FileSummary(
        name=path.name,
        sha256=sha256(path.read_bytes()).hexdigest(),
        rows=len(examined),
        first=f"{examined['date'].min():%Y-%m-%d}",
        last=f"{examined['date'].max():%Y-%m-%d}",
        fraud_share=round(float(examined["fraud"].mean()), 4),
    )
