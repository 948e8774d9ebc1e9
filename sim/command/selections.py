"""Which points a command asks for: a comparison, or the product of what is swept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from sim.command.library import EXECUTOR, SCENARIO, Library, check_compare
from sim.command.overrides import MOST_POINTS, Assignment, Axis
from sim.scenario.errors import InputError

_DEFAULT_SCENARIO = "serial"
_CHOOSING = (SCENARIO, "compare", "reforms")


@dataclass(frozen=True)
class Selection:
    """What makes up a point.

    Attributes:
        scenario: the scenario it starts from.
        reforms: the reforms in force, if not the scenario's own.
        fixed: overrides that all points share.
        swept: overrides that differ between points.
        implied: whether it is there only to be compared with.
    """

    scenario: str
    reforms: tuple[str, ...] | None = None
    fixed: tuple[Assignment, ...] = ()
    swept: tuple[Assignment, ...] = ()
    implied: bool = False


def selections(axes: Sequence[Axis], library: Library) -> list[Selection]:
    """Return the points a command asks for, the baseline first.

    Raises:
        InputError: keys that contradict each other, or too many points.
    """
    choosing = {
        axis.key: axis
        for axis in axes
        if axis.kind in ("compare", "group", "value") and axis.key != EXECUTOR
    }
    for other in (SCENARIO, "reforms"):
        if "compare" in choosing and other in choosing:
            raise InputError(f"compare and {other} cannot be given together")
    if not any(axis.swept for axis in choosing.values()):
        return _comparison(choosing, library)
    chosen = list(islice(_swept(list(choosing.values())), MOST_POINTS + 1))
    if len(chosen) > MOST_POINTS:
        raise InputError(f"the sweep has more than {MOST_POINTS} points")
    return chosen


def _comparison(choosing: Mapping[str, Axis], library: Library) -> list[Selection]:
    given = {key: axis.assignments[0] for key, axis in choosing.items()}
    fixed = tuple(item for key, item in given.items() if key not in _CHOOSING)
    if SCENARIO in given or "reforms" in given:
        scenario = given[SCENARIO].value if SCENARIO in given else _DEFAULT_SCENARIO
        reforms = tuple(given["reforms"].value) if "reforms" in given else None
        baseline = library.groups[SCENARIO][scenario].content.get("baseline") or scenario
        return [
            Selection(baseline, fixed=fixed, implied=True),
            Selection(scenario, reforms, fixed),
        ]
    listed = (
        given["compare"].value if "compare" in given else library.primary.content.get("compare")
    )
    return [Selection(name, fixed=fixed) for name in check_compare(library, listed)]


def _swept(axes: Sequence[Axis]) -> Iterator[Selection]:
    for combination in product(*map(_values, axes)):
        selection = Selection(_DEFAULT_SCENARIO)
        for axis, item in zip(axes, combination, strict=True):
            selection = _with_choice(selection, item, axis.swept)
        yield selection


def _values(axis: Axis) -> Sequence[Assignment]:
    """The values of an axis; those of ``compare`` are scenarios."""
    if axis.key != "compare":
        return axis.assignments
    (listing,) = axis.assignments
    return [replace(listing, key=SCENARIO, value=name) for name in listing.value]


def _with_choice(selection: Selection, item: Assignment, swept: bool) -> Selection:
    if item.key == SCENARIO:
        return replace(selection, scenario=item.value)
    if item.key == "reforms":
        return replace(selection, reforms=tuple(item.value))
    if swept:
        return replace(selection, swept=(*selection.swept, item))
    return replace(selection, fixed=(*selection.fixed, item))
