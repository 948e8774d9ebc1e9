"""Scenarios of the repository, made small enough to run often."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from sim.clearance.compile import Compiler
from sim.command.configuration import build_run
from sim.measure.observation import Observation
from sim.scenario.scenario import Scenario
from sim.study import replication
from sim.study.inputs import load_inputs
from sim.study.settings import Run
from sim.traffic.draws import Draws
from tests.undrawn import undrawn_figures

SMALL = (
    "experiment.replications=3",
    "experiment.warm_up_days=3",
    "experiment.horizon_days=7",
    "experiment.cool_down_days=2",
    "store.path=null",
)
UNCONGESTED = (
    *(f"agencies.{agency}.reviewers=500" for agency in ("customs", "quarantine")),
    *(f"agencies.{agency}.examiners=500" for agency in ("customs", "quarantine")),
    "agencies.customs.auditors=500",
    "agencies.customs.image_analysts=500",
    "agencies.quarantine.laboratory_staff=500",
    "port.facilities.handling_crews.capacity=500",
    "port.facilities.customs_site.capacity=500",
    "port.facilities.quarantine_site.capacity=500",
    "port.facilities.scanners.capacity=500",
    "port.facilities.gate_lanes.capacity=500",
    "port.facilities.yard_slots.capacity=99999",
)


@pytest.fixture(scope="module", autouse=True)
def undrawn() -> Iterator[None]:
    with undrawn_figures():
        yield


def with_small(words: Sequence[str]) -> list[str]:
    """Words of a command line with the small experiment, where they do not say otherwise."""
    given = {word.partition("=")[0] for word in words}
    return [word for word in SMALL if word.partition("=")[0] not in given] + list(words)


@pytest.fixture
def small_run() -> Callable[..., Run]:
    """Compose a run from the words of a command line, on a small experiment."""
    return lambda *words: build_run(with_small(words))


@pytest.fixture
def observe() -> Callable[..., list[Observation]]:
    """Run replication 0 of every scenario of a command line with the same luck."""

    def run(*words: str) -> list[Observation]:
        scenarios = [point.scenario for point in build_run(with_small(words)).points]
        return [observe_scenario(scenario) for scenario in scenarios]

    return run


_observed: dict[str, Observation] = {}


def observe_scenario(scenario: Scenario) -> Observation:
    """Run replication 0 of one scenario, once for all tests that ask for it."""
    key = scenario.model_dump_json()
    if key not in _observed:
        inputs, draws = load_inputs([scenario]), Draws(scenario.experiment.seed, 0)
        _observed[key] = replication.observe(scenario, inputs, Compiler(scenario), draws)
    return _observed[key]
