"""What people read for the keys in tables: scenarios, KPIs, steps, parties, in one language."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import yaml

from sim.scenario.base import Label
from sim.scenario.scenario import Scenario
from sim.study.settings import Point

Language = Literal["en", "zh"]
Better = Literal["lower", "higher"]


@dataclass(frozen=True)
class Family:
    """KPIs whose keys share a pattern, and thereby a label and a direction."""

    pattern: re.Pattern[str]
    label: Mapping[str, str]
    better: Better | None
    heading: Mapping[str, str] | None


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
        family, match = _family(key)
        return self._filled(family.label, match) if family and match else key

    def heading(self, key: str) -> tuple[str, str]:
        """A table heading for a KPI in two short lines."""
        family, match = _family(key)
        if family is None or match is None or family.heading is None:
            return self.kpi(key), ""
        first, _, second = self._filled(family.heading, match).partition(" | ")
        return first, second

    def _filled(self, template: Mapping[str, str], match: re.Match[str]) -> str:
        parts = {name: self.word(name, found) for name, found in match.groupdict().items()}
        return template[self.language].format(**parts)


def better(key: str) -> Better | None:
    """Which direction of a KPI is an improvement, if one is."""
    family, _ = _family(key)
    return family.better if family else None


def labels_of(points: Sequence[Point], language: Language = "en") -> Labels:
    """Labels for a run: the report's own and those its scenarios bring."""
    words = {
        vocabulary: {key: label[language] for key, label in entries.items()}
        for vocabulary, entries in _content()["words"].items()
    }
    for point in points:
        for vocabulary, key, label in _scenario_labels(point.scenario):
            words.setdefault(vocabulary, {}).setdefault(key, getattr(label, language))
    for point in points:
        _add_staff(words, point.scenario)
    return Labels(language, words, _point_labels(points, words.get("reform", {}), language))


def _scenario_labels(scenario: Scenario) -> Iterable[tuple[str, str, Label]]:
    for name, agency in scenario.agencies.items():
        yield "agency", name, agency.label
    for name, facility in scenario.port.facilities.items():
        yield "pool", name, facility.label
    tariff = scenario.tariff
    for charges in (tariff.fees, tariff.box_fees, tariff.stay_charges):
        for name, charge in charges.items():
            yield "item", name, charge.label
    for name, fee in tariff.fees.items():
        waived = Label(en=f"{fee.label.en}, waived for the payer", zh=f"{fee.label.zh}（免收代付）")
        yield "item", f"{name}_waived", waived
    for name, rate in tariff.conveyance_hours.items():
        yield "item", f"{name}_hours", rate.label
    yield "item", "carrying", tariff.carrying.label
    yield "item", "area", tariff.area.label
    for workflow, spec in scenario.workflows.items():
        for name, step in spec.steps.items():
            yield "step", f"{workflow}.{name}", step.label
    # A bare step name means the consignment's step where a conveyance has one of the same name.
    for spec in sorted(scenario.workflows.values(), key=lambda spec: spec.case == "conveyance"):
        for name, step in spec.steps.items():
            yield "step", name, step.label
    yield from _reform_labels(scenario)


def _reform_labels(scenario: Scenario) -> Iterable[tuple[str, str, Label]]:
    for name, reform in scenario.reforms.items():
        yield "reform", name, reform.label
        for operator in reform.operators:
            if operator.merge:
                yield "step", operator.merge.into, operator.merge.to.label
            if operator.add:
                yield "step", operator.add.step, operator.add.spec.label
            if operator.pool:
                yield "pool", operator.pool.into, operator.pool.label


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
        unique[baseline] = f"{unique[baseline]} {_content()['baseline'][language]}"
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


@cache
def _content() -> dict[str, Any]:
    text = files("sim.report").joinpath("labels.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


@cache
def _families() -> tuple[Family, ...]:
    return tuple(
        Family(_pattern(entry["key"]), entry["label"], entry["better"], entry.get("heading"))
        for entry in _content()["families"]
    )


def _pattern(key: str) -> re.Pattern[str]:
    """Turn ``{group}.visits.mean`` into a pattern; steps and pools may hold a dot."""
    escaped = re.escape(key).replace(r"\{", "{").replace(r"\}", "}")
    return re.compile(re.sub(r"\{(\w+)\}", _placeholder, escaped))


def _placeholder(match: re.Match[str]) -> str:
    name = match.group(1)
    content = ".+" if name in {"step", "pool"} else "[^.]+"
    return f"(?P<{name}>{content})"


def _family(key: str) -> tuple[Family | None, re.Match[str] | None]:
    for family in _families():
        match = family.pattern.fullmatch(key)
        if match:
            return family, match
    return None, None
