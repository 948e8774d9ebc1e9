"""What is common to all studies: a log, a bar, a folder with a manifest, and then the last word."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

from rich.console import Console

from sim.actions.exit_codes import DONE, FAULT
from sim.actions.undertakings import Simulated, Undertaking
from sim.report.output import Output
from sim.report.progress import progress
from sim.report.terminal import Say
from sim.scenario.errors import ExecutionError, InputError
from sim.study.execution.log import run_log
from sim.study.reproduction.manifest import write_manifest
from sim.study.results_folder import fill_folder


def carry_out(wanted: Path, undertakings: Mapping[str, Undertaking]) -> int:
    """Simulate studies one after another, write what came out, then say it.

    A study that fails beside others is told at once; the others are published.

    Args:
        wanted: folder of the results.
        undertakings: by the name of their folder below it; ``.`` for the folder itself.

    Returns:
        The exit code, which says whether all is done.

    Raises:
        InputError, ExecutionError: nothing can be published.
    """
    settings = next(iter(undertakings.values())).run.settings
    with run_log(settings.store) as log:
        done = dict(_simulated(undertakings, settings.progress == "quiet"))
        folder, says = fill_folder(
            wanted,
            lambda part: {
                place: _published(part / place, undertakings[place], *found)
                for place, found in done.items()
            },
        )
        log.folder = folder
    console = Output()
    for place, say in says.items():
        say(console, folder / place)
    are_whole = all(simulated.is_whole for simulated, _ in done.values())
    return DONE if are_whole and len(done) == len(undertakings) else FAULT


def _simulated(
    undertakings: Mapping[str, Undertaking], is_quiet: bool
) -> Iterator[tuple[str, tuple[Simulated, float]]]:
    """What came out of each study, and how many seconds it took."""
    later, failed = sum(one.least for one in undertakings.values()), 0
    with progress(Console(stderr=True), is_quiet) as course:
        for place, one in undertakings.items():
            later -= one.least
            started = perf_counter()
            try:
                simulated = one.simulate(course.part(one.least, later))
            except (InputError, ExecutionError) as error:
                failed += 1
                if failed == len(undertakings):
                    raise
                print(f"error: {error} (in '{place}')", file=sys.stderr, flush=True)
                continue
            yield place, (simulated, perf_counter() - started)


def _published(folder: Path, one: Undertaking, simulated: Simulated, seconds: float) -> Say:
    started = perf_counter()
    folder.mkdir(exist_ok=True)
    say = simulated.publish(folder)
    spent = {"simulate": seconds, "publish": perf_counter() - started}
    write_manifest(folder, simulated.run, one.record, spent, simulated.account, simulated.reached)
    return say
