"""The report's own words: ``labels.yaml`` and, for the catalogue, two files beside it."""

from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml


@cache
def content() -> dict[str, Any]:
    """Words by vocabulary, KPI families, and the mark of the baseline, in every language."""
    found: dict[str, Any] = _read("labels.yaml")
    return {**found, "words": {**found["words"], **_read("catalogue_labels.yaml")}}


@cache
def figure_labels() -> list[dict[str, Any]]:
    """Patterns of the dotted keys of figures, each with a label in every language."""
    return cast(list[dict[str, Any]], _read("figure_labels.yaml"))


def _read(name: str) -> Any:
    text = files("sim.report").joinpath(name).read_text(encoding="utf-8")
    return yaml.safe_load(text)
