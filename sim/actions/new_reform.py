"""``python run.py new-reform``: a reform to begin with."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.new_reform import HELP, new_reform_request, write_new_reform

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Write the template asked for and return the exit code."""
    request = new_reform_request(command.words)
    write_new_reform(request)
    print(f"{request.path}: written; try: python run.py preview reforms=[{request.as_option}]")
    return DONE
