"""``python run.py [key=value ...]``: a comparison, or a sweep with ``-m``."""

from sim.actions.exit_codes import DONE
from sim.command.command_line import Command
from sim.command.places import build_runs


def act(command: Command) -> int:
    """Simulate and publish what is asked for and return the exit code."""
    runs = build_runs(command.words, command.multirun)

    from sim.actions.carrying_out import carry_out
    from sim.report.publish import publish
    from sim.study.reproduction.comparison_records import ComparisonRecord

    records = {
        place: ComparisonRecord(precision=run.precision) for place, run in runs.by_place.items()
    }
    carry_out(runs.folder, runs.by_place, dict.fromkeys(records, publish), records)
    return DONE
