"""How many consignments finished, and how many never did."""

import math
from dataclasses import dataclass

from sim.report.numbers import digits_for, number
from sim.report.results import Results

_FEW = 100


@dataclass(frozen=True)
class Ending:
    """Consignments of a scenario, or of one of its flows, on average in a replication."""

    finished: float
    unfinished: float

    @property
    def brought(self) -> float:
        """All that arrived in the window."""
        return self.finished + self.unfinished

    @property
    def unfinished_of_all(self) -> tuple[str, str]:
        """How many never finished, and of how many, as people read them."""
        return _counted(self.unfinished), self.all_brought

    @property
    def all_brought(self) -> str:
        """How many arrived, as people read it."""
        return _counted(self.brought)


def _counted(consignments: float) -> str:
    """So many digits that one consignment lost in many replications does not read zero."""
    if consignments >= _FEW:
        return number(consignments, 0)
    leading = -math.floor(math.log10(consignments)) if consignments > 0 else 0
    return number(consignments, max(digits_for("consignments", consignments), leading))


def ending(results: Results, scenario: str, flow: str = "") -> Ending:
    """Count the consignments of a scenario, or of one of its flows."""
    prefix = f"{flow}." if flow else ""
    return Ending(
        finished=results.mean(scenario, f"{prefix}consignments"),
        unfinished=results.mean(scenario, f"{prefix}unfinished"),
    )
