"""The best of the points of a run: chosen, then estimated anew.

The mean that a candidate was chosen for is too good, as luck has helped it to be chosen (the
winner's curse). So the chosen one and the baseline are compared once more, on replications that no
decision has seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from sim.scenario.errors import InputError
from sim.study.choice.budgeted import BudgetRule, select_within_budget
from sim.study.choice.fresh import compare_afresh
from sim.study.choice.fully_sequential import ZoneRule, select_in_zone
from sim.study.choice.known_values import KnownValues, check_kpi, shares_found
from sim.study.choice.question import BestQuestion
from sim.study.choice.systems import Selection, System
from sim.study.estimates import comparison_table
from sim.study.execution.runner import ReplicationRunner
from sim.study.intervals import paired
from sim.study.study_runner import common_experiment
from sim.study.vigilance import FoundShareChange, found_share_changes, worst_fall

_LEAST_INCREMENT = 10
_RUNS_A_WORKER = 4


@dataclass(frozen=True)
class Best:
    """What was chosen.

    Attributes:
        question: what was asked.
        unit: of the KPI.
        zone: width of the indifference zone, in that unit.
        selection: among the candidates that were not set aside.
        set_aside: those that were, after the first stage.
        behind: mean difference of every candidate to the chosen one, over the replications that
            both were judged by: with shared luck, a fairer sight than two means.
        fewer: candidates that find clearly fewer violations in the first stage.
        fresh: the chosen one and the baseline on replications that no decision has seen; columns
            in ``sim.study.choice.fresh``.
        fresh_fewer: whether the chosen one finds clearly fewer violations there.
    """

    question: BestQuestion
    unit: str
    zone: float
    selection: Selection
    set_aside: tuple[System, ...]
    behind: Mapping[str, float]
    fewer: Mapping[str, FoundShareChange]
    fresh: pd.DataFrame
    fresh_fewer: FoundShareChange | None


def find_best(question: BestQuestion, runner: ReplicationRunner) -> Best:
    """Choose, on as many replications as the procedure asks for.

    Args:
        question: what is asked.
        runner: that notes errors: a replication that was run ahead of its turn and is not needed
            ends nothing, so that the choice is the same for any number of workers.

    Raises:
        InputError: the candidates cannot be compared, or the KPI is not one that every replication
            of every candidate has.
        ExecutionError: replications could not be carried out.
    """
    common_experiment(question.run)
    names = [point.name for point in question.run.points]
    runner.expect((name, number) for name in names for number in range(question.first))
    values = KnownValues(runner)
    units = values.units(names[0])
    check_kpi(question.kpi, units)
    shares = shares_found(units)
    means = {
        name: float(found.mean())
        for name, found in values.of(
            question.kpi, dict.fromkeys(names, range(question.first))
        ).items()
    }
    fewer = _fewer_found_at_first(question, values, shares)
    aside = [name for name in names if name in fewer and question.detection == "keep"]
    zone = _zone(question, means[names[0]], units[question.kpi])
    running = [name for name in names if name not in aside]
    selection = _select(question, zone, running, values)
    set_aside = tuple(System(name, question.first, means[name]) for name in aside)
    judged = {system.name: system.n for system in (*selection.systems, *set_aside)}
    fresh, fresh_fewer = compare_afresh(
        question, values, {question.kpi: units[question.kpi], **shares}, selection
    )
    return Best(
        question=question,
        unit=units[question.kpi],
        zone=zone,
        selection=selection,
        set_aside=set_aside,
        behind=_behind(question.kpi, values, judged, selection.chosen),
        fewer=fewer,
        fresh=fresh,
        fresh_fewer=fresh_fewer,
    )


def _fewer_found_at_first(
    question: BestQuestion, values: KnownValues, shares: Mapping[str, str]
) -> dict[str, FoundShareChange]:
    """Candidates that find clearly fewer violations than the baseline, after Holm over all."""
    confidence = question.run.points[0].scenario.experiment.confidence
    samples = {
        point.name: values.samples(shares, point.name, range(question.first))
        for point in question.run.points
    }
    comparison = comparison_table(samples, confidence)
    falls = {
        name: worst_fall(found_share_changes(name, comparison, 1 - confidence)) for name in samples
    }
    return {name: fall for name, fall in falls.items() if fall}


def _zone(question: BestQuestion, level: float, unit: str) -> float:
    zone = question.indifference.of(level)
    if not zone:
        raise InputError(
            f"indifference: a share of {level:g} {unit} is nothing; write it in the unit of the KPI"
        )
    return zone


def _behind(
    kpi: str, values: KnownValues, judged: Mapping[str, int], chosen: str
) -> dict[str, float]:
    found = values.of(kpi, {name: range(number) for name, number in judged.items()})
    shared = {name: min(number, judged[chosen]) for name, number in judged.items()}
    return {
        name: float(paired(found[name][:number], found[chosen][:number]).mean())
        for name, number in shared.items()
    }


def _select(
    question: BestQuestion, zone: float, names: Sequence[str], values: KnownValues
) -> Selection:
    if question.procedure == "ocba":
        return select_within_budget(
            names,
            partial(values.of, question.kpi),
            BudgetRule(
                sense=question.sense,
                indifference=zone,
                first=question.first,
                budget=question.budget,
                increment=max(_LEAST_INCREMENT, len(names)),
            ),
        )
    return select_in_zone(
        names,
        partial(values.read, question.kpi),
        ZoneRule(
            sense=question.sense,
            indifference=zone,
            confidence=question.confidence,
            first=question.first,
            ceiling=question.ceiling,
            updated=question.procedure == "kn++",
            batch=_RUNS_A_WORKER * question.run.settings.workers,
        ),
        values.prepare,
    )
