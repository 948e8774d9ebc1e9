"""A run that was, undertaken again from what its manifest says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.actions.undertakings import (
    Undertaking,
    choice,
    comparison,
    contribution,
    design,
    sensitivity,
)
from sim.study.reproduction.best_record import BestRecord
from sim.study.reproduction.comparison_records import ComparisonRecord, ContributionRecord
from sim.study.reproduction.design_record import DesignRecord
from sim.study.reproduction.records import Record
from sim.study.reproduction.sensitivity_record import SensitivityRecord
from sim.study.settings import Run


def undertaken_again(record: Record, run: Run, tell: Callable[[str], None]) -> Undertaking:
    """Return what a record asks for.

    Args:
        record: what was asked for.
        run: of the points.
        tell: told of points of a design that fail.

    Raises:
        InputError: the record does not go with the points.
    """
    match record:
        case ComparisonRecord():
            return comparison(replace(run, precision=record.precision))
        case ContributionRecord():
            return contribution(record.contribution(replace(run, precision=record.precision)))
        case DesignRecord():
            return design(record.design_run(run), tell)
        case BestRecord():
            return choice(record.question(run))
        case SensitivityRecord():
            return sensitivity(record.question(run))
