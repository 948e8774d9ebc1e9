"""Labels of the scenarios of a run, told apart where they share one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sim.report.content import content
from sim.scenario.base import Language
from sim.study.settings import Point

_OF_CONTRIBUTIONS = {"to": "up_to", "without": "without"}


def point_labels(
    points: Sequence[Point], reforms: Mapping[str, str], language: Language
) -> dict[str, str]:
    """Labels of scenarios; those of one label say what else differs, by their names in the run."""
    labels = {point.name: str(getattr(point.scenario.label, language)) for point in points}
    uses = Counter(labels.values())
    differences = {name: _differences(name, reforms, language) for name in labels}
    longer = {
        name: label if uses[label] == 1 else ", ".join([label, *differences[name]])
        for name, label in labels.items()
    }
    uses = Counter(longer.values())
    unique = {name: label if uses[label] == 1 else name for name, label in longer.items()}
    if len(points) > 1:
        baseline = points[0].name
        unique[baseline] = content()["baseline"][language].format(label=unique[baseline])
    return unique


def short_labels(
    points: Sequence[Point], reforms: Mapping[str, str], language: Language
) -> dict[str, str]:
    """What differs, for scenarios that share their label with others; not for the baseline."""
    uses = Counter(getattr(point.scenario.label, language) for point in points)
    shared = [
        point.name for point in points[1:] if uses[getattr(point.scenario.label, language)] > 1
    ]
    short = {name: capitalised(", ".join(_differences(name, reforms, language))) for name in shared}
    texts = list(short.values())
    return {name: text for name, text in short.items() if text and texts.count(text) == 1}


def capitalised(text: str) -> str:
    """The text with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]


def _differences(name: str, reforms: Mapping[str, str], language: Language) -> Iterable[str]:
    """Readable words of a name such as ``serial+single_window,agencies.customs.examiners=4``."""
    first, *words = name.split(",")
    added = first.split("+")[1:]
    if added:
        yield " + ".join(reforms.get(reform, reform) for reform in added)
    for word in words:
        key, _, value = word.partition("=")
        if key == "reforms":
            yield " + ".join(reforms.get(reform, reform) for reform in value.split("+"))
        elif key in _OF_CONTRIBUTIONS:
            text = content()["words"]["text"][_OF_CONTRIBUTIONS[key]][language]
            yield text.format(reform=reforms.get(value, value))
        else:
            place = " ".join(key.strip().split(".")[-2:]).replace("_", " ")
            yield f"{place} {value}".strip()
