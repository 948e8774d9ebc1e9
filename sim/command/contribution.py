"""``contribution``: the points that tell what each reform of a scenario contributes."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from sim.clearance.validate import check_effect
from sim.command.config_files import ROOT
from sim.command.places import build_runs
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from sim.study.contribution import Bundle, Contribution, Part, parts_of
from sim.study.settings import Point, Run

HELP = """\
What each reform of a scenario contributes to time, cost and detection.

  python run.py contribution scenario=x [key=value ...]

  scenario=x              its reforms, in the order its file lists them
  reforms=[a,b,c]         these instead, in this order; in scenario=x or else in the serial one

The baseline is run, then with the first reform, with the first two, and so on; then all of them
without each in turn. A reform that others require takes them out with it, which the table says.
All share the same luck. Beside the files of any run: contribution.csv, and a figure for each key
figure.

Example
  python run.py contribution scenario=all_together experiment.replications=10
"""
_NAMING = {"name", "label", "description", "baseline", "document", "targets", "reforms"}


def build_contributions(
    words: Sequence[str], root: Path = ROOT
) -> tuple[Path, dict[str, Contribution]]:
    """Turn overrides into a run of every bundle to compare, each of them validated.

    Returns:
        Where results go, and what is asked for by the name of its folder below that.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    runs = build_runs(words, root=root)
    return runs.folder, {place: contribution_of(run) for place, run in runs.by_place.items()}


def contribution_of(run: Run) -> Contribution:
    """Split a run of a baseline and one scenario with reforms into all bundles to compare.

    Raises:
        InputError: it is another run, the two differ in more than reforms, or a reform cannot be
            added in the order they are listed.
    """
    if len(run.points) != 2:
        raise InputError(
            "contribution: one scenario with reforms is expected, as in scenario=all_together "
            "or reforms=[single_window,one_stop_site]"
        )
    baseline, whole = run.points
    _check_only_reforms_differ(baseline, whole)
    requires = {name: reform.requires for name, reform in whole.written.reforms.items()}
    bundle = [name for name in requires if name not in baseline.written.reforms]
    parts = parts_of(bundle, requires)
    names = _names(baseline, whole, parts)
    points = {baseline.name: baseline, whole.name: whole}
    for reforms, name in names.items():
        if name not in points:
            points[name] = _with_reforms(whole, name, {*baseline.written.reforms, *reforms})
    ordered = tuple(points[name] for name in names.values())
    asked = replace(run, points=ordered, overrides=("contribution", *run.overrides))
    return Contribution(asked, parts, names)


def _check_only_reforms_differ(baseline: Point, whole: Point) -> None:
    before, after = (point.written.model_dump(exclude=_NAMING) for point in (baseline, whole))
    others = [key for key in before if before[key] != after[key]]
    if others:
        raise InputError(
            f"contribution: '{whole.name}' differs from its baseline '{baseline.name}' in "
            f"{', '.join(others)}, too; what is no reform has no share in it"
        )
    start = baseline.written.reforms
    missing = [name for name in start if name not in whole.written.reforms]
    if missing:
        raise InputError(
            f"contribution: '{whole.name}' lacks {', '.join(missing)}, which its baseline "
            f"'{baseline.name}' has"
        )
    if len(whole.written.reforms) == len(start):
        raise InputError(f"contribution: '{whole.name}' adds no reform to '{baseline.name}'")


def _names(baseline: Point, whole: Point, parts: Sequence[Part]) -> dict[Bundle, str]:
    """What the point of each bundle is called: those added in turn, the whole, then the rest."""
    scenario = whole.written.name
    added = {part.added: f"{scenario},to={part.reform}" for part in parts}
    removed = {part.removed: f"{scenario},without={part.reform}" for part in parts}
    return {(): baseline.name, **added, parts[-1].whole: whole.name} | {
        bundle: name for bundle, name in removed.items() if bundle and bundle not in added
    }


def _with_reforms(whole: Point, name: str, kept: Collection[str]) -> Point:
    """The scenario with some of its reforms; what its document wants is wanted of the whole."""
    data = whole.written.model_dump(mode="json", exclude_unset=True)
    data["reforms"] = {key: reform for key, reform in data["reforms"].items() if key in kept}
    data["targets"] = {}
    try:
        point = Point(name, build_scenario(data))
        check_effect(point.effect)
    except InputError as error:
        raise InputError(f"{error} (in '{name}')") from error
    return point
