"""Reading the file of a design: a closed schema, and what belongs together in it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from sim.command.file_rules import refuse_instructions
from sim.files.existing_file import check_file
from sim.scenario.design import Design
from sim.scenario.errors import InputError, MisfitError
from sim.scenario.strict_yaml import line_at, read_yaml
from sim.scenario.validate import validated

_SUFFIXES = (".yaml", ".yml")
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class GivenFile(Generic[Model]):
    """A file that was read: what it says, and its bytes, which go with the results."""

    model: Model
    content: bytes


def read_design(path: Path) -> GivenFile[Design]:
    """Read a design; every error names the file and the line.

    Raises:
        InputError: it cannot be read, or its parts do not belong together.
    """
    return read_model(path, "design", Design, _check_parts)


def read_model(
    path: Path, what: str, model: type[Model], check: Callable[[Model], None]
) -> GivenFile[Model]:
    """Read a YAML file as a model; every error names the file and the line.

    Args:
        path: of the file.
        what: it is, for errors.
        model: a closed schema.
        check: raises a MisfitError for parts that do not belong together.

    Raises:
        InputError: it cannot be read, or does not fit.
    """
    check_file(path, what)
    if path.suffix not in _SUFFIXES:
        raise InputError(f"{what}: a YAML file is expected, given '{path}'")
    where = str(path)
    try:
        given = path.read_bytes()
        text = given.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: cannot be read as UTF-8 text") from error
    content = read_yaml(text, where)
    refuse_instructions(where, text, content, {"defaults", "hydra"})
    try:
        found = validated(model, content)
        check(found)
    except MisfitError as error:
        raise InputError(f"{where}:{line_at(text, error.path)}: {error}") from error
    return GivenFile(found, given)


def _check_parts(design: Design) -> None:
    for number, factor in enumerate(design.factors):
        if factor.key in {other.key for other in design.factors[:number]}:
            raise _misfit(f"factors.{number}.key", f"'{factor.key}' is given twice")
    _check_points(design)
    if design.kind == "list":
        _check_list(design)
    else:
        _check_factors(design)


def _check_points(design: Design) -> None:
    """Only a sample is drawn."""
    if design.is_sample and design.points is None:
        raise _misfit("points", f"missing; a {design.kind} has a number of points")
    for key in ("points", "seed"):
        if not design.is_sample and getattr(design, key) is not None:
            raise _misfit(key, f"is for latin_hypercube and sobol; a {design.kind} has its own")
    number = design.points or 0
    if design.kind == "sobol" and number & (number - 1):
        below = 1 << number.bit_length() - 1
        raise _misfit(
            "points",
            f"a Sobol sequence is balanced only at powers of two: write {below} or {2 * below}, "
            f"given {number}",
        )


def _check_list(design: Design) -> None:
    if (design.rows is None) == (design.file is None):
        raise _misfit("rows", "a list has either 'rows' or a 'file' of them")
    for number, factor in enumerate(design.factors):
        for key in ("values", "low"):
            if getattr(factor, key) is not None:
                raise _misfit(f"factors.{number}.{key}", "the rows of a list have the values")


def _check_factors(design: Design) -> None:
    for key in ("rows", "file"):
        if getattr(design, key) is not None:
            raise _misfit(key, f"is for kind: list, given kind: {design.kind}")
    for number, factor in enumerate(design.factors):
        if factor.values is None and factor.bounds is None:
            more = ", or 'low' and 'high'" if design.is_sample else ""
            raise _misfit(f"factors.{number}", f"'{factor.key}' needs 'values'{more}")
        if factor.bounds and not design.is_sample:
            raise _misfit(
                f"factors.{number}.low",
                "a grid has 'values'; a range is for latin_hypercube and sobol",
            )


def _misfit(key: str, fault: str) -> MisfitError:
    return MisfitError(f"{key}: {fault}", tuple(key.split(".")))
