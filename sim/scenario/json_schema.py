"""JSON schemas of files that users write, for completion and checks in an editor."""

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import CoreSchema

from sim.scenario.design import Design, Factor
from sim.scenario.ranges import Ranges
from sim.scenario.reform import Operator, Reform, SetStep
from sim.scenario.scenario import Scenario

_PROVENANCE = ("source", "calibrated_to", "assumption")
_ALWAYS_WRITTEN = ("name", "label", "description")


def reform_schema() -> dict[str, Any]:
    """Return the schema of a reform file: a whole reform, figures with their provenance."""
    schema = _schema_of(Reform, _whole)
    operator = schema["$defs"][Operator.__name__]
    operator["oneOf"] = [{"required": [name]} for name in operator["properties"] if name != "only"]
    schema["$defs"][SetStep.__name__]["oneOf"] = [{"required": [key]} for key in ("step", "steps")]
    return schema


def scenario_schema(groups: Iterable[str]) -> dict[str, Any]:
    """Return the schema of a scenario file: what it lays onto the options it chooses.

    It holds only what differs, so that what a scenario needs may be missing from it.

    Args:
        groups: those that its defaults may choose options of.
    """
    schema = _schema_of(Scenario, _in_part)
    options = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    choice = {
        "description": "Options of a group, in the place of those in configs/config.yaml.",
        "type": "object",
        "properties": {f"override /{group}": options for group in sorted(groups)},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    schema["properties"] = {"defaults": {"type": "array", "items": choice}, **schema["properties"]}
    schema["required"] = list(_ALWAYS_WRITTEN)
    return schema


def design_schema() -> dict[str, Any]:
    """Return the schema of the file of a design."""
    return _schema_of(Design, _unchanged)


def factors_schema() -> dict[str, Any]:
    """Return the schema of a file of factors for a sensitivity study, each with its two ends."""
    schema = _schema_of(Ranges, _unchanged)
    factor = schema["$defs"][Factor.__name__]
    factor["required"] += ["low", "high"]
    del factor["properties"]["values"]
    return schema


class _Generator(GenerateJsonSchema):
    """Leaves out titles that only repeat the key."""

    def field_title_should_be_set(self, schema: CoreSchema) -> bool:
        return False


def _schema_of(model: type[BaseModel], change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    schema = model.model_json_schema(schema_generator=_Generator)
    for part in _parts(schema):
        if "patternProperties" in part:
            part["additionalProperties"] = False
        if isinstance(part.get("description"), str):
            part["description"] = " ".join(part["description"].replace("``", "`").split())
        change(part)
    return {"$schema": _Generator.schema_dialect, **schema}


def _unchanged(part: dict[str, Any]) -> None:
    """Leave a part as it is."""


def _whole(part: dict[str, Any]) -> None:
    """Ask for the provenance of figures that need one."""
    if set(_PROVENANCE) <= part.get("properties", {}).keys():
        *named, assumption = _PROVENANCE
        is_assumed = {"required": [assumption], "properties": {assumption: {"const": True}}}
        part["anyOf"] = [*({"required": [name]} for name in named), is_assumed]


def _in_part(part: dict[str, Any]) -> None:
    """Ask for nothing; without what tells them apart, several alternatives may fit."""
    part.pop("required", None)
    part.pop("discriminator", None)
    if "oneOf" in part:
        part["anyOf"] = part.pop("oneOf")


def _parts(value: Any) -> list[dict[str, Any]]:
    """All schemas in a schema, itself included."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [part for item in inside for part in _parts(item)]
    return [value, *found] if isinstance(value, dict) else found
