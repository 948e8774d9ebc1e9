"""From plain data to a scenario, with one clear line for what does not fit."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.errors import MisfitError, did_you_mean, unknown_name
from sim.scenario.expectations import expectation
from sim.scenario.references import check_references
from sim.scenario.scenario import Scenario
from sim.scenario.schema import Branch, Place, fields_at, locate

Model = TypeVar("Model", bound=BaseModel)


def build_scenario(data: dict[str, Any]) -> Scenario:
    """Validate plain data as a scenario.

    Raises:
        InputError: one line naming the first key that does not fit, and how many more there are.
    """
    scenario = validated(Scenario, data)
    check_references(scenario)
    return scenario


def validated(model: type[Model], data: dict[str, Any], where: str = "") -> Model:
    """Validate plain data as a model; ``where`` is the key the data stands under.

    Raises:
        MisfitError: one line naming the first key that does not fit, and how many more there are.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [_Misfit(detail, locate(model, detail["loc"])) for detail in error.errors()]
        misfits = [misfit for misfit in found if not _is_consequence(misfit, found)]
        raise _first_error(_of_likely_branches(misfits), where) from error


def check_keys(model: type[BaseModel], part: object, path: tuple[str, ...] = ()) -> None:
    """Check that plain data has only keys that a model knows, where something may be missing.

    Args:
        model: what the data is to become part of.
        part: the data at a path.
        path: the keys that lead to it.

    Raises:
        MisfitError: one line naming the first key that is not known.
    """
    if isinstance(part, list):
        for number, item in enumerate(part):
            check_keys(model, item, (*path, str(number)))
    elif isinstance(part, dict):
        allowed = fields_at(model, path)
        for key, item in part.items():
            inside = (*path, str(key))
            if allowed and key not in allowed:
                error = unknown_name(".".join(inside), "key", str(key), allowed)
                raise MisfitError(str(error), inside)
            check_keys(model, item, inside)


@dataclass(frozen=True)
class _Misfit:
    detail: ErrorDetails
    place: Place


def _is_consequence(misfit: _Misfit, found: Sequence[_Misfit]) -> bool:
    """Whether a list is called too short only because its items do not fit."""
    path = misfit.place.path
    return misfit.detail["type"] == "too_short" and any(
        len(other.place.path) > len(path) and other.place.path[: len(path)] == path
        for other in found
    )


def _of_likely_branches(misfits: Sequence[_Misfit]) -> list[_Misfit]:
    """Keep, of every union, the misfits of the branch with the fewest, the one probably meant."""
    weights = Counter[Branch | None]()
    for misfit in misfits:
        weights[misfit.place.branch] += _weight(misfit.detail)
    least: dict[tuple[str, ...], int] = {}
    for branch, weight in weights.items():
        if branch:
            least[branch.union] = min(weight, least.get(branch.union, weight))
    return [
        misfit
        for misfit in misfits
        if (branch := misfit.place.branch) is None or weights[branch] == least[branch.union]
    ]


def _weight(detail: ErrorDetails) -> int:
    """Let a key that is not there speak a little louder against a branch than a wrong value."""
    return 11 if detail["type"] in ("missing", "union_tag_not_found") else 10


def _first_error(misfits: Sequence[_Misfit], where: str) -> MisfitError:
    ranked = sorted(misfits, key=lambda misfit: misfit.detail["type"] != "extra_forbidden")
    first = ranked[0]
    same_place = [misfit for misfit in ranked if misfit.place.path == first.place.path]
    others = len({misfit.place.path for misfit in ranked}) - 1
    allowed = {name for misfit in same_place for name in misfit.place.siblings}
    path = (where, *first.place.path) if where else first.place.path
    more = f" (and {others} more)" if others else ""
    return MisfitError(f"{_explain(first.detail, path, allowed)}{more}", first.place.path)


def _explain(detail: ErrorDetails, path: tuple[str, ...], allowed: set[str]) -> str:
    where = ".".join(path)
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            return str(unknown_name(where, "key", path[-1], allowed))
        case "missing":
            return f"{where}: missing"
        case "union_tag_not_found":
            return f"{where}.{context['discriminator'].strip(chr(39))}: missing"
        case "union_tag_invalid":
            tags = [tag.strip(" '") for tag in context["expected_tags"].split(",")]
            key = context["discriminator"].strip("'")
            return str(unknown_name(f"{where}.{key}", key, context["tag"], tags))
        case "value_error":
            return f"{where}: {detail['msg'].removeprefix('Value error, ')}"
    given = detail["input"]
    expected = re.findall("'([^']+)'", context.get("expected", ""))
    hint = did_you_mean(given, expected) if isinstance(given, str) else ""
    shown = f", given {given!r}" if isinstance(given, str | int | float | bool | None) else ""
    return f"{where}: {expectation(detail)}{shown}{hint}"
