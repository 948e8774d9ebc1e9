"""Writes what came of a training: scored tables, and the description of the model."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from sim.calibrate.ranking import Area
from sim.calibrate.risk_model import FIGURES, FOLDS, HISTORIES
from sim.calibrate.training import Training


def write_training(training: Training, folder: Path) -> Path:
    """Write ``<table>.csv`` for each table and ``models/<model>.yaml``, whose name is returned."""
    for table in training.tables:
        table.rows.to_csv(folder / f"{table.name}.csv", index=False, lineterminator="\n")
    name = Path("models", f"{training.request.model}.yaml")
    description = folder / name
    description.parent.mkdir()
    text = yaml.safe_dump(_description(training), allow_unicode=True, sort_keys=False, width=100)
    description.write_text(text, "utf-8")
    return name


def _description(training: Training) -> dict[str, Any]:
    return {
        "model": training.request.model,
        "kind": f"histogram gradient boosting, scikit-learn {version('scikit-learn')}",
        "features": {
            "share of fraud before, smoothed, cross-fitted": list(HISTORIES),
            "figures": list(FIGURES),
        },
        "score": "probability that an examination finds fraud, to four decimals",
        "seed": training.request.seed,
        "training": asdict(training.training),
        "validation": {
            **asdict(training.validation),
            "auc": _area(training.area),
            "at_inspection_rates": [
                {name: round(value, 4) for name, value in asdict(found).items()}
                for found in training.at_rates
            ],
        },
        "tables": {
            table.name: {
                "rows": len(table.rows),
                f"rows scored by cross-fitting in {FOLDS} folds": table.cross_fitted,
                "auc": _area(table.area),
            }
            for table in training.tables
        },
    }


def _area(area: Area) -> dict[str, float | str]:
    rounded = {name: round(value, 4) for name, value in asdict(area).items()}
    return {**rounded, "interval": "95 %, DeLong"}
