"""``python run.py --cfg job``: what would be run, as YAML."""

import yaml

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.places import composed_runs


def act(command: Command) -> int:
    """Print the scenarios asked for and return the exit code."""
    shown = composed_runs(command.words, command.multirun)
    for name, data in shown.items():
        print(f"---\n# {name}" if len(shown) > 1 else f"# {name}")
        print(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100), end="")
    return DONE
