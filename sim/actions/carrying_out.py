"""Runs simulated one after another, each published into a folder of its own."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from rich.console import Console

from sim.report.progress import progress
from sim.study.execution.log import run_log
from sim.study.reproduction.manifest import write_manifest
from sim.study.reproduction.records import Record
from sim.study.results_folder import results_folder
from sim.study.settings import Run
from sim.study.study import Study
from sim.study.study_runner import run_study

Publish = Callable[[Study, Run, Console], None]


def carry_out(
    wanted: Path,
    runs: Mapping[str, Run],
    publish: Mapping[str, Publish],
    records: Mapping[str, Record],
) -> None:
    """Simulate all runs, then write the results of each into its folder, with its manifest.

    Args:
        wanted: folder of the results.
        runs: by the name of their folder below it; empty for the folder itself.
        publish: what writes a study and prints its summary, by the same names.
        records: what is done with the points, by the same names.
    """
    store = next(iter(runs.values())).settings.store
    studies, seconds = {}, {}
    with run_log(store) as log:
        for place, run in runs.items():
            started = perf_counter()
            with progress(Console(stderr=True), run.settings.progress == "quiet") as on_progress:
                studies[place] = run_study(run, on_progress)
            seconds[place] = perf_counter() - started
        with results_folder(wanted) as folder:
            for place, run in runs.items():
                started = perf_counter()
                study = studies[place]
                settings = replace(run.settings, folder=folder / place)
                placed = replace(run, points=study.points, settings=settings)
                publish[place](study, placed, Console())
                spent = {"simulate": seconds[place], "publish": perf_counter() - started}
                write_manifest(placed, spent, study.found, records[place], study.precision)
            log.folder = folder
