"""The report's own words: ``labels.yaml`` beside this file."""

from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import yaml

Language = Literal["en", "zh"]


@cache
def content() -> dict[str, Any]:
    """Words by vocabulary, KPI families, and the mark of the baseline, in every language."""
    text = files("sim.report").joinpath("labels.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
