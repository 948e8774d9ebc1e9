"""YAML without its traps: duplicate keys and values that YAML 1.1 silently turns into others."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from sim.scenario.errors import InputError

_SEXAGESIMAL = re.compile(r"^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$")
_OCTAL = re.compile(r"^[-+]?0\d+$")
_SWITCH = re.compile(r"^(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$")
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}")

MOST_VALUES = 100_000

# Reading with libyaml takes a tenth of the time; it marks a plain scalar by '' and not by None.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Base):  # type: ignore[misc]
    """A safe loader that refuses what it would otherwise guess."""


class _RefusedNodeError(Exception):
    """What is wrong with a node."""

    def __init__(self, node: yaml.Node, why: str) -> None:
        super().__init__(why)
        self.line = node.start_mark.line + 1


def _trap(text: str) -> str | None:
    """Say what YAML 1.1 would make of a plain scalar, if not what it looks like."""
    if _SEXAGESIMAL.match(text):
        return "a number in base sixty"
    if _OCTAL.match(text):
        return "a number in base eight"
    if _SWITCH.match(text):
        return "true or false"
    if _DATE.match(text):
        return "a date"
    return None


def _construct_scalar(loader: Any, node: yaml.Node) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        raise _RefusedNodeError(node, "a single value is expected")
    if not node.style:
        meaning = _trap(node.value)
        if meaning:
            raise _RefusedNodeError(
                node, f'{node.value} would be read as {meaning}; write "{node.value}"'
            )
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    try:
        match kind:
            case "bool":
                return loader.construct_yaml_bool(node)
            case "int":
                return loader.construct_yaml_int(node)
            case "float":
                return loader.construct_yaml_float(node)
            case "null":
                return None
    except (ValueError, KeyError, IndexError) as error:
        raise _RefusedNodeError(node, f"'{node.value}' is no {kind}") from error
    return loader.construct_scalar(node)


def _construct_mapping(loader: Any, node: yaml.Node) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    if not isinstance(node, yaml.MappingNode):
        raise _RefusedNodeError(node, "a mapping of keys is expected")
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _RefusedNodeError(key_node, "a key is a single word, not a list or mapping")
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise _RefusedNodeError(key_node, f"key '{key}' is given twice")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _construct_list(loader: Any, node: yaml.Node) -> list[Any]:
    if not isinstance(node, yaml.SequenceNode):
        raise _RefusedNodeError(node, "a list is expected")
    return [loader.construct_object(item, deep=True) for item in node.value]


def _refuse_tag(loader: Any, node: yaml.Node) -> Any:
    raise _RefusedNodeError(
        node, f"the tag '{node.tag.replace('tag:yaml.org,2002:', '!!')}' is not used here"
    )


for _tag in ("bool", "int", "float", "null", "str", "timestamp"):
    _StrictLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _construct_scalar)
for _tag in ("binary", "omap", "pairs", "set", "merge", "value"):
    _StrictLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _refuse_tag)
_StrictLoader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:seq", _construct_list)
_StrictLoader.add_constructor(None, _refuse_tag)


def read_yaml(text: str, name: str) -> dict[str, Any]:
    """Parse a YAML mapping.

    Args:
        text: the YAML.
        name: what to call it in an error, usually its path.

    Raises:
        InputError: no valid YAML, no mapping, a key given twice, or a value YAML 1.1 misreads.
    """
    try:
        content = yaml.load(text, _StrictLoader)
    except _RefusedNodeError as refusal:
        raise InputError(f"{name}:{refusal.line}: {refusal}") from refusal
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{name}:{line}: {_one_line(error)}") from error
    except yaml.YAMLError as error:
        raise InputError(f"{name}: {' '.join(str(error).split())}") from error
    except UnicodeError as error:
        raise InputError(f"{name}: no valid text") from error
    except RecursionError as error:
        raise InputError(f"{name}: nested too deeply") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise InputError(f"{name}:1: a mapping of keys is expected")
    if _size(content, {}) > MOST_VALUES:
        raise InputError(f"{name}: more than {MOST_VALUES} values, counting what aliases repeat")
    return content


def line_at(text: str, path: Sequence[str]) -> int:
    """Return the line of a key or of an item of a list, or of what is nearest above it.

    Args:
        text: YAML that ``read_yaml`` accepts.
        path: the keys that lead there; of a list, the position of the item.
    """
    node, line = yaml.compose(text, _Base), 1
    for part in path:
        children = {name: (mark, child) for name, mark, child in _children(node)}
        if part not in children:
            break
        line, node = children[part]
    return line


def _children(node: yaml.Node | None) -> Iterator[tuple[str, int, yaml.Node]]:
    """Key, line and value of what a mapping or a list holds."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield str(number), item.start_mark.line + 1, item


def _size(value: Any, known: dict[int, int]) -> int:
    """Number of values, those an alias repeats counted each time."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        items = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_size(item, known) for item in items)
    return known[id(value)]


def _one_line(error: yaml.MarkedYAMLError) -> str:
    return ", ".join(part for part in (error.context, error.problem) if part)
