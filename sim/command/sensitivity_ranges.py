"""What a sensitivity study moves in each of its scenarios: assumed figures, or those of a file."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from sim.command.design_file import GivenFile, read_model
from sim.command.design_keys import REFORMS, factor_key
from sim.command.library import Library
from sim.scenario.errors import InputError, MisfitError
from sim.scenario.ranges import Ranges
from sim.study.assumed import assumed_figures
from sim.study.sensitivity.ranges import FactorRange, Range, ranges_of_figures
from sim.study.settings import Point

RangesByName = Mapping[str, Range]


def read_ranges(path: Path, library: Library) -> GivenFile[Ranges]:
    """Read a file of factors.

    Raises:
        InputError: it cannot be read, or a factor is no number that can be moved.
    """
    found = read_model(path, "factors", Ranges, _check_ends)
    for factor in found.model.factors:
        key = factor_key(factor.key, library)
        if key.kind != "value" or key.switch:
            raise InputError(f"{path}: factors: {factor.key}: is no figure that can be moved")
    return found


def _check_ends(found: Ranges) -> None:
    keys = [factor.key for factor in found.factors]
    for number, factor in enumerate(found.factors):
        place = f"factors.{number}"
        if factor.bounds is None:
            text = f"{place}: '{factor.key}' needs 'low' and 'high'"
            raise MisfitError(text, tuple(place.split(".")))
        if factor.key in keys[:number]:
            text = f"{place}.key: '{factor.key}' is given twice"
            raise MisfitError(text, (*place.split("."), "key"))


def ranges_of_file(found: Ranges, options: Sequence[Point]) -> list[RangesByName]:
    """Ranges by name of every option; a figure of a reform only where that is in force.

    Raises:
        InputError: no option has the reform of a factor in force.
    """
    ranges: list[RangesByName] = [
        {
            factor.key: FactorRange(factor)
            for factor in found.factors
            if _is_there(factor.key, option)
        }
        for option in options
    ]
    for factor in found.factors:
        if not any(factor.key in one for one in ranges):
            reform = factor.key.split(".")[1]
            raise InputError(f"factors: {factor.key}: the reform '{reform}' is not in force")
    return ranges


def _is_there(key: str, option: Point) -> bool:
    head, *rest = key.split(".")
    return head != REFORMS or rest[0] in option.written.reforms


def ranges_of_assumed(
    options: Sequence[Point], factors: tuple[float, float], only: Sequence[str]
) -> tuple[list[RangesByName], tuple[str, ...]]:
    """Ranges by name of the assumed figures of every option, and the figures that stay.

    Args:
        options: the scenarios.
        factors: that figures are multiplied by, down and up.
        only: beginnings of their keys; all figures if there are none.

    Raises:
        InputError: no figure begins so.
    """
    ranges: list[RangesByName] = []
    fixed: dict[str, None] = {}
    used: set[str] = set()
    for option in options:
        figures = assumed_figures(option.written)
        used.update(start for start in only if any(_begins(one.name, [start]) for one in figures))
        kept = [figure for figure in figures if not only or _begins(figure.name, only)]
        found, stay = ranges_of_figures(option.written, kept, factors)
        ranges.append({one.name: one for one in found})
        fixed.update(dict.fromkeys(stay))
    for start in only:
        if start not in used:
            raise InputError(f"only: no assumed figure begins with '{start}'")
    return ranges, tuple(fixed)


def _begins(name: str, starts: Collection[str]) -> bool:
    return any(f"{name}.".startswith(f"{start}.") for start in starts)
