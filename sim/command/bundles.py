"""Bundles of the reforms by which a scenario differs from its baseline."""

from collections.abc import Collection

from sim.clearance.validate import check_effect
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from sim.study.settings import Point, Run

_NAMING = {"name", "label", "description", "baseline", "document", "targets", "reforms"}


def run_of_reforms(run: Run, command: str) -> tuple[Point, Point]:
    """Return the baseline and the scenario of a run that is about the reforms between them.

    Raises:
        InputError: it is another run, or the two differ in more than reforms; the text begins with
            the name of the command.
    """
    if len(run.points) != 2:
        raise InputError(
            f"{command}: one scenario with reforms is expected, as in scenario=all_together "
            "or reforms=[single_window,one_stop_site]"
        )
    baseline, whole = run.points
    before, after = (point.written.model_dump(exclude=_NAMING) for point in run.points)
    others = [key for key in before if before[key] != after[key]]
    if others:
        raise InputError(
            f"{command}: '{whole.name}' differs from its baseline '{baseline.name}' in "
            f"{', '.join(others)}, too; what is no reform has no share in it"
        )
    start = baseline.written.reforms
    missing = [name for name in start if name not in whole.written.reforms]
    if missing:
        raise InputError(
            f"{command}: '{whole.name}' lacks {', '.join(missing)}, which its baseline "
            f"'{baseline.name}' has"
        )
    if not added_reforms(baseline, whole):
        raise InputError(f"{command}: '{whole.name}' adds no reform to '{baseline.name}'")
    return baseline, whole


def added_reforms(baseline: Point, whole: Point) -> list[str]:
    """Reforms of a scenario that its baseline has not, in the order of the scenario."""
    return [name for name in whole.written.reforms if name not in baseline.written.reforms]


def with_reforms(whole: Point, name: str, kept: Collection[str]) -> Point:
    """The scenario with some of its reforms; what its document wants is wanted of the whole.

    Raises:
        InputError: these reforms cannot stand by themselves.
    """
    data = whole.written.model_dump(mode="json", exclude_unset=True)
    data["reforms"] = {key: reform for key, reform in data["reforms"].items() if key in kept}
    data["targets"] = {}
    try:
        point = Point(name, build_scenario(data))
        check_effect(point.effect)
    except InputError as error:
        raise InputError(f"{error} (in '{name}')") from error
    return point
