"""Published figures that a run lays beside its own."""

from typing import Literal

from sim.scenario.base import Label, Name, Number, Strict, Text


class Target(Strict):
    """A figure a document states, and the KPI of a scenario that answers to it.

    ``form`` says how the KPI becomes comparable: its ``level``, its ``difference`` to the
    baseline, or its ``relative`` change against the baseline (-0.4 is minus forty per cent).
    ``role`` says what agreement means: the figure was put in (so it shows that the model does what
    it was told), the model was calibrated to it, or it is an outcome that tests the model. A
    ``goal`` tests nothing: it is what a document wants reforms to reach, so that the scenario it
    names is compared with it only where reforms are in force, under whatever name that runs.
    """

    label: Label
    source: Text
    scenario: Name
    kpi: Text
    role: Literal["input", "calibrated", "outcome", "goal"]
    form: Literal["level", "difference", "relative"]
    value: Number
    unit: Text
