"""What a scenario says that may change a result, as plain data and as a hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pydantic import BaseModel, JsonValue

from sim.scenario.scenario import Scenario

_WORDS = {"label", "description", "source", "calibrated_to", "assumption", "targets"}
_DIGITS = 16
_PLAIN: object = JsonValue


def fingerprint(*scenarios: Scenario) -> str:
    """Return the start of a SHA-256 of all that scenarios as written say, but for mere words.

    Labels, sources and targets change no result. The order of steps may, so it counts.
    """
    return digest([figures(scenario) for scenario in scenarios])[:_DIGITS]


def digest(data: Any) -> str:
    """Return the SHA-256 of plain data; the order of keys counts."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def figures(content: Any) -> Any:
    """Return what is written in a model, or in a part of one, as plain data without mere words.

    What is left out stays out: operators tell what was written from what was not. Words are fields
    of models; an agency may well be called ``source``.
    """
    if isinstance(content, BaseModel):
        fields = type(content).model_fields
        return {
            name: (_plain if fields[name].annotation is _PLAIN else figures)(value)
            for name, value in content
            if name in content.model_fields_set and name not in _WORDS
        }
    if isinstance(content, Mapping):
        return {str(key): figures(value) for key, value in content.items()}
    if isinstance(content, tuple | list):
        return [figures(item) for item in content]
    return content


def _plain(data: Any) -> Any:
    """Plain data without mere words, which are keys there."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items() if key not in _WORDS}
    return [_plain(item) for item in data] if isinstance(data, list) else data
