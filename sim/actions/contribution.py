"""``python run.py contribution``: what each reform of a scenario contributes."""

from functools import partial

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.contribution import HELP, build_contributions

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Simulate and publish the contributions asked for and return the exit code."""
    folder, asked = build_contributions(command.words)

    from sim.actions.carrying_out import carry_out
    from sim.report.publish_contribution import publish_contribution
    from sim.study.reproduction.comparison_records import ContributionRecord

    runs = {place: contribution.run for place, contribution in asked.items()}
    carry_out(
        folder,
        runs,
        {place: partial(publish_contribution, one) for place, one in asked.items()},
        {place: ContributionRecord.of(one) for place, one in asked.items()},
    )
    return DONE
