"""``contribution``: the points that tell what each reform of a scenario contributes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.command.bundles import added_reforms, run_of_reforms, with_reforms
from sim.command.config_files import ROOT
from sim.command.places import build_runs
from sim.study.contribution import Bundle, Contribution, Part, parts_of
from sim.study.settings import Point, Run

HELP = """\
What each reform of a scenario contributes to time, cost and detection.

  python run.py contribution scenario=x [key=value ...]

  scenario=x              its reforms, in the order its file lists them
  reforms=[a,b,c]         these instead, in this order; in scenario=x or else in the serial one

  compare=[a,b]           those that scenario b has and scenario a lacks

The baseline is run, then with the first reform, with the first two, and so on; then all of them
without each in turn. A reform that others require takes them out with it, which the table says.
All share the same luck. Beside the files of any run: contribution.csv, and a figure for each key
figure.

Example
  python run.py contribution scenario=all_together experiment.replications=10
"""


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
    baseline, whole = run_of_reforms(run, "contribution")
    requires = {name: reform.requires for name, reform in whole.written.reforms.items()}
    bundle = added_reforms(baseline, whole)
    parts = parts_of(bundle, requires)
    names = _names(baseline, whole, parts)
    points = {baseline.name: baseline, whole.name: whole}
    for reforms, name in names.items():
        if name not in points:
            points[name] = with_reforms(whole, name, {*baseline.written.reforms, *reforms})
    ordered = tuple(points[name] for name in names.values())
    asked = replace(run, points=ordered, overrides=("contribution", *run.overrides))
    return Contribution(asked, parts, names)


def _names(baseline: Point, whole: Point, parts: Sequence[Part]) -> dict[Bundle, str]:
    """What the point of each bundle is called: those added in turn, the whole, then the rest."""
    scenario = whole.written.name
    added = {part.added: f"{scenario},to={part.reform}" for part in parts}
    removed = {part.removed: f"{scenario},without={part.reform}" for part in parts}
    return {(): baseline.name, **added, parts[-1].whole: whole.name} | {
        bundle: name for bundle, name in removed.items() if bundle and bundle not in added
    }
