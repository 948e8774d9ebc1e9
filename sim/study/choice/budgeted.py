"""Selection within a budget: optimal computing budget allocation, a few replications at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.study.choice.allocation import allocation_weights, next_replications
from sim.study.choice.correct_selection import estimated_probability
from sim.study.choice.systems import Floats, Selection, Sense, Source, Step, System, sign


@dataclass(frozen=True)
class BudgetRule:
    """What a selection within a budget may spend.

    Attributes:
        sense: whether less or more is better.
        indifference: the least difference worth finding, in the unit of the values, above 0.
        first: replications of every system before any is favoured, at least 2.
        budget: replications of all systems, at least ``first`` of each.
        increment: replications handed out between two looks at the values.
    """

    sense: Sense
    indifference: float
    first: int
    budget: int
    increment: int


def select_within_budget(names: Sequence[str], source: Source, rule: BudgetRule) -> Selection:
    """Choose the system with the best mean after the budget is spent; see ``allocation``.

    No system is ever dropped. The probability is an estimate.
    """
    values = dict.fromkeys(names, np.empty(0))
    steps: list[Step] = []
    wanted = np.full(len(names), rule.first, dtype=np.int64)
    while wanted.any():
        _fetch(values, dict(zip(names, wanted.tolist(), strict=True)), source)
        used = np.array([len(sample) for sample in values.values()])
        spent = int(used.sum())
        steps += [Step(spent, name, len(one), float(one.mean())) for name, one in values.items()]
        samples = [sign(rule.sense) * sample for sample in values.values()]
        means = np.array([sample.mean() for sample in samples])
        variances = np.array([sample.var(ddof=1) for sample in samples])
        weights = allocation_weights(means, variances, rule.indifference)
        more = min(rule.increment, rule.budget - spent) if len(names) > 1 else 0
        wanted = next_replications(used, weights, more) if more else np.zeros_like(used)
    chosen = int(np.argmax(means))
    systems = tuple(System(name, len(one), float(one.mean())) for name, one in values.items())
    probability = estimated_probability(samples, chosen, rule.indifference)
    return Selection(names[chosen], probability, "estimated", systems, tuple(steps))


def _fetch(values: dict[str, Floats], wanted: Mapping[str, int], source: Source) -> None:
    """Add so many more replications of each system, all asked for at once."""
    found = source(
        {
            name: range(len(values[name]), len(values[name]) + number)
            for name, number in wanted.items()
            if number
        }
    )
    for name, more in found.items():
        values[name] = np.concatenate([values[name], more])
