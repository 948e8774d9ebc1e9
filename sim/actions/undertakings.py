"""Every kind of study that is simulated: how, what it was asked, and what is written of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sim.report.best.publish import publish_best, write_best_tables
from sim.report.publish import publish
from sim.report.publish_contribution import publish_contribution, write_contribution_tables
from sim.report.publish_design import publish_design, write_design_tables
from sim.report.sensitivity.publish import publish_sensitivity, write_sensitivity_tables
from sim.report.tables import write_tables
from sim.report.terminal import Say
from sim.scenario.base import Language
from sim.scenario.ranges import Ranges
from sim.study.choice.best import find_best
from sim.study.choice.question import BestQuestion
from sim.study.contribution import Contribution
from sim.study.design.design_runner import run_design
from sim.study.design.points import DesignRun
from sim.study.execution.account import Account
from sim.study.execution.runner import OnProgress, ReplicationRunner
from sim.study.precision.precise_run import Reached
from sim.study.reproduction.best_record import BestRecord
from sim.study.reproduction.comparison_records import ComparisonRecord, ContributionRecord
from sim.study.reproduction.design_record import DesignRecord
from sim.study.reproduction.records import Record
from sim.study.reproduction.sensitivity_record import SensitivityRecord
from sim.study.sensitivity.question import SensitivityQuestion
from sim.study.sensitivity.sensitivity_runner import run_sensitivity
from sim.study.settings import Run
from sim.study.study_runner import run_study


@dataclass(frozen=True)
class Simulated:
    """What came out, and how it is written.

    Attributes:
        run: with its points as they were simulated.
        account: how it came by its replications.
        write_tables: into a folder that is there.
        publish: writes all there is to see, tables too, and returns what the terminal says of it.
        reached: how precise the KPIs are that were to become so.
        is_whole: whether every point is done.
    """

    run: Run
    account: Account
    write_tables: Callable[[Path], object]
    publish: Callable[[Path], Say]
    reached: Reached | None = None
    is_whole: bool = True


@dataclass(frozen=True)
class Undertaking:
    """A study to be simulated.

    Attributes:
        run: its points and settings.
        record: what its manifest says of it.
        least: replications that it takes in any case.
        simulate: carries it out; told whom to tell how far it is.
    """

    run: Run
    record: Record
    least: int
    simulate: Callable[[OnProgress], Simulated]


def comparison(run: Run) -> Undertaking:
    """All points of a run beside the first."""

    def simulate(on_progress: OnProgress) -> Simulated:
        study = run_study(run, on_progress)
        done = replace(run, points=study.points)
        tables = partial(write_tables, study)
        return Simulated(
            done, study.account, tables, partial(publish, study, done), study.precision
        )

    return Undertaking(run, ComparisonRecord(precision=run.precision), _least(run), simulate)


def contribution(asked: Contribution) -> Undertaking:
    """What each reform of a bundle contributes."""

    def simulate(on_progress: OnProgress) -> Simulated:
        study = run_study(asked.run, on_progress)
        done = replace(asked.run, points=study.points)
        tables = partial(write_contribution_tables, asked, study)
        shown = partial(publish_contribution, asked, study, done)
        return Simulated(done, study.account, tables, shown, study.precision)

    return Undertaking(asked.run, ContributionRecord.of(asked), _least(asked.run), simulate)


def choice(asked: BestQuestion) -> Undertaking:
    """The best of many points."""

    def simulate(on_progress: OnProgress) -> Simulated:
        run = asked.run
        # Of errors, only those of replications that are looked at count.
        with ReplicationRunner(
            run.points, run.settings, on_progress, on_error="continue"
        ) as runner:
            best = find_best(asked, runner)
        tables, shown = partial(write_best_tables, best), partial(publish_best, best)
        return Simulated(run, Account.of(runner), tables, shown)

    return Undertaking(asked.run, BestRecord.of(asked), asked.least_replications, simulate)


def design(
    asked: DesignRun,
    tell: Callable[[str], None],
    language: Language = "en",
    file: bytes | None = None,
) -> Undertaking:
    """Many points of one scenario.

    Args:
        asked: the points.
        tell: told of those that fail.
        language: of its figures.
        file: the design as it was given; goes with the results.
    """
    run = Run(asked.sound, asked.settings, asked.overrides)

    def simulate(on_progress: OnProgress) -> Simulated:
        sweep, account = run_design(asked, on_progress, tell)
        tables = partial(write_design_tables, sweep)
        shown = _beside("design.yaml", file, partial(publish_design, sweep, language))
        is_whole = all(point.status == "done" for point in sweep.points)
        return Simulated(run, account, tables, shown, is_whole=is_whole)

    return Undertaking(run, DesignRecord.of(asked), _least(run), simulate)


def sensitivity(
    asked: SensitivityQuestion,
    ranges: Ranges | None = None,
    language: Language = "en",
    file: bytes | None = None,
) -> Undertaking:
    """Which figures matter.

    Args:
        asked: the points, and what of them.
        ranges: those of a file, with what it calls them.
        language: of its figures.
        file: the factors as they were given; goes with the results.
    """

    def simulate(on_progress: OnProgress) -> Simulated:
        run = asked.run
        with ReplicationRunner(run.points, run.settings, on_progress) as runner:
            found = run_sensitivity(asked, runner)
        tables = partial(write_sensitivity_tables, found)
        shown = partial(publish_sensitivity, found, ranges, language)
        return Simulated(run, Account.of(runner), tables, _beside("factors.yaml", file, shown))

    return Undertaking(asked.run, SensitivityRecord.of(asked), _least(asked.run), simulate)


def _least(run: Run) -> int:
    """As many as the experiment says, unless a rule of precision finds how many there are."""
    if run.precision is not None:
        return 0
    return len(run.points) * run.points[0].scenario.experiment.replications


def _beside(
    name: str, content: bytes | None, publish: Callable[[Path], Say]
) -> Callable[[Path], Say]:
    """Publish with a file that was given."""

    def both(folder: Path) -> Say:
        if content is not None:
            (folder / name).write_bytes(content)
        return publish(folder)

    return both
