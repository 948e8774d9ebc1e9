"""From the words of a command line to a validated run."""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from sim.clearance.validate import SoundSteps, check_effect
from sim.command.composition import Composer, Settled, composer
from sim.command.config_files import ROOT, load_library
from sim.command.execution import check_can_be_made, read_execution
from sim.command.library import EXECUTOR, PRECISION, Library
from sim.command.lines import with_line
from sim.command.overrides import Axis, parse_overrides
from sim.command.own_files import with_own_files
from sim.command.points import ComposedPoint, compose_points
from sim.command.precision import read_precision
from sim.command.selections import selections
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from sim.study.execution.processors import processors
from sim.study.precision.rules import Precision
from sim.study.settings import Point, Run, Settings


def build_run(words: Sequence[str], multirun: bool = False, root: Path = ROOT) -> Run:
    """Turn overrides into a run whose every scenario is validated.

    Without ``scenario``, ``compare`` or ``reforms`` the run compares what ``compare`` in
    ``configs/config.yaml`` lists. ``compare=[a,b]`` compares these; ``scenario=x`` compares it with
    the baseline it names; ``reforms=[a,b]`` puts exactly these reforms in force, in ``scenario=x``
    or else in the serial one. With ``multirun``, the points are the product of all swept values.
    The first point is the baseline. Other overrides hold for every point; those below
    ``reforms.<name>`` hold where that reform is in force. The path of a file stands for a scenario
    or a reform of one's own.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    library, composed, settings, precision = _read_command(words, multirun, root)
    points = [_validated(point, number, library) for number, point in enumerate(composed)]
    given = (*(["-m"] if multirun else []), *words)
    return Run(tuple(points), settings, given, precision)


def composed_data(
    words: Sequence[str], multirun: bool = False, root: Path = ROOT
) -> dict[str, dict[str, Any]]:
    """Return the validated plain data of the points asked for, without an implied baseline.

    It is the caller's own; what is composed is shared with later commands of the process.
    """
    library, composed, *_ = _read_command(words, multirun, root)
    for number, point in enumerate(composed):
        _validated(point, number, library)
    return {point.name: deepcopy(point.data) for point in composed if not point.implied}


def _read_command(
    words: Sequence[str], multirun: bool, root: Path
) -> tuple[Library, list[ComposedPoint], Settings, Precision | None]:
    library = with_own_files(load_library(root), words)
    with composer(library) as session:
        axes = parse_overrides(words, library, session.loader)
        _check_swept(axes, multirun)
        points = compose_points(selections(axes, library), session)
        settled = _settled(axes, session)
        settings = _settings(axes, settled, session, multirun)
        return library, points, settings, read_precision(settled, axes)


def _validated(point: ComposedPoint, number: int, library: Library) -> Point:
    try:
        return accepted(Point(point.name, build_scenario(point.data)))
    except InputError as error:
        text = with_line(str(error), point.data, library)
        # An error that all points share shows up in the first one, whose name would mislead.
        raise InputError(f"{text} (in '{point.name}')" if number else text) from error


def accepted(point: Point, known: SoundSteps | None = None) -> Point:
    """Pass on a scenario that can be run: every scenario of a run comes through here.

    Args:
        point: the scenario.
        known: of scenarios that may be made up alike.

    Raises:
        InputError: it cannot be run.
    """
    check_effect(point.effect, known)
    return point


def _check_swept(axes: Sequence[Axis], multirun: bool) -> None:
    for axis in axes:
        if not axis.swept:
            continue
        listing = f"{axis.key}=[{','.join(item.text for item in axis.assignments)}]"
        if axis.key == "compare":
            raise InputError(f"{axis.word}: write {listing}")
        if axis.kind == "precision" or axis.key == PRECISION:
            raise InputError(f"{axis.word}: one value is expected, for all points together")
        if axis.kind in ("execution", "folder") or axis.key == EXECUTOR:
            raise InputError(f"{axis.word}: one value is expected; it does not change results")
        if not multirun:
            hint = f" or write {listing}" if axis.key == "reforms" else ""
            raise InputError(f"{axis.word}: several values are run one by one with -m{hint}")


def _settled(axes: Sequence[Axis], session: Composer) -> Settled:
    chosen = [axis.assignments[0] for axis in axes]
    of_run = (item for item in chosen if item.kind == "folder" or item.key in (EXECUTOR, PRECISION))
    return session.settle([f"{item.key}={item.text}" for item in of_run])


def _settings(
    axes: Sequence[Axis], settled: Settled, session: Composer, multirun: bool
) -> Settings:
    chosen = [axis.assignments[0] for axis in axes]
    folders = [item for item in chosen if item.kind == "folder"]
    execution = read_execution(settled.executor, session.library.primary.content, chosen)
    if not multirun and any(item.key == "hydra.sweep.dir" for item in folders):
        raise InputError("hydra.sweep.dir: is for -m; write hydra.run.dir")
    executor = execution.executor
    folder = _usable(settled.sweep_folder if multirun else settled.run_folder, bool(folders))
    store = None if execution.store.path is None else Path(execution.store.path)
    if store is not None and store.absolute().is_relative_to(folder.absolute()):
        raise InputError(
            f"hydra.run.dir: '{folder}' holds the store, '{store}'; results go into a folder of "
            f"their own, as '{folder / 'mine'}'"
        )
    return Settings(
        executor=executor.kind,
        workers=executor.workers or (1 if executor.kind == "serial" else processors()),
        folder=folder,
        store=store,
        address=executor.address,
        progress=execution.progress,
    )


def _usable(name: str, is_chosen: bool) -> Path:
    """Return the folder if it can be made, as another one is, which goes at once.

    One that was chosen must be new or empty; one named by the time gets a number where it is not.
    """
    if not name:
        raise InputError("configs/config.yaml: hydra.run.dir: a folder is expected")
    folder = Path(name)
    check_can_be_made("hydra.run.dir", folder)
    if is_chosen and folder.is_dir():
        _check_gives_way(folder)
    return folder


def _check_gives_way(folder: Path) -> None:
    """A folder that is there is replaced by the one with the results, when these are written."""
    if any(folder.iterdir()):
        raise InputError(f"hydra.run.dir: '{folder}' is not empty; results go into a new folder")
    if folder.is_mount() or Path.cwd().is_relative_to(folder.resolve()):
        raise InputError(
            f"hydra.run.dir: '{folder}' cannot be replaced; results go into a new folder, as "
            f"'{folder / 'mine'}'"
        )
    check_can_be_made("hydra.run.dir", folder.resolve().parent)
