"""What people read for the keys in tables: scenarios, KPIs, steps, parties, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.report.content import content
from sim.report.kpi_families import Family, matches
from sim.report.point_labels import capitalised, point_labels, short_labels
from sim.report.scenario_labels import scenario_labels
from sim.scenario.base import Language
from sim.scenario.scenario import Scenario
from sim.study.settings import Point


@dataclass(frozen=True)
class Labels:
    """Labels in one language; an unknown key reads as itself, with blanks."""

    language: Language
    words: Mapping[str, Mapping[str, str]]
    points: Mapping[str, str] = field(default_factory=dict)
    short_points: Mapping[str, str] = field(default_factory=dict)

    def word(self, vocabulary: str, key: str) -> str:
        """Label of a key of one vocabulary."""
        return self.words.get(vocabulary, {}).get(key) or key.replace("_", " ").replace(".", ", ")

    def text(self, key: str, **values: str) -> str:
        """A text of figures and tables, with its gaps filled."""
        return self.word("text", key).format(**values)

    def point(self, name: str) -> str:
        """Label of a scenario of the run."""
        return self.points.get(name, name)

    def short_point(self, name: str) -> str:
        """Label of a scenario where there is little room: only what differs, if that is enough."""
        return self.short_points.get(name, self.point(name))

    def kpi(self, key: str) -> str:
        """Label of a KPI, or the key itself where no family fits."""
        found = self.family(key)
        return self._filled(found[0].label, found[1]) if found else key

    def heading(self, key: str) -> tuple[str, str]:
        """A table heading for a KPI in two short lines."""
        found = self.family(key)
        if found is None or found[0].heading is None:
            return self.kpi(key), ""
        first, _, second = self._filled(found[0].heading, found[1]).partition(" | ")
        return first, second

    def family(self, key: str) -> tuple[Family, Mapping[str, str]] | None:
        """Family of a KPI, and the words in its gaps; what is of streams is of known ones."""
        streams = self.words.get("stream", {})
        return next(
            (
                (family, words)
                for family, words in matches(key)
                if "stream" not in words or words["stream"] in streams
            ),
            None,
        )

    def _filled(self, template: Mapping[str, str], words: Mapping[str, str]) -> str:
        parts = {name: self.word(name, found) for name, found in words.items()}
        return template[self.language].format(**parts)


def labels_of(points: Sequence[Point], language: Language = "en") -> Labels:
    """Labels for a run: the report's own and those its scenarios bring."""
    words = {
        vocabulary: {key: label[language] for key, label in entries.items() if language in label}
        for vocabulary, entries in content()["words"].items()
    }
    for point in points:
        for vocabulary, key, label in scenario_labels(point.scenario):
            words.setdefault(vocabulary, {}).setdefault(key, getattr(label, language))
    for point in points:
        _add_staff(words, point.scenario, ", " if language == "en" else "")
    reforms = words.get("reform", {})
    return Labels(
        language,
        words,
        point_labels(points, reforms, language),
        short_labels(points, reforms, language),
    )


def _add_staff(words: dict[str, dict[str, str]], scenario: Scenario, between: str) -> None:
    pools = words.setdefault("pool", {})
    for agency in scenario.agencies:
        for role, label in words["role"].items():
            name = f"{words['agency'][agency]}{between}{label}"
            pools.setdefault(f"{agency}.{role}", capitalised(name))
