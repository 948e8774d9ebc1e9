"""``python run.py sensitivity``: which figures matter, and which would change the ranking."""

from sim.command.command_line import Command
from sim.command.places import ONE_PLACE
from sim.command.sensitivity import HELP, sensitivity_request
from sim.report.best.direction import direction

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Simulate and publish a sensitivity study and return the exit code."""
    request = sensitivity_request(command.words, direction)

    from sim.actions.carrying_out import carry_out
    from sim.actions.undertakings import sensitivity

    question = request.question
    study = sensitivity(question, request.ranges, request.language, request.file)
    return carry_out(question.run.settings.folder, {ONE_PLACE: study})
