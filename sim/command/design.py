"""The words after ``python run.py design``: many points of one scenario, from a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.command.composition import composer
from sim.command.config_files import ROOT, load_library
from sim.command.configuration import build_run
from sim.command.design_file import read_design
from sim.command.design_keys import factor_key
from sim.command.design_points import PointBuilder
from sim.command.design_rows import design_rows
from sim.command.library import SCENARIO
from sim.command.overrides import Axis, parse_overrides
from sim.command.own_files import own_names, with_own_files
from sim.command.own_keys import OwnKeys, keys_beside
from sim.command.selections import Selection, selections
from sim.scenario.base import Language
from sim.scenario.design import Design
from sim.scenario.errors import InputError
from sim.study.design.points import DesignPoint, DesignRun

HELP = """\
Simulates the points of a design, hundreds of them, and shows what its factors do.

  python run.py design FILE.yaml [key=value ...]

  FILE.yaml               factors and their values: every combination of them (kind: grid), rows
                          (list), or a sample of their ranges (latin_hypercube, sobol); shipped ones
                          are in studies/designs, the keys are in docs/studies/designs.md
  scenario=x              another scenario than the file says
  language=zh             figures in Chinese
  any key of a run        holds for every point, such as experiment.replications=10

Every point is checked before the first is simulated. All share the same luck, with each other and
with the baseline. In the folder of the run: sweep.csv and sweep.parquet (all points and KPIs),
points.csv (a row a point), main_effects.csv, interactions.csv, pareto.csv, and figures.

The exit code is 0 if every point is done. With on_error: continue in the file a point that fails
is told of and left out; the exit code is 1.

Example
  python run.py design studies/designs/examiners_and_adoption.yaml experiment.replications=10
"""
_LANGUAGE = "language"

OnFailure = Callable[[str], None]


@dataclass(frozen=True)
class DesignRequest:
    """A design with its points, the file it is from as read, and the language of its figures."""

    run: DesignRun
    file: bytes
    language: Language


def design_request(words: Sequence[str], on_failure: OnFailure, root: Path = ROOT) -> DesignRequest:
    """Read a design and build every point of it.

    Args:
        words: of the command.
        on_failure: told of each point that cannot be run, where the design goes on without it.
        root: of the configuration.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    files = [word for word in words if "=" not in word and not word.startswith("-")]
    if len(files) != 1:
        raise InputError(f"design: one file is expected, given {len(files)}; see design --help")
    design = read_design(Path(files[0]))
    given = [word for word in words if word not in files]
    language = _language(given)
    asked = [word for word in given if word.partition("=")[0] != _LANGUAGE]
    with keys_beside([_LANGUAGE]):
        run = _design_run(design.model, asked, on_failure, root)
    return DesignRequest(replace(run, overrides=("design", *words)), design.content, language)


def _language(words: Sequence[str]) -> Language:
    return OwnKeys.of([word for word in words if word.partition("=")[0] == _LANGUAGE]).language()


def _design_run(
    design: Design, given: Sequence[str], on_failure: OnFailure, root: Path
) -> DesignRun:
    words = [*_said_by(design, given), *given]
    start = build_run(words, root=root)
    library = with_own_files(load_library(root), [*words, *_named(design.baseline)])
    keys = [factor_key(factor.key, library) for factor in design.factors]
    with composer(library) as session:
        axes = parse_overrides(words, library, session.loader)
        _check_free(design, axes)
        baseline, base = _ends(selections(axes, library), design, library.require)
        builder = PointBuilder(session, base, keys)
        compared = DesignPoint(0, baseline.scenario, (), builder.build(baseline.scenario, baseline))
        points = _points(design, builder, compared.name, on_failure)
        if all(point.point for point in points):
            builder.check_used()
    if not any(point.point for point in points):
        raise InputError(f"design: no point can be run; the first: {points[0].cause}")
    return DesignRun(design, compared, points, start.settings, ())


def _said_by(design: Design, given: Sequence[str]) -> list[str]:
    """Words for what the file says, unless the command says it."""
    # Tables of single consignments, of so many points, are of no use to anybody.
    said: dict[str, object] = {SCENARIO: design.scenario, "experiment.traced_replications": 0}
    if design.replications is not None:
        said["experiment.replications"] = design.replications
    known = {word.partition("=")[0] for word in given}
    return [f"{key}={value}" for key, value in said.items() if key not in known]


def _named(baseline: str | None) -> list[str]:
    return [] if baseline is None else [f"{SCENARIO}={baseline}"]


def _check_free(design: Design, axes: Sequence[Axis]) -> None:
    keys = {factor.key for factor in design.factors}
    for axis in axes:
        if axis.key in keys - {SCENARIO}:
            raise InputError(f"{axis.word}: '{axis.key}' is a factor of the design")


def _ends(
    chosen: Sequence[Selection], design: Design, require: Callable[[str, str, object], str]
) -> tuple[Selection, Selection]:
    """What the baseline is, and what the factors are laid onto."""
    implied, base = chosen[0], chosen[-1]
    if design.baseline is None:
        return implied, base
    name = require("baseline", SCENARIO, own_names(SCENARIO, design.baseline))
    return replace(implied, scenario=name), base


def _points(
    design: Design, builder: PointBuilder, baseline: str, on_failure: OnFailure
) -> tuple[DesignPoint, ...]:
    keys = [factor.key for factor in design.factors]
    points = []
    for number, (name, values) in enumerate(design_rows(design), start=1):
        if name == baseline:
            raise InputError(f"rows: '{name}' is the baseline; give the point another name")
        try:
            points.append(DesignPoint(number, name, values, builder.point(name, values)))
        except InputError as error:
            point = DesignPoint(number, name, values, None, "invalid", str(error))
            if design.on_error == "stop":
                raise InputError(point.told(keys)) from error
            on_failure(point.told(keys))
            points.append(point)
    return tuple(points)
