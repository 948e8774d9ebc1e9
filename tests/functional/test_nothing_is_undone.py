"""No shipped reform gives back what an earlier one has saved: papers, data items, visits, work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import get_args

import numpy as np
import pytest

from sim.clearance.graph import Workflow
from sim.clearance.reforms import Rewriting
from sim.clearance.step import Step
from sim.clearance.work import times_sent_back, work_ticks
from sim.command.configuration import composed_data
from sim.scenario.validate import build_scenario
from sim.scenario.workflow import Flag
from sim.traffic.draws import Draws
from tests.catalogue import (
    BASELINES,
    LIBRARY,
    SCENARIOS,
    conflict,
    with_required,
    without_reforms,
)
from tests.validation.footprints import with_all_reforms

Undone = tuple[str, str, str]

# Reforms that raise figures of a step that others have lowered, and why they may.
ROAD = "the examination is at the factory: the way there comes on top of what time_standards caps"
EXEMPT = "quarantine does not examine these exports: it has booked and disposed of nothing"
TEAM = "agencies come together in 0.1 h; a merged agency could do without, on a train"
WITH_REASON: dict[tuple[str, str], str] = {
    ("origin_inspection", "sea_export.check_quarantine"): ROAD,
    ("origin_inspection", "rail_export.check_quarantine"): ROAD,
    ("origin_inspection", "road_export.examine_quarantine"): ROAD,
    ("export_classification", "air_export.book_customs"): EXEMPT,
    ("export_classification", "air_export.dispose_customs"): EXEMPT,
    ("export_classification", "road_export.book_customs"): EXEMPT,
    ("export_classification", "road_export.dispose_customs"): EXEMPT,
    ("joint_boarding", "train_run.board_customs"): TEAM,
}

DRAWS = Draws(2017, 0)
ENTITIES = np.arange(200, dtype=np.int64)
ATTRIBUTES = {
    name: np.ones(len(ENTITIES))
    for name in ("unload_hours", "load_hours", "unload_offset", "load_offset")
}
FLAGS = get_args(Flag)
KINDS: tuple[frozenset[str], ...] = (
    frozenset(FLAGS),
    frozenset(),
    frozenset(FLAGS) - {"trusted", "advanced_certified", "general_certified"},
    frozenset(flag for flag in FLAGS if not flag.startswith("quarantine")),
    frozenset(flag for flag in FLAGS if not flag.startswith("customs")),
    frozenset({"quarantine_liable", "dutiable", "licensed", "manual_review"}),
)
WITH_REFORMS = [name for name, file in SCENARIOS.items() if file.content.get("baseline")]


@cache
def figures(step: Step, kind: frozenset[str]) -> Mapping[str, float]:
    """What a step takes of a case with these flags; nothing if the case does not meet it."""
    met = step.concerning({flag: flag in kind for flag in FLAGS})
    if met is None:
        return {}
    return {
        "documents": met.documents,
        "data_items": met.data_items,
        "visits": met.visits,
        "work": float(work_ticks(met, 0, ENTITIES, ENTITIES, ATTRIBUTES, DRAWS).sum()),
        "rework": float(times_sent_back(met, ENTITIES, DRAWS).sum()),
    }


def origins(step: Step) -> frozenset[str]:
    """The steps as written that a step is, or is merged from."""
    if not step.parts:
        return frozenset({step.origin})
    return frozenset().union(*(origins(part) for part in step.parts))


def made_of(steps: Iterable[Step], some: frozenset[str]) -> list[Step]:
    return [step for step in steps if origins(step) & some]


def total(steps: Iterable[Step], figure: str, kind: frozenset[str]) -> float:
    return sum(figures(step, kind).get(figure, 0.0) for step in steps)


def raised(base: Workflow, before: Workflow, after: Workflow) -> Iterator[tuple[str, str]]:
    """Steps and figures that are above what they were before, which was below what they began at.

    A merged step is compared with all the steps it is merged from.
    """
    for name, step in after.steps.items():
        if before.steps.get(name) == step:
            continue
        earlier = made_of(before.steps.values(), origins(step))
        first = made_of(base.steps.values(), frozenset().union(*map(origins, earlier)))
        for kind in KINDS:
            for figure, value in figures(step, kind).items():
                left = total(earlier, figure, kind)
                if left < total(first, figure, kind) and value > left:
                    yield name, figure


def undone(rewriting: Rewriting, workflow: str, names: Iterable[str]) -> set[Undone]:
    """Which of some reforms, applied one after another, raise what, where."""
    wanted = [name for name in rewriting.reforms(workflow) if name in set(names)]
    taken = rewriting.settle(workflow, wanted)
    graphs = [rewriting.workflow(workflow, taken[:number]) for number in range(len(taken) + 1)]
    return {
        (reform, f"{workflow}.{step}", figure)
        for number, reform in enumerate(taken, start=1)
        for step, figure in raised(graphs[0], graphs[number - 1], graphs[number])
    }


@cache
def rewriting_with_all(port: str) -> Rewriting:
    return Rewriting(with_all_reforms(port))


def go_together(one: str, other: str) -> bool:
    group = with_required([one, other])
    return not any(conflict(*pair) for pair in combinations(group, 2))


@pytest.mark.parametrize("workflow", LIBRARY.groups["workflows"])
def test_no_reform_undoes_another(workflow: str) -> None:
    port = next(port for port in BASELINES if workflow in without_reforms(port)["workflows"])
    rewriting = rewriting_with_all(port)
    found: set[Undone] = set()
    for pair in combinations(rewriting.reforms(workflow), 2):
        if go_together(*pair):
            found |= undone(rewriting, workflow, with_required(pair))
    without_reason = {one for one in found if one[:2] not in WITH_REASON}
    assert without_reason == set()
    assert {key for key in WITH_REASON if key[1].startswith(f"{workflow}.")} <= {
        (reform, step) for reform, step, _ in found
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_REFORMS)
def test_no_reform_of_a_bundle_undoes_what_went_before(name: str) -> None:
    rewriting = Rewriting(build_scenario(composed_data([f"scenario={name}"])[name]))
    found: set[Undone] = set()
    for workflow in rewriting.scenario.workflows:
        found |= undone(rewriting, workflow, rewriting.reforms(workflow))
    assert {one for one in found if one[:2] not in WITH_REASON} == set()
