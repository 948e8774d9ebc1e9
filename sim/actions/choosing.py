"""A choice among scenarios, published into a folder of its own."""

from dataclasses import replace
from time import perf_counter

from rich.console import Console

from sim.report.best.publish import publish_best
from sim.report.progress import progress
from sim.study.execution.log import run_log
from sim.study.execution.runner import ReplicationRunner
from sim.study.manifest import write_manifest
from sim.study.ranking.best import find_best
from sim.study.ranking.question import Question
from sim.study.reproduction.records import BestRecord
from sim.study.results_folder import results_folder


def choose(question: Question) -> None:
    """Run what the choice asks for, then write and print it, with its manifest."""
    settings, started = question.run.settings, perf_counter()
    with run_log(settings.store) as log:
        with (
            progress(Console(stderr=True), settings.progress == "quiet") as on_progress,
            ReplicationRunner(
                question.run.points,
                settings,
                # How many there will be is not known beforehand, but how many at least.
                lambda done, total: on_progress(done, max(total, question.least_replications)),
                on_error="continue",
            ) as runner,
        ):
            best = find_best(question, runner)
        simulated = perf_counter()
        with results_folder(settings.folder) as folder:
            publish_best(best, folder, Console())
            seconds = {"simulate": simulated - started, "publish": perf_counter() - simulated}
            placed = replace(question.run, settings=replace(settings, folder=folder))
            write_manifest(placed, seconds, runner.found, BestRecord.of(question))
            log.folder = folder
