"""Published figures that a run lays beside its own."""

from typing import Literal

from sim.scenario.base import Label, Name, Number, Strict, Text


class Target(Strict):
    """A figure a document states, and the KPI of a scenario that answers to it.

    ``form`` says how the KPI becomes comparable: its ``level``, its ``difference`` to the
    baseline, or its ``relative`` change against the baseline (-0.4 is minus forty per cent).
    """

    label: Label
    source: Text
    scenario: Name
    kpi: Text
    form: Literal["level", "difference", "relative"]
    value: Number
    unit: Text
