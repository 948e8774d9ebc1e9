"""Cases of the shipped reference file, whole or with something changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.verify.reference_file import Case, Metric, ReferenceFile, read_reference_file
from sim.verify.verification import Row, VerificationRequest, verify

SHIPPED = Path(__file__).parents[1] / "validation" / "reference_cases.json"
FILE: ReferenceFile = read_reference_file(SHIPPED)


def case_of(name: str, **model: Any) -> Case:
    """A shipped case, with entries of its model replaced."""
    (found,) = [case for case in FILE.cases if case.id == name]
    return found.model_copy(update={"model": {**found.model, **model}})


def metric(value: float = 1.0, name: str = "L", kind: str = "ci", **tolerance: Any) -> Metric:
    return Metric.model_validate(
        {"name": name, "value": value, "tolerance": {"kind": kind, **tolerance}}
    )


def rows_of(*cases: Case, seed: int = 1, workers: int = 1) -> dict[str, Row]:
    """Verified rows by the name of their metric."""
    request = VerificationRequest(FILE, cases, "pull_request", seed, workers)
    return {row.metric.name: row for row in verify(request, lambda done, total: None)}
