"""The file of reference cases: results that are known exactly, and what counts as reproduced."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import Number, Positive, Probability, Strict, Text
from sim.scenario.errors import InputError
from sim.scenario.validate import validated

Level = Literal["pull_request", "nightly"]
LEVELS: tuple[Level, ...] = ("pull_request", "nightly")
Value = Number | int | tuple[int | Text, ...]
_QUANTILE = re.compile(r"(?P<of>.+)_q(?P<level>0\.\d+)$")
_NUMBER = re.compile(r"\d+(\.\d+)?$")
_TRAP = "_WRONG"


class Tolerance(Strict):
    """How near a metric must come: by interval, absolutely, relatively, or to the bit."""

    kind: Literal["ci", "rel", "abs", "abs_rel", "bit_equal"]
    family_alpha: Probability = 0.001
    max_rel_halfwidth_pr: Positive = 0.03
    max_rel_halfwidth_nightly: Positive = 0.01
    reference_error_rel: Number = 0.0
    abs: Positive | None = None
    rel: Positive | None = None

    @model_validator(mode="after")
    def _says_how_near(self) -> Self:
        needed = {"abs": "abs", "rel": "rel", "abs_rel": "rel"}.get(self.kind)
        if needed and getattr(self, needed) is None:
            raise ValueError(f"a tolerance of kind '{self.kind}' needs '{needed}'")
        return self

    def widest(self, level: Level) -> float:
        """Return the largest half-width of a 95 % interval, as a share of the exact value."""
        return self.max_rel_halfwidth_nightly if level == "nightly" else self.max_rel_halfwidth_pr


class Metric(Strict):
    """One exact value of a case."""

    name: Text
    value: Value
    tolerance: Tolerance
    value_digits: Text | None = None
    formula: Text | None = None
    unit: Text | None = None
    estimator: Text | None = None
    second_route: Text | None = None
    second_value: Value | None = None
    second_value_tail: Number | None = None
    rel_diff: Number | None = None

    @model_validator(mode="after")
    def _is_a_number(self) -> Self:
        if isinstance(self.value, tuple) and self.tolerance.kind != "bit_equal":
            raise ValueError("a list of values is compared to the bit only")
        return self

    def number_after(self, prefix: str) -> float | None:
        """The number that follows in the name, as 12 in ``E_N_t12``, or None if none does."""
        rest = self.name.removeprefix(prefix)
        return float(rest) if rest != self.name and _NUMBER.match(rest) else None

    @property
    def quantile(self) -> tuple[str, float] | None:
        """Of what it is a quantile and at which level, or None if it is none."""
        found = _QUANTILE.match(self.name)
        return (found["of"], float(found["level"])) if found else None

    @property
    def is_trap(self) -> bool:
        """Whether it is what a typical mistake gives: never a target."""
        return self.name.endswith(_TRAP)

    @property
    def number(self) -> float:
        """The value of a metric that is a number."""
        assert not isinstance(self.value, tuple)
        return float(self.value)

    @property
    def target(self) -> float:
        """What the estimate is compared with: of a quantile the share at or below it."""
        return self.quantile[1] if self.quantile else self.number


class Instant(Strict):
    """When a job of a deterministic schedule arrives, starts and ends."""

    job: Annotated[int, Field(ge=0)]
    arrival: Number
    start: Number
    end: Number


class Case(Strict):
    """A model with its exact results. ``model`` is read by the family of its kind."""

    id: Text
    family: Text
    tier: Text
    model: dict[str, Any]
    metrics: Annotated[tuple[Metric, ...], Field(min_length=1)]
    description: Text | None = None
    reference: Text | None = None
    note: Text | None = None
    run_hint: dict[str, Any] = Field(default_factory=dict)
    schedule: tuple[Instant, ...] = ()
    tolerance: dict[str, Any] = Field(default_factory=dict)
    routes: tuple[Text, ...] = ()
    routes_max_diff: Number = 0.0

    @property
    def kind(self) -> str:
        """The kind of its model."""
        return str(self.model.get("kind", ""))

    @property
    def quantiles(self) -> dict[str, tuple[str, float]]:
        """By metric: the quantity it is a quantile of, and the exact quantile."""
        return {
            metric.name: (metric.quantile[0], metric.number)
            for metric in self.metrics
            if metric.quantile
        }


class ReferenceFile(Strict):
    """All cases of a file."""

    schema_version: Literal["1.0"]
    title: Text
    acceptance_rule: dict[str, Any]
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    created: Text | None = None
    generator: dict[str, Any] = Field(default_factory=dict)
    how_computed: Text | None = None
    invariants: tuple[dict[str, Any], ...] = ()
    n_cases: int | None = None
    n_metrics: int | None = None
    n_schedule_instants: int | None = None

    @property
    def metrics(self) -> int:
        """Number of metrics of all cases, over which the error of the family is shared."""
        return sum(len(case.metrics) for case in self.cases)


def read_reference_file(path: Path) -> ReferenceFile:
    """Read a reference file.

    Raises:
        InputError: it is not there, is no JSON, does not fit, or does not hold what it says.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: no valid text") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: no valid JSON: {error.msg}") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: an object with 'cases' is expected")
    try:
        file = validated(ReferenceFile, data)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    _check_counts(path, file)
    return file


def _check_counts(path: Path, file: ReferenceFile) -> None:
    ids = [case.id for case in file.cases]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise InputError(f"{path}: case '{twice[0]}' is given twice")
    counted = {"n_cases": len(ids), "n_metrics": file.metrics}
    for key, number in counted.items():
        said = getattr(file, key)
        if said is not None and said != number:
            raise InputError(f"{path}: {key} is {said}, but there are {number}")
