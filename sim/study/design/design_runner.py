"""A design simulated on a replication runner; what fails is told at once."""

from __future__ import annotations

from collections.abc import Callable

from sim.study.design.outcomes import FailureWatch
from sim.study.design.points import DesignRun
from sim.study.design.sweep import Sweep, sweep_of
from sim.study.execution.account import Account
from sim.study.execution.runner import OnProgress, ReplicationRunner


def run_design(
    run: DesignRun, on_progress: OnProgress, tell: Callable[[str], None]
) -> tuple[Sweep, Account]:
    """Simulate a design and estimate every KPI of every point.

    Args:
        run: what is asked for.
        on_progress: told how many replications of how many are there.
        tell: told of each point that fails, where the design goes on without it.

    Returns:
        The results, and how the design came by its replications.

    Raises:
        InputError: a file or a model that a point names cannot be used.
        ExecutionError: the baseline failed, or a point of a design that stops at errors.
    """
    watch = FailureWatch(run, tell)

    def watched(done: int, total: int) -> None:
        on_progress(done, total)
        watch.look(runner.failed, runner.set_aside)

    # The watch ends a design that stops at errors: it knows the values of the point.
    with ReplicationRunner(run.sound, run.settings, watched, on_error="continue") as runner:
        return sweep_of(run, runner), Account.of(runner)
