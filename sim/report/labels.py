"""What people read for the keys in tables: scenarios, KPIs, steps, parties, in one language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sim.report.content import content
from sim.report.kpi_families import Family, matches
from sim.report.scenario_labels import scenario_labels
from sim.scenario.scenario import Scenario
from sim.study.settings import Point

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class Labels:
    """Labels in one language; an unknown key reads as itself, with blanks."""

    language: Language
    words: Mapping[str, Mapping[str, str]]
    points: Mapping[str, str] = field(default_factory=dict)

    def word(self, vocabulary: str, key: str) -> str:
        """Label of a key of one vocabulary."""
        return self.words.get(vocabulary, {}).get(key) or key.replace("_", " ").replace(".", ", ")

    def text(self, key: str, **values: str) -> str:
        """A text of figures and tables, with its gaps filled."""
        return self.word("text", key).format(**values)

    def point(self, name: str) -> str:
        """Label of a scenario of the run."""
        return self.points.get(name, name)

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
        vocabulary: {key: label[language] for key, label in entries.items()}
        for vocabulary, entries in content()["words"].items()
    }
    for point in points:
        for vocabulary, key, label in scenario_labels(point.scenario):
            words.setdefault(vocabulary, {}).setdefault(key, getattr(label, language))
    for point in points:
        _add_staff(words, point.scenario)
    return Labels(language, words, _point_labels(points, words.get("reform", {}), language))


def _add_staff(words: dict[str, dict[str, str]], scenario: Scenario) -> None:
    pools = words.setdefault("pool", {})
    for agency in scenario.agencies:
        for role, label in words["role"].items():
            pools.setdefault(f"{agency}.{role}", _capital(f"{words['agency'][agency]}, {label}"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _point_labels(
    points: Sequence[Point], reforms: Mapping[str, str], language: Language
) -> dict[str, str]:
    """Labels of scenarios; those of one label say what else differs, by their names in the run."""
    labels = {point.name: str(getattr(point.scenario.label, language)) for point in points}
    uses = Counter(labels.values())
    longer = {
        name: ", ".join([label, *_differences(name, reforms)]) if uses[label] > 1 else label
        for name, label in labels.items()
    }
    uses = Counter(longer.values())
    unique = {name: label if uses[label] == 1 else name for name, label in longer.items()}
    if len(points) > 1:
        baseline = points[0].name
        unique[baseline] = f"{unique[baseline]} {content()['baseline'][language]}"
    return unique


def _differences(name: str, reforms: Mapping[str, str]) -> Iterable[str]:
    """Readable words of a name such as ``serial+single_window,agencies.customs.examiners=4``."""
    first, *words = name.split(",")
    added = first.split("+")[1:]
    if added:
        yield " + ".join(reforms.get(reform, reform) for reform in added)
    for word in words:
        key, _, value = word.partition("=")
        if key == "reforms":
            yield " + ".join(reforms.get(reform, reform) for reform in value.split("+"))
        else:
            short = " ".join(key.strip().split(".")[-2:]).replace("_", " ")
            yield f"{short} {value}".strip()
