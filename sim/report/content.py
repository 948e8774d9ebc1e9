"""The report's own words: ``labels.yaml``, and files beside it for other commands."""

from functools import cache, reduce
from importlib.resources import files
from operator import or_
from typing import Any, cast

import yaml


@cache
def content() -> dict[str, Any]:
    """Words by vocabulary, KPI families, and the mark of the baseline, in every language."""
    found: dict[str, Any] = _read("labels.yaml")
    names = ("catalogue_labels.yaml", "design_labels.yaml", "sensitivity_labels.yaml")
    further = (_read(name) for name in names)
    return {**found, "words": reduce(or_, further, found["words"])}


@cache
def figure_labels() -> list[dict[str, Any]]:
    """Patterns of the dotted keys of figures, each with a label in every language."""
    return cast(list[dict[str, Any]], _read("figure_labels.yaml"))


def _read(name: str) -> Any:
    text = files("sim.report").joinpath(name).read_text(encoding="utf-8")
    return yaml.safe_load(text)
