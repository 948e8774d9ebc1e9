"""What figures of a scenario are called, and what values they are given, in words."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from sim.report.catalogue.markdown import code
from sim.report.catalogue.wording import Wording
from sim.report.content import figure_labels
from sim.report.kpi_families import pattern_of

_LABELLED = ("hours", "agency", "payer", "entry")


def figure_name(key: str, wording: Wording) -> str:
    """Label of what stands at a dotted key, or the key itself where none is known."""
    return known_name(key, wording) or code(key)


def known_name(key: str, wording: Wording) -> str | None:
    """Label of what stands at a dotted key, where one is known."""
    for pattern, label in _patterns():
        match = pattern.fullmatch(key)
        if match and all(wording.knows(*gap) for gap in match.groupdict().items()):
            gaps = {name: wording.word(name, found) for name, found in match.groupdict().items()}
            return str(label[wording.labels.language].format(**gaps))
    return None


def figure_of_reform(key: str, reform: str, wording: Wording) -> str:
    """``sentence 4: papers`` for a key below a reform, its sentence being its operator."""
    parts = key.removeprefix(f"reforms.{reform}.").split(".")
    if parts[0] != "operators":
        return wording.say(parts[0])
    words = [wording.word("field", part) for part in parts[2:] if wording.knows("field", part)]
    sentence = str(int(parts[1]) + 1)
    return wording.say("of_sentence", sentence=sentence, field=wording.joined(words))


def value_in_words(value: Any, wording: Wording) -> str:
    """Plain data that a figure is set to."""
    match value:
        case bool():
            text = wording.say("yes" if value else "no")
        case int() | float():
            text = f"{value:.6g}"
        case str():
            known = (name for name in _LABELLED if wording.knows(name, value))
            vocabulary = next(known, None)
            text = wording.word(vocabulary, value) if vocabulary else code(value)
        case Mapping():
            parts = {key: part for key, part in value.items() if key not in ("assumption", "label")}
            text = wording.joined(
                f"{wording.word('entry', key)} {value_in_words(part, wording)}"
                for key, part in parts.items()
            )
        case list():
            text = wording.joined(value_in_words(part, wording) for part in value)
        case _:
            text = wording.say("nothing")
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    return tuple((pattern_of(entry["key"]), entry["label"]) for entry in figure_labels())
