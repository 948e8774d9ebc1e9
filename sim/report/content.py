"""The report's own words: ``labels.yaml`` and, for the catalogue, another file beside this one."""

from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml


@cache
def content() -> dict[str, Any]:
    """Words by vocabulary, KPI families, and the mark of the baseline, in every language."""
    found = _read("labels.yaml")
    return {**found, "words": {**found["words"], **_read("catalogue_labels.yaml")}}


def _read(name: str) -> dict[str, Any]:
    text = files("sim.report").joinpath(name).read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
