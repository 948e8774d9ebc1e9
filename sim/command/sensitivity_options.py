"""The scenarios of a sensitivity study: one that is moved, or the options that are ranked."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.command.bundles import added_reforms, run_of_reforms, with_reforms
from sim.command.config_files import load_library
from sim.command.configuration import build_run
from sim.command.library import SCENARIO
from sim.command.places import words_by_place
from sim.scenario.errors import InputError
from sim.study.settings import Point, Run

_TRACED = "experiment.traced_replications"
_CHOOSING = (SCENARIO, "reforms", "compare")


def run_of_options(words: Sequence[str], scenario: str | None, ranked: bool, root: Path) -> Run:
    """Return a run whose points are the scenarios as they are written.

    Args:
        words: overrides.
        scenario: what to take where the words choose none.
        ranked: whether options are ranked, or one scenario is moved.
        root: of the configuration.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    given = {word.partition("=")[0] for word in words}
    # Tables of single consignments, of so many points, are of no use to anybody.
    said = [] if _TRACED in given else [f"{_TRACED}=0"]
    if scenario and not given.intersection(_CHOOSING):
        said.append(f"{SCENARIO}={scenario}")
    asked = [*said, *words]
    places = words_by_place(asked, load_library(root))
    if len(places) > 1:
        raise InputError(
            "sensitivity: the scenario is of several places; choose one: "
            f"{', '.join(f'{SCENARIO}={place}' for place in places)}"
        )
    run = build_run(asked, root=root)
    if not ranked:
        return replace(run, points=(_moved(run, "compare" in given),))
    if len(run.points) == 2 and given.intersection({SCENARIO, "reforms"}):
        run = _with_each_reform(run)
    if len(run.points) < 2:
        raise InputError(
            "sensitivity: a ranking has at least two options, as in compare=[serial,all_together]"
        )
    return run


def _moved(run: Run, is_listed: bool) -> Point:
    if is_listed:
        raise InputError(
            "sensitivity: one scenario is moved, as in scenario=all_together; method=ranking is "
            "about several"
        )
    return run.points[-1]


def _with_each_reform(run: Run) -> Run:
    """The baseline, and each reform of a scenario by itself, with those that it requires."""
    baseline, whole = run_of_reforms(run, "sensitivity")
    own = set(baseline.written.reforms)
    points = [baseline]
    for reform in added_reforms(baseline, whole):
        kept = own | _required(whole, reform)
        points.append(with_reforms(whole, f"{baseline.name}+{reform}", kept))
    return replace(run, points=tuple(points))


def _required(whole: Point, reform: str) -> set[str]:
    """A reform with all that it requires, one through another."""
    found = {reform}
    for needed in whole.written.reforms[reform].requires:
        if needed in whole.written.reforms:
            found |= _required(whole, needed)
    return found
