"""The tables of a run that was, made anew by what made them first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from sim.report.best.publish import write_best_tables
from sim.report.progress import OnProgress, progress
from sim.report.publish_contribution import CONTRIBUTION, key_contributions
from sim.report.publish_design import write_design_tables
from sim.report.results import results_of
from sim.report.sensitivity.publish import write_sensitivity_tables
from sim.report.tables import write_csv, write_tables
from sim.study.design.carrying_out import carry_out_design
from sim.study.execution.runner import ReplicationRunner
from sim.study.ranking.best import find_best
from sim.study.reproduction.records import (
    BestRecord,
    ComparisonRecord,
    ContributionRecord,
    DesignRecord,
    Record,
    SensitivityRecord,
)
from sim.study.sensitivity.carrying_out import study_sensitivity
from sim.study.settings import Run
from sim.study.study_runner import run_study


def recompute(record: Record, run: Run, folder: Path, tell: Callable[[str], None]) -> None:
    """Do again what was asked for and write its tables into a folder.

    Args:
        record: what was asked for.
        run: of the points.
        folder: that is there.
        tell: told of points of a design that fail.

    Raises:
        InputError: the record does not go with the points.
        ExecutionError: replications could not be carried out.
    """
    with progress(Console(stderr=True), run.settings.progress == "quiet") as on_progress:
        match record:
            case ComparisonRecord():
                asked = replace(run, precision=record.precision)
                write_tables(run_study(asked, on_progress), folder)
            case ContributionRecord():
                _contribution(record, run, folder, on_progress)
            case DesignRecord():
                sweep, _ = carry_out_design(record.design_run(run), on_progress, tell)
                write_design_tables(sweep, folder)
            case BestRecord():
                with ReplicationRunner(
                    run.points, run.settings, on_progress, on_error="continue"
                ) as runner:
                    write_best_tables(find_best(record.question(run), runner), folder)
            case SensitivityRecord():
                with ReplicationRunner(run.points, run.settings, on_progress) as runner:
                    found = study_sensitivity(record.question(run), runner)
                write_sensitivity_tables(found, folder)


def _contribution(
    record: ContributionRecord, run: Run, folder: Path, on_progress: OnProgress
) -> None:
    contribution = record.contribution(replace(run, precision=record.precision))
    study = run_study(contribution.run, on_progress)
    write_tables(study, folder)
    table = key_contributions(contribution, study, results_of(study))
    write_csv(table, folder / CONTRIBUTION)
