"""How often the best candidate is chosen, where others lie just one indifference zone behind.

The slippage configuration: nowhere is a wrong choice likelier for a stated probability.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from sim.study.choice.budgeted import BudgetRule, select_within_budget
from sim.study.choice.fully_sequential import ZoneRule, select_in_zone
from sim.study.choice.systems import Selection, Source
from sim.traffic.draws import Draws
from studies.coverage.experiments import CONFIDENCE, DECIMALS, share
from studies.coverage.luck import Floats, deviates_at, luck

Procedure = Literal["kn", "kn++", "ocba"]
_FIRST: dict[Procedure, int] = {"kn": 10, "kn++": 20, "ocba": 10}
"""Replications of the first stage, as shipped."""
_ZONE, _SPREAD = 1.0, 2.0
_CEILING = 4000
BUDGETS = {2: 60, 5: 150, 20: 1200}
"""Replications of all candidates, by how many there are, for ``ocba``."""
_CORRELATIONS: dict[Procedure, tuple[float, ...]] = {
    "kn": (0.8,), "kn++": (0.8,), "ocba": (0.0, 0.8)
}  # fmt: skip
"""Shared luck cancels in paired differences, which are all that KN and KN++ look at."""
_BATCH = 50
_COLUMNS = (
    "procedure", "candidates", "correlation", "selections", "correct", "share", "low", "high",
    "told", "replications",
)  # fmt: skip


def measure(selections: int = 1000) -> pd.DataFrame:
    """Share of correct choices by procedure, candidates and how far these share their luck.

    Columns: procedure; candidates; correlation of their figures; selections; correct; their share
    with limits; ``told``, the mean probability that the procedure tells; ``replications``, the mean
    number of all candidates together.
    """
    rows = [
        _row(procedure, candidates, correlation, selections)
        for procedure in _FIRST
        for candidates in BUDGETS
        for correlation in _CORRELATIONS[procedure]
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _row(
    procedure: Procedure, candidates: int, correlation: float, selections: int
) -> tuple[object, ...]:
    found = list(_selections(procedure, candidates, correlation, selections))
    correct = sum(selection.chosen == _names(candidates)[-1] for selection in found)
    return (
        procedure,
        candidates,
        correlation,
        selections,
        correct,
        *share(correct, selections),
        round(float(np.mean([selection.probability for selection in found])), DECIMALS),
        round(float(np.mean([selection.spent for selection in found])), DECIMALS),
    )


def _selections(
    procedure: Procedure, candidates: int, correlation: float, selections: int
) -> Iterator[Selection]:
    names = _names(candidates)
    for place in range(selections):
        source = _source(luck(f"selection {candidates}", place), names, correlation)
        yield _select(procedure, names, source)


def _names(candidates: int) -> list[str]:
    """The last one is the best."""
    return [f"candidate {number}" for number in range(candidates)]


def _select(procedure: Procedure, names: Sequence[str], source: Source) -> Selection:
    first = _FIRST[procedure]
    if procedure == "ocba":
        increment = max(10, len(names))
        budget = BudgetRule("less", _ZONE, first, BUDGETS[len(names)], increment)
        return select_within_budget(names, source, budget)
    zone = ZoneRule(
        sense="less",
        indifference=_ZONE,
        confidence=CONFIDENCE,
        first=first,
        ceiling=_CEILING,
        updated=procedure == "kn++",
        batch=_BATCH,
    )
    return select_in_zone(names, source, zone)


def _source(draws: Draws, names: Sequence[str], correlation: float) -> Source:
    """Normal values; differences vary alike, however much of the luck is shared."""
    means = {name: _ZONE for name in names} | {names[-1]: 0.0}
    common = np.sqrt(correlation / (1 - correlation))

    def values(name: str, numbers: range) -> Floats:
        places = np.arange(numbers.start, numbers.stop)
        shared = deviates_at(draws, "shared", places) if correlation else 0.0
        own = deviates_at(draws, name, places)
        return np.asarray(means[name] + _SPREAD * (own + common * shared))

    def read(wanted: Mapping[str, range]) -> dict[str, Floats]:
        return {name: values(name, numbers) for name, numbers in wanted.items()}

    return read
