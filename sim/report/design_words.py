"""What people read for the factors of a design and their values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

from pydantic import JsonValue

from sim.report.catalogue.figure_names import known_name
from sim.report.catalogue.wording import Wording
from sim.report.labels import Labels, labels_of
from sim.report.numbers import MISSING, amount, number
from sim.report.point_labels import capitalised
from sim.scenario.base import Language
from sim.scenario.design import Design, Factor
from sim.study.design.levels import is_number
from sim.study.design.sweep import Sweep
from sim.study.settings import Point

_PARTS = ("factor", "field")
_NAMED = ("scenario", "reform", "hours", "agency", "entry")
_EXPLANATION = re.compile(r"(, |（).*")


@dataclass(frozen=True)
class DesignWords:
    """Words for a design in one language."""

    design: Design
    labels: Labels

    def text(self, key: str, **values: str) -> str:
        """A text of the figures, with its gaps filled."""
        return self.labels.word("design", key).format(**values)

    def factor(self, factor: Factor) -> str:
        """What a factor is called, with its unit."""
        label = factor.label
        name = getattr(label, self.labels.language) if label else self._of_key(factor.key)
        return f"{name} ({factor.unit})" if factor.unit else name

    def _of_key(self, key: str) -> str:
        known = known_name(key, Wording(self.labels, {}))
        return capitalised(known or self._end_of_key(key))

    def _end_of_key(self, key: str) -> str:
        """The end of a key in words; labels of the agency or the reform it is of, where known."""
        place, *parts = key.split(".")
        kinds = {"agencies": ("agency", "role"), "reforms": ("reform",)}.get(place, ())
        words = [self.labels.word(kind, part) for kind, part in zip(kinds, parts, strict=False)]
        rest = (parts[len(words) :] or [place] * (not parts))[-2:]
        return self.text("comma").join([*words, *map(self._part, rest)])

    def _part(self, part: str) -> str:
        return self._labelled(part, _PARTS)

    def level(self, values: Sequence[JsonValue]) -> str:
        """A value, or the ends of a range."""
        return MISSING.join(map(self.value, values))

    def value(self, value: JsonValue) -> str:
        """A value of a factor as people read it."""
        if isinstance(value, bool):
            return self.text("in_force" if value else "not_in_force")
        if is_number(value):
            return f"{value:.3g}" if isinstance(value, float) else str(value)
        if isinstance(value, list):
            return " + ".join(map(self.value, value)) or self.text("none")
        if isinstance(value, Mapping):
            parts = (f"{self._briefly(key)} {self.value(part)}" for key, part in value.items())
            return self.text("comma").join(parts)
        return self._name(str(value))

    def _name(self, value: str) -> str:
        """An option, or a word of the scenario, by its label where it has one."""
        return self._labelled(value, _NAMED)

    def _labelled(self, key: str, vocabularies: Sequence[str]) -> str:
        """Label of a key in the first vocabulary that has it, or the key with blanks."""
        known = (self.labels.words.get(name, {}).get(key) for name in vocabularies)
        return next(filter(None, known), key.replace("_", " "))

    def _briefly(self, key: str) -> str:
        """A key of a roster or of other data: of its label what goes before an explanation."""
        return _EXPLANATION.sub("", self._name(key))

    def values(self, values: Sequence[JsonValue]) -> str:
        """Factors and values of a point on one line."""
        pairs = zip(self.design.factors, values, strict=True)
        return "; ".join(f"{self.factor(factor)}: {self.value(value)}" for factor, value in pairs)


def design_words(sweep: Sweep, language: Language) -> DesignWords:
    """Words for a design, with the labels that its scenarios bring."""
    points = [point.point for point in sweep.points if point.point]
    alike: dict[tuple[str, ...], Point] = {}
    for point in points:
        alike.setdefault(tuple(point.written.reforms), point)
    labels = labels_of(list(alike.values()), language)
    scenarios = (point.written for point in points)
    named = {one.name: getattr(one.label, language) for one in scenarios}
    words = {**labels.words, "scenario": named}
    return DesignWords(sweep.run.design, replace(labels, words=words))


def with_half_width(mean: float, low: float, high: float, unit: str, digits: int) -> str:
    """``123.4 ±2.1``; shares in per cent."""
    scale = 100 if unit == "1" else 1
    half = (high - low) / 2 * scale
    text = amount(mean, unit, digits)
    return text if isnan(half) else f"{text} ±{number(half, digits)}"
