"""Where replications run: in this process or side by side. The bits are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed

from sim.scenario.scenario import Scenario
from sim.study.replication import Replication, Replicator
from sim.study.settings import Settings
from sim.study.worker_pool import submit_all, worker_pool
from sim.traffic.inputs import Inputs

OnProgress = Callable[[int, int], None]


def run_replications(
    scenarios: Sequence[Scenario],
    inputs: Inputs,
    number: int,
    settings: Settings,
    on_progress: OnProgress,
) -> list[list[Replication]]:
    """Return results by replication, then scenario, whatever the order they were done in."""
    on_progress(0, number)
    if settings.executor == "serial" or settings.workers == 1:
        return _in_turn(Replicator(scenarios, inputs), number, on_progress)
    return _side_by_side(scenarios, inputs, number, settings.workers, on_progress)


def _in_turn(
    replicator: Replicator, number: int, on_progress: OnProgress
) -> list[list[Replication]]:
    results = []
    for replication in range(number):
        results.append(replicator.replicate(replication))
        on_progress(replication + 1, number)
    return results


def _side_by_side(
    scenarios: Sequence[Scenario],
    inputs: Inputs,
    number: int,
    workers: int,
    on_progress: OnProgress,
) -> list[list[Replication]]:
    with worker_pool(min(workers, number), _prepare, (list(scenarios), inputs)) as pool:
        futures = submit_all(pool, _replicate, range(number))
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()
            on_progress(done, number)
        return [future.result() for future in futures]


_worker: list[Replicator] = []


def _prepare(work: tuple[list[Scenario], Inputs]) -> None:
    """Give a worker process what all its replications need."""
    _worker[:] = [Replicator(*work)]


def _replicate(replication: int) -> list[Replication]:
    return _worker[0].replicate(replication)
