"""What a sensitivity study moves in each of its scenarios: assumed figures, or those of a file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.command.design_file import GivenFile, read_model
from sim.command.design_keys import REFORMS, factor_key
from sim.command.library import Library
from sim.scenario.errors import InputError, MisfitError, did_you_mean
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
        only: beginnings of their keys, in whole parts between dots; all figures if there are none.

    Raises:
        InputError: no figure begins so.
    """
    ranges: list[RangesByName] = []
    fixed: dict[str, None] = {}
    there: set[str] = set()
    for option in options:
        figures = assumed_figures(option.written)
        there.update(start for figure in figures for start in _beginnings(figure.name))
        kept = [one for one in figures if not only or _beginnings(one.name).intersection(only)]
        found, stay = ranges_of_figures(option.written, kept, factors)
        ranges.append({one.name: one for one in found})
        fixed.update(dict.fromkeys(stay))
    for start in only:
        if start not in there:
            near = did_you_mean(start, sorted(there))
            raise InputError(
                f"only: no key of an assumed figure begins with the parts of '{start}'{near}"
            )
    return ranges, tuple(fixed)


def _beginnings(name: str) -> set[str]:
    """``a.b.c`` begins with ``a``, with ``a.b`` and with itself."""
    parts = name.split(".")
    return {".".join(parts[:number]) for number in range(1, len(parts) + 1)}
