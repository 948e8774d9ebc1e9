"""KPIs whose keys share a pattern: their labels, and which direction is an improvement."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal

from sim.report.content import content

Better = Literal["lower", "higher"]


@dataclass(frozen=True)
class Family:
    """KPIs whose keys share a pattern, and thereby a label and a direction."""

    pattern: re.Pattern[str]
    label: Mapping[str, str]
    better: Better | None
    heading: Mapping[str, str] | None


def matches(key: str) -> Iterator[tuple[Family, Mapping[str, str]]]:
    """Families that a key may belong to, the likeliest first, with the words in its gaps."""
    for family in _families():
        match = family.pattern.fullmatch(key)
        if match:
            yield family, match.groupdict()


def better(key: str) -> Better | None:
    """Which direction of a KPI is an improvement, if one is."""
    return next((family.better for family, _ in matches(key)), None)


def known_keys() -> list[str]:
    """Keys of KPIs whose gaps are all filled by words of the report, not by those of a scenario."""
    found = []
    for entry in content()["families"]:
        gaps = re.findall(r"{(\w+)}", entry["key"])
        known = [content()["words"].get(gap, {}) for gap in gaps]
        filled = (dict(zip(gaps, words, strict=True)) for words in product(*known))
        found += [entry["key"].format(**words) for words in filled]
    return found


@cache
def _families() -> tuple[Family, ...]:
    return tuple(
        Family(pattern_of(entry["key"]), entry["label"], entry["better"], entry.get("heading"))
        for entry in content()["families"]
    )


def pattern_of(key: str) -> re.Pattern[str]:
    """Turn ``{group}.visits.mean`` into a pattern; steps and pools may hold a dot."""
    escaped = re.escape(key).replace(r"\{", "{").replace(r"\}", "}")
    return re.compile(re.sub(r"\{(\w+)\}", _placeholder, escaped))


def _placeholder(match: re.Match[str]) -> str:
    name = match.group(1)
    inner = ".+" if name in {"step", "pool"} else "[^.]+"
    return f"(?P<{name}>{inner})"
