"""``python run.py [key=value ...]``: a comparison, or a sweep with ``-m``."""

from sim.command.command_line import Command
from sim.command.places import build_runs


def act(command: Command) -> int:
    """Simulate and publish what is asked for and return the exit code."""
    runs = build_runs(command.words, command.multirun)

    from sim.actions.carrying_out import carry_out
    from sim.actions.undertakings import comparison

    return carry_out(runs.folder, {place: comparison(run) for place, run in runs.by_place.items()})
