"""``python run.py rerun``: a run done again from its manifest, compared bit by bit."""

import sys
from pathlib import Path

from sim.actions.exit_codes import DONE, FAULT
from sim.command.command_line import Command
from sim.command.rerun import HELP, rerun_request, run_folders
from sim.study.execution.temporary import temporary_folder
from sim.study.settings import Settings

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Do every run of a folder again; the exit code says whether all of them agree."""
    request = rerun_request(command.words)
    with run_folders(request.path) as folders:
        agreeing = [_agrees(folder, place, request.settings) for place, folder in folders.items()]
    return DONE if all(agreeing) else FAULT


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _agrees(folder: Path, place: str, settings: Settings) -> bool:
    from rich.console import Console

    from sim.actions.recomputing import undertaken_again
    from sim.report.agreement_words import (
        agreement_lines,
        change_lines,
        foreign_lines,
        version_lines,
    )
    from sim.report.progress import progress
    from sim.study.reproduction.agreement import first_difference, table_names
    from sim.study.reproduction.manifest_file import (
        changed_files,
        foreign_files,
        read_manifest,
        run_again,
    )
    from sim.study.reproduction.versions import other_versions, versions

    manifest = read_manifest(folder)
    run = run_again(manifest, folder, settings)
    changed = changed_files(manifest, folder)
    now = versions(point.scenario for point in run.points)
    for line in (*version_lines(other_versions(manifest.versions, now)), *change_lines(changed)):
        _tell(line)
    for line in foreign_lines(foreign_files(manifest, folder)):
        _tell(line)
    with temporary_folder() as fresh:
        with progress(Console(stderr=True), settings.progress == "quiet") as on_progress:
            again = undertaken_again(manifest.study, run, _tell).simulate(on_progress)
        again.write_tables(fresh)
        listed = [name for name in table_names(folder) if name in manifest.files]
        names = list(dict.fromkeys([*listed, *table_names(fresh)]))
        difference, number = first_difference(folder, fresh, names)
    for line in agreement_lines(difference, number, len(names), changed):
        print(line if place == "." else f"{place}: {line}", flush=True)
    return difference is None and not changed
