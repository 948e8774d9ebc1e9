"""``python run.py best``: the best of many scenarios."""

from sim.actions.exit_codes import DONE
from sim.command.best import HELP, build_question
from sim.command.command_line import Command
from sim.report.best.direction import direction

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Choose, estimate the chosen one anew, publish, and return the exit code."""
    question = build_question(command.words, direction)

    from sim.actions.choosing import choose

    choose(question)
    return DONE
