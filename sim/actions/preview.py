"""``python run.py preview``: volumes, mixes and loads before anything is simulated."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.places import build_runs


def act(command: Command) -> int:
    """Print what is expected of every point and return the exit code."""
    runs = build_runs(command.words, command.multirun).by_place.values()

    from rich.console import Console

    from sim.report.preview_table import print_preview
    from sim.study.inputs import load_inputs
    from sim.study.preview import preview

    for point in (point for run in runs for point in run.points):
        print_preview(Console(), preview(point, load_inputs([point.scenario])))
    return DONE
