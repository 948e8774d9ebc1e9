"""YAML without its traps: duplicate keys and values that YAML 1.1 silently turns into others."""

import re
from typing import Any

import yaml

from sim.scenario.errors import InputError

_SEXAGESIMAL = re.compile(r"^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$")
_OCTAL = re.compile(r"^[-+]?0\d+$")
_SWITCH = re.compile(r"^(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$")
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}")


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses what it would otherwise guess."""


def _refuse(node: yaml.Node, why: str) -> InputError:
    mark = node.start_mark
    return InputError(f"{mark.name}:{mark.line + 1}: {why}")


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


def _construct_scalar(loader: _StrictLoader, node: yaml.ScalarNode) -> Any:
    if node.style is None:
        meaning = _trap(node.value)
        if meaning:
            raise _refuse(node, f"{node.value} would be read as {meaning}; write \"{node.value}\"")
    if node.tag == "tag:yaml.org,2002:bool":
        return loader.construct_yaml_bool(node)
    if node.tag == "tag:yaml.org,2002:int":
        return loader.construct_yaml_int(node)
    if node.tag == "tag:yaml.org,2002:float":
        return loader.construct_yaml_float(node)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return loader.construct_scalar(node)


def _construct_mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise _refuse(key_node, f"key '{key}' is given twice")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


for _tag in ("bool", "int", "float", "null", "str", "timestamp"):
    _StrictLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _construct_scalar)
_StrictLoader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def read_yaml(text: str, name: str) -> dict[str, Any]:
    """Parse a YAML mapping.

    Args:
        text: the YAML.
        name: what to call it in an error, usually its path.

    Raises:
        InputError: no valid YAML, no mapping, a key given twice, or a value YAML 1.1 misreads.
    """
    loader = _StrictLoader(text)
    loader.name = name
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{name}:{line}: {error.problem}") from error
    finally:
        loader.dispose()
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise InputError(f"{name}:1: a mapping of keys is expected")
    return content
