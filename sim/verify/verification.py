"""Runs the cases of a reference file and judges every metric.

Replications are planned by precision alone: thirty at first, then as many as the intervals found
need to be narrow enough, again as long as one is too wide. Nobody looks at the distance from the
exact value before the end, and nothing is run again. A metric that the budget of a case does not
make narrow is out of reach; it has not passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.study.execution.runner import OnProgress
from sim.verify.acceptance import (
    FAILURES,
    PASSES,
    REPLICATIONS_MIN,
    Judgement,
    error_limit,
    half_width,
    judge_estimate,
    judge_exact,
    widest,
)
from sim.verify.controls import largest_error, without_luck
from sim.verify.estimators import pseudo_values
from sim.verify.experiment import Exact, Experiment, UnsupportedError
from sim.verify.kinds import prepare
from sim.verify.reference_file import Case, Level, Metric, ReferenceFile
from sim.verify.replications import Replications, Task, runner

Floats = NDArray[np.float64]
Prepared = Experiment | Exact | Judgement

BUDGET: dict[Level, float] = {"pull_request": 1e8, "nightly": 1e9}
"""Activities that a case may take at most."""
_MARGIN = 1.1
# The first intervals tell roughly how many replications are needed.
_GROWTH = 4
_HOPELESS = 10
_ACTIVITIES_IN_TASK = 200_000


@dataclass(frozen=True)
class VerificationRequest:
    """What is to be verified: cases of a file, how closely, with which luck, by how many."""

    file: ReferenceFile
    cases: tuple[Case, ...]
    level: Level
    seed: int
    workers: int


@dataclass(frozen=True)
class Row:
    """A metric of a case and what was found."""

    case: Case
    metric: Metric
    judgement: Judgement


def verify(request: VerificationRequest, on_progress: OnProgress) -> list[Row]:
    """Return one row a metric, in order of the file.

    Raises:
        InputError: a model does not fit its kind.
        InvariantError: the engine broke a law.
    """
    prepared = [_prepared(case, BUDGET[request.level]) for case in request.cases]
    results = _replicate_until_narrow(request, prepared, on_progress)
    return [
        Row(case, metric, judgement)
        for case, become, found in zip(request.cases, prepared, results, strict=True)
        for metric, judgement in _judgements(request, case, become, found)
    ]


def holds(rows: Sequence[Row]) -> bool:
    """Whether nothing failed, and anything passed at all."""
    verdicts = {row.judgement.verdict for row in rows}
    return not verdicts & set(FAILURES) and bool(verdicts & set(PASSES))


def _prepared(case: Case, budget: float) -> Prepared:
    """What a case becomes, or what is to be said of one that is not run."""
    try:
        become = prepare(case)
    except UnsupportedError as error:
        return Judgement("unsupported", note=str(error))
    if not isinstance(become, Exact) and REPLICATIONS_MIN * become.activities > budget:
        note = f"{REPLICATIONS_MIN} replications of {become.activities:.1e} activities"
        return Judgement("out of reach", note=note)
    return become


def _replicate_until_narrow(
    request: VerificationRequest, prepared: Sequence[Prepared], on_progress: OnProgress
) -> list[Replications]:
    """Replications of each case; none of what is without chance or cannot be expressed."""
    results: list[Replications] = [[] for _ in prepared]
    wanted = [
        0 if isinstance(become, Exact | Judgement) else REPLICATIONS_MIN for become in prepared
    ]
    done, total = 0, 0
    with runner(request.cases, request.seed, request.workers) as run:
        while tasks := list(_tasks(prepared, results, wanted)):
            total += sum(len(task.replications) for task in tasks)
            for task, replications in run(tasks):
                results[task.case].extend(replications)
                done += len(replications)
                on_progress(done, total)
            wanted = [
                0
                if isinstance(become, Exact | Judgement)
                else _wanted(request, case, become, found)
                for case, become, found in zip(request.cases, prepared, results, strict=True)
            ]
    return results


def _tasks(
    prepared: Sequence[Prepared], results: Sequence[Replications], wanted: Sequence[int]
) -> Iterator[Task]:
    """What is still to be run, in parts of about the same work."""
    for case, (become, found, number) in enumerate(zip(prepared, results, wanted, strict=True)):
        if not isinstance(become, Exact | Judgement):
            part = max(1, int(_ACTIVITIES_IN_TASK / become.activities))
            for first in range(len(found), number, part):
                yield Task(case, range(first, min(first + part, number)))


def _wanted(
    request: VerificationRequest, case: Case, become: Experiment, found: Replications
) -> int:
    """Replications that make every interval narrow, as far as the budget allows."""
    most = int(BUDGET[request.level] / become.activities)
    needed = [
        ceil(_MARGIN * number)
        for metric in case.metrics
        if metric.name in found[0] and _is_too_wide(request, metric, _values(metric, found))
        if (number := _needed(request, metric, _values(metric, found))) <= _HOPELESS * most
    ]
    return min(max(needed, default=len(found)), _GROWTH * len(found), most)


def _values(metric: Metric, found: Replications) -> Floats:
    """Independent values whose mean estimates a metric."""
    sums = [replication[metric.name] for replication in found]
    values = pseudo_values(sums[0].form, np.array([part.values for part in sums]))
    return without_luck(values, np.array([part.controls + part.squares for part in sums]))


def _is_too_wide(request: VerificationRequest, metric: Metric, values: Floats) -> bool:
    return not metric.is_trap and half_width(values) > widest(metric, request.level)


def _needed(request: VerificationRequest, metric: Metric, values: Floats) -> float:
    """Replications after which the interval will be as narrow as it must be, about."""
    allowed = widest(metric, request.level)
    return len(values) * (half_width(values) / allowed) ** 2 if allowed else np.inf


def _judgements(
    request: VerificationRequest, case: Case, become: Prepared, found: Replications
) -> Iterator[tuple[Metric, Judgement]]:
    further = become.further if isinstance(become, Exact) else ()
    for metric in (*case.metrics, *further):
        if isinstance(become, Judgement):
            yield metric, become
        elif metric.name not in (become.values if isinstance(become, Exact) else found[0]):
            yield metric, Judgement("fail", note="no measure has this name")
        elif isinstance(become, Exact):
            judgement = judge_exact(metric, become.values[metric.name])
            yield metric, _by(become.of_engine, judgement)
        else:
            judgement = _judged(request, metric, found, become)
            yield metric, _by(found[0][metric.name].of_engine, judgement)


def _by(engine: bool, judgement: Judgement) -> Judgement:
    """Say of a pass that the engine had no part in it."""
    if engine or judgement.verdict != "pass":
        return judgement
    return replace(judgement, verdict="pass (no engine)")


def _judged(
    request: VerificationRequest, metric: Metric, found: Replications, become: Experiment
) -> Judgement:
    values, metrics = _values(metric, found), request.file.metrics
    luck = largest_error(np.array([part[metric.name].controls for part in found]))
    if luck > error_limit(metric, len(found), metrics):
        return Judgement("fail", note=f"draws {luck:.1f} standard errors off their own mean")
    judgement = judge_estimate(metric, values, metrics, request.level)
    needed = _MARGIN * _needed(request, metric, values)
    if judgement.verdict != "too wide" or needed * become.activities <= BUDGET[request.level]:
        return judgement
    note = f"needs some {needed * become.activities:.1e} activities"
    return replace(judgement, verdict="out of reach", note=note)
