"""``python run.py design``: many points of one scenario, and what their factors do."""

import sys

from sim.command.command_line import Command
from sim.command.design import HELP, design_request
from sim.command.places import ONE_PLACE

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Simulate and publish a design; the exit code says whether every point is done."""
    request = design_request(command.words, _tell)

    from sim.actions.carrying_out import carry_out
    from sim.actions.undertakings import design

    study = design(request.run, _tell, request.language, request.file)
    return carry_out(request.run.settings.folder, {ONE_PLACE: study})


def _tell(failure: str) -> None:
    print(f"error: {failure}", file=sys.stderr, flush=True)
