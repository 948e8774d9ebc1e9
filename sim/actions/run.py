"""``python run.py [key=value ...]``: a comparison, or a sweep with ``-m``."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.places import build_runs


def act(command: Command) -> int:
    """Simulate and publish what is asked for and return the exit code."""
    runs = build_runs(command.words, command.multirun)

    from sim.actions.carrying_out import carry_out
    from sim.report.publish import publish

    carry_out(runs.folder, runs.by_place, {place: publish for place in runs.by_place})
    return DONE
