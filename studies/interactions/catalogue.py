"""The nine studies by name: what each measures, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from studies.interactions import (
    advance_declaration,
    joint_inspection,
    longer_hours,
    mutual_recognition,
    parallel_agencies,
    pooling,
    preparation,
    release_before_test,
    timetable,
)
from studies.interactions.experiment import Effort

ROOT = Path(__file__).resolve().parents[2]
FULL = Effort(replications=8, days=28.0, workers=2)
"""What the committed tables rest on."""


@dataclass(frozen=True)
class Interaction:
    """One study; its table and its figure are committed under its name."""

    name: str
    measure: Callable[[Effort], pd.DataFrame]
    draw: Callable[[pd.DataFrame], Figure]

    @property
    def table(self) -> Path:
        """File of its estimates."""
        return ROOT / "results" / "reference" / "interactions" / f"{self.name}.csv"

    @property
    def picture(self) -> Path:
        """File of its figure."""
        return ROOT / "docs" / "images" / "interactions" / f"{self.name}.png"


INTERACTIONS = {
    module.__name__.rpartition(".")[2]: Interaction(
        module.__name__.rpartition(".")[2], module.measure, module.draw
    )
    for module in (
        joint_inspection,
        pooling,
        parallel_agencies,
        advance_declaration,
        longer_hours,
        mutual_recognition,
        release_before_test,
        preparation,
        timetable,
    )
}
