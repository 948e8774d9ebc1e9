"""``python run.py contribution``: what each reform of a scenario contributes."""

from sim.command.command_line import Command
from sim.command.contribution import HELP, build_contributions

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Simulate and publish the contributions asked for and return the exit code."""
    folder, asked = build_contributions(command.words)

    from sim.actions.carrying_out import carry_out
    from sim.actions.undertakings import contribution

    return carry_out(folder, {place: contribution(one) for place, one in asked.items()})
