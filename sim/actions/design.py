"""``python run.py design``: many points of one scenario, and what their factors do."""

import sys
from dataclasses import replace
from shutil import copyfile
from time import perf_counter

from sim.actions.exit_codes import DONE, FAULT
from sim.command.command_line import Command
from sim.command.design import HELP, DesignRequest, design_request

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Simulate and publish a design; the exit code says whether every point is done."""
    return _carried_out(design_request(command.words, _tell))


def _tell(failure: str) -> None:
    print(f"error: {failure}", file=sys.stderr, flush=True)


def _carried_out(request: DesignRequest) -> int:
    from rich.console import Console

    from sim.report.progress import progress
    from sim.report.publish_design import publish_design
    from sim.study.design.carrying_out import carry_out_design
    from sim.study.execution.log import run_log
    from sim.study.reproduction.design_record import DesignRecord
    from sim.study.reproduction.manifest import write_manifest
    from sim.study.results_folder import results_folder
    from sim.study.settings import Run

    design, settings = request.run, request.run.settings
    with run_log(settings.store) as log:
        started = perf_counter()
        with progress(Console(stderr=True), settings.progress == "quiet") as on_progress:
            sweep, found = carry_out_design(design, on_progress, _tell)
        simulated = perf_counter()
        with results_folder(settings.folder) as folder:
            publish_design(sweep, folder, request.language, Console())
            copyfile(request.file, folder / "design.yaml")
            placed = Run(design.sound, replace(settings, folder=folder), design.overrides)
            spent = {"simulate": simulated - started, "publish": perf_counter() - simulated}
            write_manifest(placed, spent, found, DesignRecord.of(design))
        log.folder = folder
    return DONE if all(point.status == "done" for point in sweep.points) else FAULT
