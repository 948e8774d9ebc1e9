"""``python run.py best``: the best of many scenarios."""

from sim.actions.exit_codes import DONE
from sim.command.best import HELP, build_question
from sim.command.command_line import Command

__all__ = ["HELP", "act"]


def act(command: Command) -> int:
    """Choose, estimate the chosen one anew, publish, and return the exit code."""
    from sim.report.best.direction import direction

    question = build_question(command.words, direction)

    from dataclasses import replace
    from time import perf_counter

    from rich.console import Console

    from sim.report.best.publish import publish_best
    from sim.report.progress import progress
    from sim.study.execution.runner import ReplicationRunner
    from sim.study.manifest import write_manifest
    from sim.study.ranking.best import find_best
    from sim.study.results_folder import results_folder

    started = perf_counter()
    settings = question.run.settings
    with (
        progress(Console(stderr=True)) as on_progress,
        ReplicationRunner(question.run.points, settings, on_progress) as runner,
    ):
        best = find_best(question, runner)
    simulated = perf_counter()
    with results_folder(settings.folder) as folder:
        placed = replace(question.run, settings=replace(settings, folder=folder))
        publish_best(best, folder, Console())
        seconds = {"simulate": simulated - started, "publish": perf_counter() - simulated}
        write_manifest(placed, seconds)
    return DONE
