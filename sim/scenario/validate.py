"""From plain data to a scenario, with one clear line for what does not fit."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.errors import InputError, unknown_name
from sim.scenario.references import check_references
from sim.scenario.scenario import Scenario


def build_scenario(data: dict[str, Any]) -> Scenario:
    """Validate plain data as a scenario.

    Raises:
        InputError: one line naming the first key that does not fit, and how many more there are.
    """
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        raise _first_error(error) from error
    check_references(scenario)
    return scenario


def _first_error(error: ValidationError) -> InputError:
    details = sorted(error.errors(), key=lambda detail: detail["type"] != "extra_forbidden")
    first = _explain(details[0])
    more = f" (and {len(details) - 1} more)" if len(details) > 1 else ""
    return InputError(f"{first}{more}")


def _explain(detail: ErrorDetails) -> str:
    path = [part for part in detail["loc"] if not _is_union_branch(part)]
    where = ".".join(map(str, path))
    if detail["type"] == "extra_forbidden":
        allowed = _fields_at(Scenario, list(path[:-1]))
        return str(unknown_name(where, "key", str(path[-1]), allowed))
    if detail["type"] == "missing":
        return f"{where}: missing"
    if detail["type"] == "value_error":
        return f"{where}: {detail['msg'].removeprefix('Value error, ')}"
    given = detail["input"]
    shown = f", given {given!r}" if isinstance(given, str | int | float | bool | None) else ""
    return f"{where}: {detail['msg'][0].lower()}{detail['msg'][1:]}{shown}"


_BRANCHES = {
    "constant", "exponential", "erlang", "lognormal", "uniform", "triangular",
    "Attribute", "StepChange", "PoolChange",
}  # fmt: skip


def _is_union_branch(part: str | int) -> bool:
    return isinstance(part, str) and (part in _BRANCHES or "[" in part)


def _fields_at(model: type[BaseModel], path: list[str | int]) -> list[str]:
    """Field names of the model a path leads to, through mappings, tuples and unions."""
    here: Any = model
    for part in path:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(str(part))
            here = field.annotation if field else None
        else:
            here = _inside(here)
    return _field_names(here)


def _inside(annotation: Any) -> Any:
    """What a mapping or tuple holds."""
    arguments = [item for item in get_args(annotation) if item is not Ellipsis]
    return arguments[-1] if arguments else None


def _field_names(annotation: Any) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return list(annotation.model_fields)
    return [name for part in get_args(annotation) for name in _field_names(part)]
