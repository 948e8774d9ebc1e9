"""``python run.py schema``: JSON schemas for completion in editors."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.config_files import load_library
from sim.command.schema_files import HELP, schema_folder, write_schemas

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Write the schemas, name them, and return the exit code."""
    for path in write_schemas(load_library(), schema_folder(command.words)):
        print(path)
    return DONE
