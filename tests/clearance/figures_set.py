"""Reforms that set figures of the serial port, written shortly."""

from typing import Any

import pytest

from sim.clearance.parameters import Effect, effect_of
from sim.clearance.validate import check_effect
from sim.scenario.errors import InputError
from tests.builders import (
    ASSUMED,
    LABEL,
    Data,
    reform,
    shipped,
    shipped_data,
)

RANDOM = "agencies.customs.selection.random_share"
RATE = "agencies.customs.selection.rate"
PREMIUM = "tariff.fees.premium"
FEE = {
    "label": LABEL,
    "payer": "trader",
    "amount": 0.02,
    "per": "duty",
    "kinds": ["guarantee"],
    **ASSUMED,
}
WHERE = "reforms.r.operators.0.parameter"
NOBODY = {"share": 0.0, **ASSUMED}
WRITTEN = shipped_data("serial")


def parameter(key: str, **change: Any) -> Data:
    return {"parameter": {"key": key, **change, **ASSUMED}}


def setting(key: str, order: int = 10, **change: Any) -> Data:
    """Return a reform with one figure to set."""
    return reform(parameter(key, **change), order=order)


def effect(**reforms: Data) -> Effect:
    return effect_of(shipped("serial", reforms=reforms))


def values(found: Effect) -> dict[str, tuple[Any, Any]]:
    return {change.key: (change.before, change.after) for change in found.changes}


def refusal(**reforms: Data) -> str:
    with pytest.raises(InputError) as caught:
        check_effect(effect(**reforms))
    return str(caught.value)
