"""The chosen candidate estimated anew, beside the estimate that it was chosen for."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.study.choice.known_values import KnownValues
from sim.study.choice.question import BestQuestion
from sim.study.choice.systems import Selection
from sim.study.estimates import Sample, Samples, comparison_table, difference, level
from sim.study.vigilance import FoundShareChange, found_share_changes, worst_fall

_COLUMNS = (
    "candidate", "kpi", "unit", "selection_mean", "selection_n", "mean", "low", "high",
    "baseline", "baseline_mean", "difference", "difference_low", "difference_high", "n",
)  # fmt: skip


def compare_afresh(
    question: BestQuestion, values: KnownValues, kpis: Mapping[str, str], selection: Selection
) -> tuple[pd.DataFrame, FoundShareChange | None]:
    """Estimate the chosen candidate on replications that no decision has seen.

    There are as many as ``experiment.replications`` says, after the last one that any candidate
    was judged by.

    Args:
        question: what was asked.
        values: of the candidates.
        kpis: to estimate, with their units.
        selection: what was chosen.

    Returns:
        One row a KPI: the mean over the replications of the selection, which is too good; mean and
        interval on the fresh ones; and the paired difference to the baseline there. And whether
        fewer violations are found there.
    """
    experiment = question.run.points[0].scenario.experiment
    baseline, chosen = question.run.points[0].name, selection.chosen
    start = max(system.n for system in selection.systems)
    unseen = range(start, start + experiment.replications)
    used = next(system.n for system in selection.systems if system.name == chosen)
    before = values.samples(kpis, chosen, range(used))
    samples = {name: values.samples(kpis, name, unseen) for name in (baseline, chosen)}
    rows = [
        (chosen, kpi, unit, before[kpi].estimate, used,
         *_figures(baseline, samples[chosen][kpi], samples[baseline][kpi], experiment.confidence))
        for kpi, unit in kpis.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COLUMNS)), _fall(chosen, samples, experiment.confidence)


def _figures(
    baseline: str, sample: Sample, base: Sample, confidence: float
) -> tuple[float | str | int, ...]:
    own, other = level(sample, confidence), difference(sample, base, confidence)
    return (
        own.estimate, own.low, own.high, baseline, base.estimate, other.estimate, other.low,
        other.high, other.n,
    )  # fmt: skip


def _fall(
    chosen: str, samples: Mapping[str, Samples], confidence: float
) -> FoundShareChange | None:
    comparison = comparison_table(samples, confidence)
    return worst_fall(found_share_changes(chosen, comparison, 1 - confidence))
