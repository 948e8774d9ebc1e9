"""``python run.py verify``: the simulator against results that are known exactly."""

from sim.actions.exit_codes import DONE, FAULT
from sim.command.command_line import Command
from sim.command.verification import HELP, verification_request

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Verify, print what was found, and return the exit code: a fault where a case fails."""
    request = verification_request(command.words)

    from rich.console import Console

    from sim.report.progress import progress
    from sim.report.verification_table import print_verification
    from sim.verify.verification import holds, verify

    with progress(Console(stderr=True)) as on_progress:
        rows = verify(request, on_progress)
    print_verification(Console(), request, rows)
    return DONE if holds(rows) else FAULT
