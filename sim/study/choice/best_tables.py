"""What is told of a choice: every candidate, and the course of the procedure."""

from __future__ import annotations

import pandas as pd

from sim.study.choice.best import Best
from sim.study.choice.systems import System

_COLUMNS = (
    "candidate", "fate", "n", "mean", "unit", "behind", "eliminated_by", "fewer_found_by",
    "fewer_found",
)  # fmt: skip


def candidate_table(best: Best) -> pd.DataFrame:
    """One row a candidate, in the order of the run.

    Columns: ``candidate``; ``fate``: chosen, eliminated, equal to one named before it, not_chosen
    (still in the running at the end), or set_aside for finding fewer violations; ``n`` and ``mean``
    of the replications it was judged by, the last one being that after which it was eliminated;
    ``unit``; ``behind``, the mean difference to the chosen one over the replications that both were
    judged by; ``eliminated_by``; and, where an agency finds clearly fewer violations in the first
    stage, ``fewer_found_by`` and ``fewer_found``, the change of the share it finds.
    """
    judged = {system.name: system for system in (*best.selection.systems, *best.set_aside)}
    rows = []
    for point in best.question.run.points:
        system, fall = judged[point.name], best.fewer.get(point.name)
        rows.append(
            (system.name, _fate(best, system), system.n, system.mean, best.unit,
             best.behind[system.name], system.eliminated_by, fall.agency if fall else None,
             fall.change if fall else None)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _fate(best: Best, system: System) -> str:
    if system in best.set_aside:
        return "set_aside"
    if system.name == best.selection.chosen:
        return "chosen"
    if system.eliminated_by:
        return "equal" if system.is_equal else "eliminated"
    return "not_chosen"


def choice_table(best: Best) -> pd.DataFrame:
    """One row: what was chosen, and how sure that is.

    Columns: ``chosen``; ``kpi`` and ``unit``; ``sense``; ``procedure``; ``basis`` of the
    ``probability``, as in ``Selection``; ``zone``, the width of the indifference zone in the unit;
    ``candidates``, all of them; ``set_aside``, how many of them were; ``left``, how many were in
    the running at the end, with the chosen one; ``spent``, replications of all that counted.
    """
    question, selection = best.question, best.selection
    left = sum(not system.eliminated_by for system in selection.systems)
    return pd.DataFrame(
        {
            "chosen": [selection.chosen],
            "kpi": [question.kpi],
            "unit": [best.unit],
            "sense": [question.sense],
            "procedure": [question.procedure],
            "basis": [selection.basis],
            "probability": [selection.probability],
            "zone": [best.zone],
            "candidates": [len(question.run.points)],
            "set_aside": [len(best.set_aside)],
            "left": [left],
            "spent": [selection.spent],
        }
    )


def course_table(best: Best) -> pd.DataFrame:
    """One row a look at the values and a candidate in the running: spent, candidate, n, mean.

    ``spent`` counts the replications of all candidates until then.
    """
    steps = best.selection.steps
    return pd.DataFrame(
        [(step.spent, step.system, step.n, step.mean) for step in steps],
        columns=["spent", "candidate", "n", "mean"],
    )
