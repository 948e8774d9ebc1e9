"""How many consignments finished, and how many never did."""

from dataclasses import dataclass

from sim.report.numbers import number
from sim.report.results import Results


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
        digits = 1 if self.brought < 1000 else 0
        return number(self.unfinished, digits), number(self.brought, digits)


def ending(results: Results, scenario: str, flow: str = "") -> Ending:
    """Count the consignments of a scenario, or of one of its flows."""
    prefix = f"{flow}." if flow else ""
    return Ending(
        finished=results.mean(scenario, f"{prefix}consignments"),
        unfinished=results.mean(scenario, f"{prefix}unfinished"),
    )
