"""What each reform of a bundle contributes: added in turn, and taken out of the whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.scenario.errors import InputError
from sim.study.estimates import Sample, difference
from sim.study.intervals import Interval, holm
from sim.study.settings import Run
from sim.study.study import Study

Bundle = tuple[str, ...]
_COLUMNS = (
    "reform", "kpi", "unit", "before", "after", "added_difference", "added_low", "added_high",
    "added_p_holm", "removed_difference", "removed_low", "removed_high", "removed_p_holm",
    "removed_with", "n",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A reform of a bundle, and the four bundles that tell what it contributes.

    Attributes:
        reform: its name.
        before: the reforms listed before it.
        added: these and itself.
        whole: all reforms.
        removed: all but itself and those that go with it.
        removed_with: the reforms that require it, one through another, in the order of the bundle.
    """

    reform: str
    before: Bundle
    added: Bundle
    whole: Bundle
    removed: Bundle
    removed_with: Bundle


@dataclass(frozen=True)
class Contribution:
    """A run of all the bundles that parts compare, each of them once.

    Attributes:
        run: its points, the baseline first.
        parts: one for each reform, in the order they are added.
        names: the point of the run that has just these reforms of the bundle.
    """

    run: Run
    parts: tuple[Part, ...]
    names: Mapping[Bundle, str]


def parts_of(bundle: Sequence[str], requires: Mapping[str, Collection[str]]) -> tuple[Part, ...]:
    """Split a bundle into parts, in its order.

    Args:
        bundle: names of reforms.
        requires: what each reform requires; what is not of the bundle does not count.

    Raises:
        InputError: a reform stands before one that it requires, so that it cannot be added there.
    """
    for place, reform in enumerate(bundle):
        for needed in requires[reform]:
            if needed in bundle[place:]:
                raise InputError(
                    f"reforms: '{reform}' requires '{needed}', which stands after it; reforms are "
                    "added in the order they are listed"
                )
    return tuple(_part(tuple(bundle), place, requires) for place in range(len(bundle)))


def _part(bundle: Bundle, place: int, requires: Mapping[str, Collection[str]]) -> Part:
    reform, gone = bundle[place], {bundle[place]}
    for other in bundle[place + 1 :]:
        if gone.intersection(requires[other]):
            gone.add(other)
    return Part(
        reform,
        before=bundle[:place],
        added=bundle[: place + 1],
        whole=bundle,
        removed=tuple(other for other in bundle if other not in gone),
        removed_with=tuple(other for other in bundle if other in gone - {reform}),
    )


def contribution_table(
    contribution: Contribution, study: Study, kpis: Sequence[str], confidence: float
) -> pd.DataFrame:
    """Paired differences that each reform makes, by KPI.

    Holm's correction is over the reforms of the bundle, for each KPI, by itself for what is added
    and for what is taken out.

    Args:
        contribution: what was run.
        study: its results.
        kpis: those to tell of; ones that are means over a replication, not quantiles.
        confidence: of the intervals.

    Returns:
        One row for a reform and a KPI: before and after (levels as it is added), added_difference
        (after less before), removed_difference (the whole bundle less the one without it), both in
        the unit of the row with their limits and adjusted p-values, removed_with (names, blanks
        between), n.
    """
    wanted = study.replications[study.replications["kpi"].isin(kpis)]
    wide = wanted.pivot(index="replication", columns=["scenario", "kpi"], values="value")
    units = dict(zip(study.kpis["kpi"], study.kpis["unit"], strict=True))

    def sample(bundle: Bundle, kpi: str) -> Sample:
        place = (contribution.names[bundle], kpi)
        values = wide[place].to_numpy() if place in wide else np.full(len(wide), np.nan)
        return Sample(units[kpi], values)

    rows = [
        _row(part, kpi, {bundle: sample(bundle, kpi) for bundle in _bundles(part)}, confidence)
        for kpi in kpis
        for part in contribution.parts
    ]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    for column in ("added_p_holm", "removed_p_holm"):
        table[column] = table.groupby("kpi", sort=False)[column].transform(
            lambda p_values: holm(p_values.to_numpy())
        )
    return table


def _bundles(part: Part) -> tuple[Bundle, ...]:
    return part.before, part.added, part.whole, part.removed


def _row(
    part: Part, kpi: str, samples: Mapping[Bundle, Sample], confidence: float
) -> tuple[object, ...]:
    before, after = samples[part.before], samples[part.added]
    added = difference(after, before, confidence)
    removed = difference(samples[part.whole], samples[part.removed], confidence)
    return (
        part.reform,
        kpi,
        after.unit,
        before.estimate,
        after.estimate,
        *_figures(added),
        *_figures(removed),
        " ".join(part.removed_with),
        min(added.n, removed.n),
    )


def _figures(interval: Interval) -> tuple[float, float, float, float]:
    return interval.estimate, interval.low, interval.high, interval.p_value
