"""Tables of what was measured for the catalogue, kept as files and renewed where they are stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from sim.study import influence, trials
from sim.study.assumed import AssumedFigure
from sim.study.execution.runner import OnProgress
from sim.study.influence import FACTORS, current_rows, measure_figures, stale_figures
from sim.study.settings import Point, Settings
from sim.study.trials import Trial, groups, measure_trials, renewed, stale_trials

EFFECTS, INFLUENCE = "catalogue.csv", "influence.csv"
_TEXTS = {"sha256": str, "written": str, "moved": str}
_BATCH = 12


def read_effects(folder: Path) -> pd.DataFrame:
    """Effects measured so far, with the columns in ``sim.study.trials``; none without a file."""
    return _read(folder / EFFECTS, trials.COLUMNS)


def read_influence(folder: Path) -> pd.DataFrame:
    """Figures moved so far, with the columns in ``sim.study.influence``; none without a file."""
    return _read(folder / INFLUENCE, influence.COLUMNS)


def renew_effects(
    folder: Path, wanted: Sequence[Trial], settings: Settings, on_progress: OnProgress
) -> None:
    """Measure the trials that are stale, and write the table after each run."""
    table = read_effects(folder)
    stale = groups(stale_trials(wanted, table))
    replications = [
        (1 + len(group)) * group[0].without.scenario.experiment.replications for group in stale
    ]
    _write(folder / EFFECTS, renewed(table, table, wanted))
    for number, group in enumerate(stale):
        told = _in_all(on_progress, replications, number)
        table = renewed(table, measure_trials(group, settings, told), wanted)
        _write(folder / EFFECTS, table)


def renew_influence(
    folder: Path, baselines: Sequence[Point], settings: Settings, on_progress: OnProgress
) -> None:
    """Move the assumed figures that are stale, and write the table after each run of a batch."""
    table = read_influence(folder)
    batches = [
        (baseline, batch)
        for baseline in baselines
        for batch in _batched(stale_figures(baseline.written, table))
    ]
    kept = [current_rows(baseline.written, table) for baseline in baselines]
    table = pd.concat(kept)
    _write(folder / INFLUENCE, table)
    replications = [
        (1 + len(FACTORS) * len(batch)) * baseline.scenario.experiment.replications
        for baseline, batch in batches
    ]
    for number, (baseline, batch) in enumerate(batches):
        told = _in_all(on_progress, replications, number)
        fresh = measure_figures(baseline, batch, settings, told)
        table = pd.concat([table, fresh]) if len(table) else fresh
        _write(folder / INFLUENCE, table)


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
