"""What was simulated, as text: the baseline in full, the others by what differs."""

from typing import Any

import yaml

from sim.scenario.scenario import Scenario

_NAMING = ("name", "label", "description", "baseline")


def as_yaml(content: dict[str, Any]) -> str:
    """Plain data as YAML that people can read."""
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def full(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data."""
    return scenario.model_dump(mode="json", exclude_unset=True)


def differences(base: Scenario, other: Scenario) -> dict[str, Any]:
    """What a scenario has that the baseline has not; reforms by name alone."""
    before, after = full(base), full(other)
    for content in (before, after):
        content["reforms"] = dict.fromkeys(content.get("reforms", {}), "in force")
        for key in _NAMING:
            content.pop(key, None)
    return _unlike(before, after)


def _unlike(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            inner = _unlike(old, value)
            if inner:
                changed[key] = inner
        elif value != old:
            changed[key] = value
    changed.update({key: "not in force" for key in before if key not in after})
    return changed
