"""``python run.py --help``: what a run does, which keys and options there are."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command, help_text
from sim.command.config_files import load_library


def act(command: Command) -> int:
    """Print the help and return the exit code."""
    print(help_text(load_library()), end="")
    return DONE
