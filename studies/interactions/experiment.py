"""How a study runs scenarios: words of a command line to plain data, plain data to a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.clearance.validate import check_effect
from sim.command.configuration import composed_data
from sim.scenario.validate import build_scenario
from sim.study.settings import Point, Run, Settings
from sim.study.study import Study
from sim.study.study_runner import run_study

Data = dict[str, Any]
WARM_UP_DAYS = 7.0


@dataclass(frozen=True)
class Effort:
    """How much is simulated: replications, days that are measured, processes."""

    replications: int
    days: float
    workers: int = 1


def composed(*words: str) -> dict[str, Data]:
    """Return the data of the scenarios that words of a command line ask for, free to be changed."""
    return {name: deepcopy(data) for name, data in composed_data(words).items()}


def scenario(name: str, reforms: Sequence[str] = (), words: Sequence[str] = ()) -> Data:
    """Return the data of one shipped scenario with reforms in force and overrides."""
    chosen = (f"scenario={name}", f"reforms=[{','.join(reforms)}]")
    (data,) = composed(*chosen, *words).values()
    return data


def with_reform(data: Data, name: str, reform: Data) -> Data:
    """Return the data of a scenario with one more reform in force."""
    return {**data, "reforms": {**data.get("reforms", {}), name: reform}}


def simulate(
    points: Mapping[str, Data], effort: Effort, *, traced: bool = False, cool_down: float = 7.0
) -> Study:
    """Run scenarios with the same luck, the first being the baseline.

    Args:
        points: data of the scenarios by name.
        effort: how much is simulated, after the warm-up.
        traced: whether the tables of consignments and activities are kept.
        cool_down: days of further arrivals.

    Raises:
        InputError: a scenario is not valid.
    """
    experiment = {
        "replications": effort.replications,
        "warm_up_days": WARM_UP_DAYS,
        "horizon_days": effort.days,
        "cool_down_days": cool_down,
        "traced_replications": effort.replications if traced else 0,
    }
    chosen = tuple(_point(name, data, experiment) for name, data in points.items())
    settings = Settings("pool", effort.workers, Path())
    return run_study(Run(chosen, settings, ()), lambda *_: None)


def _point(name: str, data: Data, experiment: Data) -> Point:
    changed = {**data, "experiment": {**data["experiment"], **experiment}}
    point = Point(name, build_scenario(changed))
    check_effect(point.effect)
    return point
