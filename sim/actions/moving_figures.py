"""A sensitivity study, published into a folder of its own."""

from dataclasses import replace
from shutil import copyfile
from time import perf_counter

from rich.console import Console

from sim.command.sensitivity import SensitivityRequest
from sim.report.progress import progress
from sim.report.sensitivity.publish import publish_sensitivity
from sim.study.execution.log import run_log
from sim.study.execution.runner import ReplicationRunner
from sim.study.reproduction.manifest import write_manifest
from sim.study.reproduction.sensitivity_record import SensitivityRecord
from sim.study.results_folder import results_folder
from sim.study.sensitivity.carrying_out import study_sensitivity


def move_figures(request: SensitivityRequest) -> None:
    """Run what the study asks for, then write and print it, with its manifest."""
    run = request.question.run
    settings, started = run.settings, perf_counter()
    wanted = len(run.points) * run.points[0].scenario.experiment.replications
    with run_log(settings.store) as log:
        with (
            progress(Console(stderr=True), settings.progress == "quiet") as on_progress,
            ReplicationRunner(
                run.points,
                settings,
                # One replication is run before the others, to see which figures there are.
                lambda done, total: on_progress(done, max(total, wanted)),
            ) as runner,
        ):
            found = study_sensitivity(request.question, runner)
        simulated = perf_counter()
        with results_folder(settings.folder) as folder:
            publish_sensitivity(found, request.ranges, folder, request.language, Console())
            if request.file is not None:
                copyfile(request.file, folder / "factors.yaml")
            spent = {"simulate": simulated - started, "publish": perf_counter() - simulated}
            placed = replace(run, settings=replace(settings, folder=folder))
            record = SensitivityRecord.of(request.question)
            write_manifest(placed, spent, runner.found, record)
            log.folder = folder
