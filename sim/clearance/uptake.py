"""Who takes up which reforms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.clearance.reforms import Rewriting, Uptake
from sim.scenario.reform import Adoption, Eligibility
from sim.traffic.draws import Draws

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def draw_uptake(
    rewriting: Rewriting, workflow: str, entity: Ints, flags: Mapping[str, Flags], draws: Draws
) -> tuple[tuple[Uptake, ...], Ints]:
    """Return the distinct sets of reforms taken up, and the index of each case's set.

    A case is willing to take up a reform if its draw for it lies below the adoption share of its
    trader's tier, so a higher share never makes it drop one.
    """
    scenario, names = rewriting.scenario, rewriting.reforms(workflow)
    wanted = np.zeros(len(entity), dtype=np.int64)
    for bit, name in enumerate(names):
        reform = scenario.reforms[name]
        spec = scenario.workflows[workflow]
        if not _concerns(reform.eligible, spec.mode, spec.direction):
            continue
        share = _shares(reform.adoption, flags, len(entity))
        willing = draws.uniform(f"adoption.{name}", entity) < share
        wanted |= (willing & eligible(reform.eligible, flags, len(entity))) << bit
    return _settled(rewriting, workflow, wanted)


def _shares(adoption: Adoption, flags: Mapping[str, Flags], cases: int) -> Floats:
    """Shape (cases,): adoption share of each case."""
    shares = np.full(cases, adoption.share)
    for tier, share in adoption.by_tier.items():
        shares[flags[tier]] = share
    return shares


def _concerns(eligible: Eligibility, mode: str, direction: str | None) -> bool:
    return (not eligible.modes or mode in eligible.modes) and (
        not eligible.directions or direction in eligible.directions
    )


def eligible(eligibility: Eligibility, flags: Mapping[str, Flags], cases: int) -> Flags:
    """Say which cases meet all of ``when`` and, if there are any, one clause of ``any_of``."""
    suited = all_hold(eligibility.when, flags, cases)
    if eligibility.any_of:
        clauses = [all_hold(clause, flags, cases) for clause in eligibility.any_of]
        suited = suited & np.logical_or.reduce(clauses)
    return suited


def all_hold(conditions: Sequence[str], flags: Mapping[str, Flags], cases: int) -> Flags:
    """Shape (cases,): whether a case meets all conditions."""
    result = np.ones(cases, dtype=np.bool_)
    for condition in conditions:
        flag = flags[condition.removeprefix("not ")]
        result &= ~flag if condition.startswith("not ") else flag
    return result


def _settled(rewriting: Rewriting, workflow: str, wanted: Ints) -> tuple[tuple[Uptake, ...], Ints]:
    names = rewriting.reforms(workflow)
    distinct, index = np.unique(wanted, return_inverse=True)
    sets = [
        rewriting.settle(workflow, [name for bit, name in enumerate(names) if mask >> bit & 1])
        for mask in distinct.tolist()
    ]
    uptakes = tuple(dict.fromkeys(sets))
    position = np.array([uptakes.index(uptake) for uptake in sets], dtype=np.int64)
    return uptakes, position[index]
