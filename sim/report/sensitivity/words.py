"""What people read for the figures that a sensitivity study moves."""

from dataclasses import dataclass

import pandas as pd

from sim.report.catalogue.figure_names import known_name
from sim.report.catalogue.wording import Wording
from sim.report.labels import Labels, labels_of
from sim.report.numbers import PERCENT_POINTS
from sim.report.point_labels import capitalised
from sim.scenario.base import Language
from sim.scenario.ranges import Ranges
from sim.study.sensitivity.sensitivity_runner import Sensitivity


@dataclass(frozen=True)
class SensitivityWords:
    """Words in one language; ``ranges`` is the file that figures are from, if any."""

    labels: Labels
    ranges: Ranges | None

    def text(self, key: str, **values: str) -> str:
        """A text of the figures, with its gaps filled."""
        return self.labels.word("sensitivity", key).format(**values)

    def figure(self, key: str) -> str:
        """What a figure is called: in its file, by its kind, or else by its key."""
        for factor in self.ranges.factors if self.ranges else ():
            if factor.key == key and factor.label:
                name = getattr(factor.label, self.labels.language)
                return f"{name} ({factor.unit})" if factor.unit else name
        return capitalised(known_name(key, Wording(self.labels, {})) or self._of_key(key))

    def _of_key(self, key: str) -> str:
        head, *rest = key.split(".")
        reform = self.labels.word("reform", rest[0]) if head == "reforms" and rest else ""
        parts = [reform, *rest[1:]] if reform else [head, *rest]
        return " ".join(part.replace("_", " ") for part in parts)

    def move(self, figure: str, end: str, value: str) -> str:
        """A figure and what it was moved to; nothing moved is as written."""
        if not figure:
            return self.text("as_written")
        to = "" if is_several(value) else f" ({value})"
        return f"{self.figure(figure)} {self.text(end)}{to}"

    def ends(self, rows: pd.DataFrame) -> dict[str, str]:
        """What the ends of a figure are called: values, or down and up of several numbers."""
        if rows["value"].map(is_several).any():
            return {end: self.text(end) for end in rows["end"]}
        return dict(zip(rows["end"], rows["value"], strict=True))

    def difference_unit(self, unit: str) -> str:
        """Unit of a difference; shares differ by percentage points."""
        return PERCENT_POINTS if unit == "1" else self.labels.word("unit", unit)


def sensitivity_words(
    found: Sensitivity, ranges: Ranges | None, language: Language
) -> SensitivityWords:
    """Words for a study, with the labels that its scenarios bring."""
    starts = [plan.start for plan in found.question.plans]
    return SensitivityWords(labels_of(starts, language), ranges)


def counted(number: int, what: str) -> str:
    """``1 move``, ``2 moves``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def is_several(value: str) -> bool:
    """Whether what a figure was moved to is several numbers, as rates by tier."""
    return " " in value


def scale_of(unit: str) -> float:
    """What values are multiplied with to be shown."""
    return 100.0 if unit == "1" else 1.0
