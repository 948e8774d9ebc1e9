"""``python run.py best``: the best of many scenarios."""

from sim.command.best import HELP, build_question
from sim.command.command_line import Command
from sim.command.places import ONE_PLACE
from sim.report.best.direction import direction

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Choose, estimate the chosen one anew, publish, and return the exit code."""
    question = build_question(command.words, direction)

    from sim.actions.carrying_out import carry_out
    from sim.actions.undertakings import choice

    return carry_out(question.run.settings.folder, {ONE_PLACE: choice(question)})
