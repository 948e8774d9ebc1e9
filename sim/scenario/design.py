"""A design of experiments: which points of a scenario are simulated, and what is of interest."""

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from sim.scenario.base import Count, Label, Name, Number, Strict, Text

Kind = Literal["grid", "list", "latin_hypercube", "sobol"]
OnError = Literal["stop", "continue"]
SAMPLED = ("latin_hypercube", "sobol")


class Factor(Strict):
    """One key that differs between points: the values it takes, or the range it is drawn from.

    ``integer`` draws whole numbers, both ends included; ``scale: log`` draws as often between 1 and
    10 as between 10 and 100. In a list a factor only says what its column is called.
    """

    key: Text
    label: Label | None = None
    unit: Text | None = None
    values: Annotated[tuple[JsonValue, ...], Field(min_length=1)] | None = None
    low: Number | None = None
    high: Number | None = None
    integer: Annotated[bool, Field(strict=True)] = False
    scale: Literal["linear", "log"] = "linear"

    @model_validator(mode="after")
    def _has_sound_range(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("needs both 'low' and 'high', or neither")
        if self.low is None or self.high is None:
            if self.integer or self.scale != "linear":
                raise ValueError("'integer' and 'scale' go with 'low' and 'high'")
            return self
        if self.values is not None:
            raise ValueError("has 'values' and a range; only one of them is allowed")
        if not self.low < self.high:
            raise ValueError(f"'low' must be below 'high', given {self.low:g} and {self.high:g}")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"'scale: log' needs 'low' above 0, given {self.low:g}")
        if self.integer and not (self.low.is_integer() and self.high.is_integer()):
            raise ValueError("'integer: true' needs whole numbers in 'low' and 'high'")
        return self

    @model_validator(mode="after")
    def _has_distinct_values(self) -> Self:
        for number, value in enumerate(self.values or ()):
            if value in (self.values or ())[:number]:
                raise ValueError(f"values: {value!r} is given twice")
        return self

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The range it is drawn from, if it has one."""
        return None if self.low is None or self.high is None else (self.low, self.high)


class Design(Strict):
    """Points of a scenario to be simulated beside a baseline, all with the same luck.

    ``kind`` is every combination (``grid``), the rows given here or in a CSV file (``list``), or a
    sample that fills the space of the factors (``latin_hypercube``, ``sobol``) of ``points``, drawn
    by ``seed``. ``baseline`` is a scenario; without it, the one that ``scenario`` names itself.
    ``kpis`` are those of the figures; without them time, cost, and share of violations found.
    """

    name: Name
    label: Label
    description: Label | None = None
    scenario: Text = "serial"
    baseline: Text | None = None
    kind: Kind
    points: Annotated[int, Field(strict=True, ge=2)] | None = None
    seed: Count | None = None
    factors: Annotated[tuple[Factor, ...], Field(min_length=1)]
    rows: Annotated[tuple[dict[str, JsonValue], ...], Field(min_length=1)] | None = None
    file: Text | None = None
    kpis: tuple[Text, ...] = ()
    replications: Annotated[int, Field(strict=True, ge=2)] | None = None
    on_error: OnError = "stop"

    @property
    def is_sample(self) -> bool:
        """Whether its points are drawn."""
        return self.kind in SAMPLED
