"""Tables of what was measured for the catalogue, kept as files and renewed where they are stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from sim.study import influence, trials
from sim.study.assumed import AssumedFigure
from sim.study.execution.runner import OnProgress
from sim.study.influence import FACTORS, Survey, current_rows, measure_figures, stale_figures
from sim.study.probes import moved_trials, probe, with_probes
from sim.study.settings import Settings
from sim.study.trials import Trial, groups, measure_trials, renewed, stale_trials

EFFECTS, INFLUENCE = "catalogue.csv", "influence.csv"
_TEXTS = {"sha256": str, "written": str, "moved": str}
_BATCH = 6


def read_effects(folder: Path) -> pd.DataFrame:
    """Effects measured so far, with the columns in ``sim.study.trials`` and what probes gave."""
    return _read(folder / EFFECTS, [*trials.COLUMNS, trials.PROBE])


def read_influence(folder: Path) -> pd.DataFrame:
    """Figures moved so far, with the columns in ``sim.study.influence``; none without a file."""
    return _read(folder / INFLUENCE, influence.COLUMNS)


def renew_effects(
    folder: Path,
    trials: Sequence[Trial],
    wanted: Sequence[Trial],
    settings: Settings,
    on_progress: OnProgress,
) -> None:
    """Measure those of some trials that are stale, and write the table after each run.

    Stale is an effect of other scenarios, or of a program that gives other numbers by now.
    """
    table = read_effects(folder)
    old = stale_trials(wanted, table)
    same = [trial for trial in wanted if trial not in old]
    stale = groups([*old, *moved_trials(same, table, settings)])
    replications = [
        (1 + len(group)) * group[0].without.scenario.experiment.replications for group in stale
    ]
    _write(folder / EFFECTS, renewed(table, table, trials))
    for number, group in enumerate(stale):
        told = _in_all(on_progress, replications, number)
        fresh = measure_trials(group, settings, told)
        table = renewed(table, with_probes(fresh, probe(group, settings)), trials)
        _write(folder / EFFECTS, table)


def renew_influence(
    folder: Path,
    surveys: Sequence[Survey],
    wanted: Sequence[Survey],
    settings: Settings,
    on_progress: OnProgress,
) -> None:
    """Move the assumed figures of some surveys that are stale, in their order, a few in a run.

    The table is written after each run, so an interrupted command goes on where it was. What is
    out of date goes; what is known of other surveys stays.
    """
    table = read_influence(folder)
    batches = [
        (survey, batch) for survey in wanted for batch in _batched(stale_figures(survey, table))
    ]
    known = [current_rows(survey, table) for survey in surveys]
    _write_influence(folder, known)
    replications = [
        (1 + len(FACTORS) * len(batch)) * survey.point.scenario.experiment.replications
        for survey, batch in batches
    ]
    for number, (survey, batch) in enumerate(batches):
        told = _in_all(on_progress, replications, number)
        place = surveys.index(survey)
        known[place] = _joined([known[place], measure_figures(survey, batch, settings, told)])
        _write_influence(folder, known)


def _write_influence(folder: Path, known: Sequence[pd.DataFrame]) -> None:
    _write(folder / INFLUENCE, _joined(known))


def _joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled) if filled else tables[0]


def _batched(figures: Sequence[AssumedFigure]) -> Iterator[list[AssumedFigure]]:
    remaining = iter(figures)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _in_all(on_progress: OnProgress, replications: Sequence[int], number: int) -> OnProgress:
    """Tell of one run what it is of all of them; it may have less to do than was thought."""
    before, total = sum(replications[:number]), sum(replications)
    return lambda done, of: on_progress(before + done * replications[number] // of, total)


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame(columns=columns)
    return pd.read_csv(path, dtype=_TEXTS)


def _write(path: Path, table: pd.DataFrame) -> None:
    """Write six digits, into another file first: an interrupt leaves the table as it was."""
    new = path.with_suffix(".new")
    table.to_csv(new, index=False, float_format="%.6g", lineterminator="\n", encoding="utf-8")
    new.replace(path)
