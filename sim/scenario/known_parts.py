"""Reading scenarios that differ in little: what is the same is not validated again."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def with_known_parts(data: Any, known: Any, model: Any) -> Any:
    """Return plain data in which parts that are known stand as the models they became.

    Args:
        data: plain data, some of whose parts are the very objects that are in ``known``.
        known: plain data that has been validated.
        model: what it became.
    """
    if isinstance(model, BaseModel):
        if data is known:
            return model
        parts = {name: getattr(model, name) for name in model.model_fields_set}
        return _each(data, known, parts)
    if isinstance(model, dict):
        return _each(data, known, model)
    if data is known and isinstance(model, tuple) and all(_is_model(item) for item in model):
        return model
    return data


def _each(data: Any, known: Any, parts: Mapping[str, Any]) -> Any:
    if not isinstance(data, Mapping) or not isinstance(known, Mapping):
        return data
    return {
        key: with_known_parts(item, known.get(key), parts.get(key)) for key, item in data.items()
    }


def _is_model(item: object) -> bool:
    return isinstance(item, BaseModel)
