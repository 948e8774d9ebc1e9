"""What a training shows on the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from sim.calibrate.ranking import Area
from sim.calibrate.training import FileSummary, Training


def print_training(console: Console, training: Training, description: Path) -> None:
    """Say how well the model ranks, and where its scores are."""
    lines = [
        f"Model {training.request.model}",
        f"Trained on    {_file(training.training)}",
        f"Validated on  {_file(training.validation)}",
        f"AUC           {_area(training.area)}",
        "",
        "Inspected  hit rate  recall",
        *(
            f"{found.rate:>9.0%}  {found.hit_rate:>8.1%}  {found.recall:>6.1%}"
            for found in training.at_rates
        ),
        "",
        *(
            f"Scored {table.name}: {len(table.rows)} rows, {table.cross_fitted} of them by "
            f"cross-fitting; AUC {_area(table.area)}"
            for table in training.tables
        ),
        f"Description: {description}",
        "To select by it, put the tables into configs/declarations and set "
        f"agencies.<agency>.selection.model to {training.request.model}, auc to null.",
    ]
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False, markup=False)


def _file(summary: FileSummary) -> str:
    return (
        f"{summary.name}: {summary.rows} declarations, {summary.first} to {summary.last}, "
        f"{summary.fraud_share:.1%} with fraud"
    )


def _area(area: Area) -> str:
    return f"{area.value:.3f} (95 % interval {area.low:.3f} to {area.high:.3f})"
