"""``python run.py sensitivity``: which figures matter, and which would change the ranking."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.sensitivity import HELP, sensitivity_request
from sim.report.best.direction import direction

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Simulate and publish a sensitivity study and return the exit code."""
    request = sensitivity_request(command.words, direction)

    from sim.actions.moving_figures import move_figures

    move_figures(request)
    return DONE
