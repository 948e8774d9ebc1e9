"""The only entry: runs comparisons and sweeps of port clearance scenarios."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

import yaml

from sim.command.command_line import Command, help_text, parse_arguments
from sim.command.config_files import load_library
from sim.scenario.errors import ExecutionError, InputError, InvariantError, RowsError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from sim.study.settings import Run
    from sim.study.study import Study

    Publish = Callable[[Study, Run, Console], None]

DONE = 0
FAULT = 1
USAGE_ERROR = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code."""
    try:
        command = parse_arguments(sys.argv[1:] if arguments is None else arguments)
        return _ACTIONS[command.action](command)
    except InputError as error:
        for line in str(error).splitlines() if isinstance(error, RowsError) else [str(error)]:
            print(f"error: {' '.join(line.split())}", file=sys.stderr)
        return USAGE_ERROR
    except InvariantError as error:
        print(f"error: a fault of the simulator, not of your input: {error}", file=sys.stderr)
        return FAULT
    except ExecutionError as error:
        print(f"error: {error}", file=sys.stderr)
        return FAULT
    except OSError as error:
        print(f"error: {error.filename or 'results'}: {error.strerror}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


# Imports wait until they are needed: help not for Hydra, an error in an override not for pandas.


def _help(command: Command) -> int:
    print(help_text(load_library()), end="")
    return DONE


def _show(command: Command) -> int:
    from sim.command.places import composed_runs

    shown = composed_runs(command.words, command.multirun)
    for name, data in shown.items():
        print(f"---\n# {name}" if len(shown) > 1 else f"# {name}")
        print(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100), end="")
    return DONE


def _run(command: Command) -> int:
    from sim.command.places import build_runs

    runs = build_runs(command.words, command.multirun)

    from sim.report.publish import publish

    return _carry_out(runs.folder, runs.by_place, {place: publish for place in runs.by_place})


def _contribution(command: Command) -> int:
    from sim.command.contribution import HELP, build_contributions

    if {"-h", "--help"} & set(command.words):
        print(HELP, end="")
        return DONE
    folder, asked = build_contributions(command.words)

    from sim.report.publish_contribution import publish_contribution

    runs = {place: contribution.run for place, contribution in asked.items()}
    return _carry_out(
        folder, runs, {place: partial(publish_contribution, one) for place, one in asked.items()}
    )


def _carry_out(wanted: Path, runs: Mapping[str, Run], publish: Mapping[str, Publish]) -> int:
    """Simulate one run after another, then write the results of each into its folder."""
    from rich.console import Console

    from sim.report.progress import progress
    from sim.study.manifest import write_manifest
    from sim.study.results_folder import results_folder
    from sim.study.study_runner import run_study

    studies, seconds = {}, {}
    for place, run in runs.items():
        started = perf_counter()
        with progress(Console(stderr=True)) as on_progress:
            studies[place] = run_study(run, on_progress)
        seconds[place] = perf_counter() - started
    with results_folder(wanted) as folder:
        for place, run in runs.items():
            started = perf_counter()
            placed = replace(run, settings=replace(run.settings, folder=folder / place))
            publish[place](studies[place], placed, Console())
            spent = {"simulate": seconds[place], "publish": perf_counter() - started}
            write_manifest(placed, spent)
    return DONE


def _train(command: Command) -> int:
    from sim.command.training import HELP, training_request

    if {"-h", "--help"} & set(command.words):
        print(HELP, end="")
        return DONE
    request = training_request(command.words)

    from rich.console import Console

    from sim.calibrate.training import train
    from sim.calibrate.training_files import write_training
    from sim.report.training_summary import print_training
    from sim.study.results_folder import results_folder

    training = train(request)
    with results_folder(request.output) as folder:
        print_training(Console(), training, write_training(training, folder))
    return DONE


def _new_reform(command: Command) -> int:
    from sim.command.new_reform import HELP, new_reform_request, write_new_reform

    if {"-h", "--help"} & set(command.words):
        print(HELP, end="")
        return DONE
    request = new_reform_request(command.words)
    write_new_reform(request)
    print(f"{request.path}: written; try: python run.py preview reforms=[{request.as_option}]")
    return DONE


def _schema(command: Command) -> int:
    from sim.command.schema_files import HELP, schema_folder, write_schemas

    if {"-h", "--help"} & set(command.words):
        print(HELP, end="")
        return DONE
    for path in write_schemas(load_library(), schema_folder(command.words)):
        print(path)
    return DONE


def _preview(command: Command) -> int:
    from sim.command.places import build_runs

    runs = build_runs(command.words, command.multirun).by_place.values()

    from rich.console import Console

    from sim.report.preview_table import print_preview
    from sim.study.inputs import load_inputs
    from sim.study.preview import preview

    for point in (point for run in runs for point in run.points):
        print_preview(Console(), preview(point, load_inputs([point.scenario])))
    return DONE


def _maps(command: Command) -> int:
    from sim.command.maps import maps_request

    run, language = maps_request(command.words, command.multirun)

    from rich.console import Console

    from sim.report.publish import publish_maps
    from sim.study.results_folder import results_folder

    with results_folder(run.settings.folder) as folder:
        publish_maps(run.points, folder, language, Console())
    return DONE


def _verify(command: Command) -> int:
    from sim.command.verification import HELP, verification_request

    if {"-h", "--help"} & set(command.words):
        print(HELP, end="")
        return DONE
    request = verification_request(command.words)

    from rich.console import Console

    from sim.report.progress import progress
    from sim.report.verification_table import print_verification
    from sim.verify.verification import holds, verify

    with progress(Console(stderr=True)) as on_progress:
        rows = verify(request, on_progress)
    print_verification(Console(), request, rows)
    return DONE if holds(rows) else FAULT


def _catalogue(command: Command) -> int:
    from sim.command.catalogue import HELP, catalogue_request, load_catalogue

    if {"-h", "--help"} & set(command.words):
        print(HELP, end="")
        return DONE
    request = catalogue_request(command.words)
    catalogue = load_catalogue()

    from rich.console import Console

    from sim.report.catalogue.publish import publish_catalogue
    from sim.report.progress import progress
    from sim.study.reference_tables import renew_effects, renew_influence

    trials = list(catalogue.trials.values())
    if request.effects:
        with progress(Console(stderr=True)) as on_progress:
            renew_effects(request.tables, trials, request.settings, on_progress)
    if request.influence:
        with progress(Console(stderr=True)) as on_progress:
            renew_influence(request.tables, catalogue.surveyed, request.settings, on_progress)
    publish_catalogue(catalogue, request.tables, request.pages, Console())
    return DONE


_ACTIONS = {
    "run": _run,
    "help": _help,
    "show": _show,
    "preview": _preview,
    "contribution": _contribution,
    "new-reform": _new_reform,
    "schema": _schema,
    "train": _train,
    "verify": _verify,
    "maps": _maps,
    "catalogue": _catalogue,
}

if __name__ == "__main__":
    # A run that is told to end goes as one that is interrupted, and takes its workers along.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
