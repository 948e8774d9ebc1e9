"""Values of the reform language in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from sim.report.catalogue.markdown import code
from sim.report.catalogue.wording import Wording
from sim.report.numbers import percent
from sim.scenario.base import Label
from sim.scenario.change import StepFactors
from sim.scenario.duration import DurationFamily
from sim.scenario.workflow import Attribute

_PROVENANCE = {"source", "calibrated_to", "assumption"}
_POOLS = {"uses", "by_appointment", "takes", "returns"}


def changes_in_words(
    change: BaseModel,
    wording: Wording,
    workflows: Sequence[str],
    without: frozenset[str] = frozenset(),
) -> str:
    """What an operator gives to a step or a pool, field by field, but for some fields."""
    return wording.say("semicolon").join(
        text
        for name in _given(change, without)
        for text in _change(name, getattr(change, name), wording, workflows)
    )


def factors_in_words(factors: StepFactors, wording: Wording) -> Iterator[str]:
    """``work multiplied by 0.85``, for each factor."""
    for name in _given(factors):
        yield _relation("change_times", name, getattr(factors, name), wording)


def _given(block: BaseModel, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Fields that are given, but for the provenance, in the order of the language."""
    given = block.model_fields_set - _PROVENANCE - without
    yield from (name for name in type(block).model_fields if name in given)


def _change(name: str, value: Any, wording: Wording, workflows: Sequence[str]) -> Iterator[str]:
    match name:
        case "times":
            yield from factors_in_words(value, wording)
        case "at_most":
            for field, limit in value.items():
                yield _relation("change_at_most", field, limit, wording)
        case _:
            text = in_words(name, value, wording, workflows)
            yield wording.say("change", field=wording.word("field", name), value=text)


def _relation(key: str, field: str, number: float, wording: Wording) -> str:
    return wording.say(key, field=wording.word("field", field), number=f"{number:g}")


def in_words(field: str, value: Any, wording: Wording, workflows: Sequence[str]) -> str:
    """The value of a field."""
    match value:
        case Label():
            text = wording.of(value)
        case Attribute():
            text = wording.say("as_conveyance")
        case DurationFamily():
            text = distribution_in_words(value, wording)
        case BaseModel():
            text = changes_in_words(value, wording, workflows)
        case Mapping() | tuple() if value:
            text = wording.joined(_parts(field, value, wording, workflows))
        case str():
            text = wording.word(field, value) if wording.knows(field, value) else code(value)
        case int() | float():
            text = percent(value) if field == "probability" else f"{value:g}"
        case _:
            text = wording.say("nothing")
    return text


def distribution_in_words(distribution: DurationFamily, wording: Wording) -> str:
    """``lognormal, mean 2 h, coefficient of variation 0.5``."""
    numbers = {
        name: f"{value:g}"
        for name in type(distribution).model_fields
        if isinstance(value := getattr(distribution, name), int | float)
    }
    return wording.word("distribution", distribution.dist).format(**numbers)


def condition_in_words(condition: str, wording: Wording) -> str:
    """``dutiable goods`` or ``not dutiable goods``."""
    flag = wording.word("flag", condition.removeprefix("not "))
    return wording.say("not", condition=flag) if condition.startswith("not ") else flag


def _parts(
    field: str,
    value: Mapping[str, Any] | tuple[Any, ...],
    wording: Wording,
    workflows: Sequence[str],
) -> Iterator[str]:
    """Entries of a table, or items of a list."""
    if isinstance(value, Mapping):
        for key, number in value.items():
            yield f"{wording.word('pool', key) if field in _POOLS else code(key)} {number}"
        return
    for item in value:
        match field:
            case "when":
                yield condition_in_words(item, wording)
            case "milestones":
                yield wording.word("milestone", item)
            case "needs":
                yield wording.step(item, workflows)
            case "examines":
                yield wording.word("agency", item)
            case _:
                yield code(str(item))
