"""The rows of a design: names and values of its points, sampled, combined, or listed."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pydantic import JsonValue

from sim.command.overrides import MOST_POINTS
from sim.files.text_table import check_columns, read_text_table
from sim.scenario.design import Design
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.strict_yaml import read_yaml
from sim.study.design.sampling import Values, grid_points, sampled_points

_NAME = "name"
_NAMES = re.compile(r"[a-z0-9_+.=,-]+")

Row = tuple[str, Values]


def design_rows(design: Design) -> list[Row]:
    """Name and values of every point; without a name of its own it has its number.

    Raises:
        InputError: too many, or a listed row that does not fit the factors.
    """
    rows = list(islice(_rows(design), MOST_POINTS + 1))
    if len(rows) > MOST_POINTS:
        raise InputError(f"the design has more than {MOST_POINTS} points")
    digits = len(str(len(rows)))
    named = [(name or f"p{place:0{digits}}", row) for place, (name, row) in enumerate(rows, 1)]
    taken: set[str] = set()
    for name, _ in named:
        if name in taken:
            raise InputError(f"rows: two points are called '{name}'")
        taken.add(name)
    return named


def _rows(design: Design) -> Iterator[Row]:
    if design.kind == "list":
        yield from _listed(design) if design.rows else _from_file(design)
        return
    found = grid_points(design.factors) if design.kind == "grid" else sampled_points(design)
    for values in found:
        yield "", values


def _listed(design: Design) -> Iterator[Row]:
    keys = [factor.key for factor in design.factors]
    for number, row in enumerate(design.rows or (), start=1):
        where = f"rows: row {number}"
        for key in row:
            if key not in (*keys, _NAME):
                raise unknown_name(where, "factor", key, [*keys, _NAME])
        for key in keys:
            if key not in row:
                raise InputError(f"{where}: '{key}' is missing")
        yield _checked_name(where, row.get(_NAME, "")), tuple(row[key] for key in keys)


def _from_file(design: Design) -> Iterator[Row]:
    """Rows of a CSV file, whose cells are read as values of YAML."""
    keys = tuple(factor.key for factor in design.factors)
    table = read_text_table(Path(design.file or ""), "file of points")
    check_columns(table, keys, (_NAME,))
    if table.faults:
        row, reason = table.faults[0]
        raise InputError(f"{table.where}, row {row}: {reason()}")
    names = table.cells.get(_NAME)
    for place, number in enumerate(table.rows.tolist()):
        where = f"{table.where}, row {number}"
        values = tuple(_value(table.cells[key].iloc[place], where, key) for key in keys)
        yield _checked_name(where, "" if names is None else names.iloc[place]), values


def _value(cell: str, where: str, key: str) -> JsonValue:
    if not cell:
        raise InputError(f"{where}: '{key}' is missing")
    try:
        value: JsonValue = read_yaml(f"{_NAME}: {cell}", where)[_NAME]
    except InputError as error:
        raise InputError(f"{where}: {key}: '{cell}' is no value") from error
    return value


def _checked_name(where: str, name: JsonValue) -> str:
    if name == "" or (isinstance(name, str) and _NAMES.fullmatch(name)):
        return name
    raise InputError(
        f"{where}: name: lower-case letters, digits and any of _+.=,- are expected, given {name!r}"
    )
