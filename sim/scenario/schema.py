"""Walks through the models: which type a key leads to, and which keys stand beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel


class Branch(NamedTuple):
    """One alternative of a union, and the path at which the union stands."""

    union: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Place:
    """Where an error of pydantic stands: the path as a user writes it.

    Attributes:
        path: the keys, without the names pydantic puts in for the alternatives of a union.
        siblings: the keys that exist beside the last one of the path.
        branch: the outermost alternative the error belongs to.
    """

    path: tuple[str, ...]
    siblings: tuple[str, ...]
    branch: Branch | None


def fields_at(model: type[BaseModel], path: Iterable[str]) -> list[str]:
    """Return the field names at a path; none where a mapping has free keys."""
    return _field_names(_types_at(model, path))


def is_table(model: type[BaseModel], path: Iterable[str]) -> bool:
    """Whether a mapping stands at a path, all whose entries are alike."""
    return any(get_origin(kind) is dict for kind in _types_at(model, path))


def _types_at(model: type[BaseModel], path: Iterable[str]) -> list[Any]:
    types: list[Any] = [model]
    for part in path:
        types = [inner for outer in types for inner in _children(outer, part)]
    return types


def locate(model: type[BaseModel], location: Iterable[str | int]) -> Place:
    """Translate the location pydantic gives into the path a user knows."""
    types: list[Any] = [model]
    path: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    branch: Branch | None = None
    for part in map(str, location):
        chosen = [item for item in types if len(types) > 1 and _is_called(item, part)]
        if chosen or part.startswith("tagged-union["):
            types = chosen or types
            branch = branch or Branch(path, part)
        elif part != "[key]":
            siblings = tuple(_field_names(types))
            path = (*path, part)
            types = [inner for outer in types for inner in _children(outer, part)]
    return Place(path, siblings, branch)


def _is_called(kind: Any, name: str) -> bool:
    """Whether pydantic calls an alternative of a union by this name: its class, type or tag.

    A class with a validator of its own is called ``function-after[the_validator(), TheClass]``.
    """
    if not _is_model(kind):
        return name == getattr(get_origin(kind) or kind, "__name__", None)
    if kind.__name__ in (name, name.removesuffix("]").rpartition(" ")[2]):
        return True
    tags = (kind.model_fields[key] for key in ("dist", "kind") if key in kind.model_fields)
    return any(name in get_args(tag.annotation) for tag in tags)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _children(kind: Any, part: str) -> Iterator[Any]:
    """Types that a key leads to, unions taken apart."""
    if _is_model(kind):
        field = kind.model_fields.get(part)
        if field is not None:
            yield from _alternatives(field.annotation)
    elif get_origin(kind) is dict:
        yield from _alternatives(get_args(kind)[1])
    elif get_origin(kind) is tuple:
        yield from _alternatives(get_args(kind)[0])


def _alternatives(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for item in get_args(annotation):
            yield from _alternatives(item)
    elif annotation is not type(None):
        yield annotation


def _field_names(types: Iterable[Any]) -> list[str]:
    return [name for kind in types for name in _names_of(kind)]


def _names_of(kind: Any) -> Iterable[str]:
    """Keys a type allows, if it says which: a model, or a mapping by one of a few words."""
    if _is_model(kind):
        return list(kind.model_fields)
    if get_origin(kind) is dict and get_origin(get_args(kind)[0]) is Literal:
        return get_args(get_args(kind)[0])
    return ()
