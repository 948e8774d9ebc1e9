"""How an agency picks what it examines: a random share, and the highest scores of each tier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.errors import InputError, unknown_name
from sim.scenario.resources import Selection
from sim.scenario.scenario import Scenario
from sim.traffic.draws import Draws
from sim.traffic.risk_scores import (
    RowScores,
    Threshold,
    chosen,
    row_masses,
    scored_like,
    threshold,
)
from sim.traffic.selection import binormal_distance, normal_scores, score_threshold

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Candidates:
    """Consignments an agency picks from, and what it knows of their kind.

    Attributes:
        entity: shape (n,), identity by which draws are keyed.
        row: shape (n,), row of the table of declarations its goods are drawn from.
        tier: shape (n,), index of the trader's tier.
        violating: shape (n,), whether it hides a violation of the agency's rules.
        violation_probability: shape (tiers,), share that does.
        rate: shape (tiers,), inspection rate to reach.
        row_tier: shape (rows,), index of the tier of the importer of each row of the table; None
            where the row tells nothing about the tier.
        row_weight: shape (rows,), share of the goods of each row that concern the agency.
    """

    entity: Ints
    row: Ints
    tier: Ints
    violating: Flags
    violation_probability: Floats
    rate: Floats
    row_tier: Ints | None
    row_weight: Floats


@dataclass(frozen=True)
class Targeted:
    """What an agency makes of its candidates; shapes are (n,).

    Attributes:
        score: by which it ranks them.
        selected: whether it examines them.
        low_risk: whether they are of low risk for their tier.
    """

    score: Floats
    selected: Flags
    low_risk: Flags


@dataclass(frozen=True)
class _Ranking:
    """Scores of candidates, and who is among the highest, given the share of each tier that is."""

    score: Floats
    highest: Callable[[Floats], Flags]

    def lowest(self, share: Floats) -> Flags:
        """Who is among the lowest, given the share of each tier that is."""
        return ~self.highest(1 - share) if share.any() else np.zeros(len(self.score), dtype=bool)


def target(
    selection: Selection,
    agency: str,
    candidates: Candidates,
    scores: Mapping[str, RowScores],
    correlation: float,
    draws: Draws,
) -> Targeted:
    """Score the candidates of an agency and pick among them.

    Args:
        selection: the agency's way of selecting.
        agency: its name, by which draws are keyed.
        candidates: what it picks from.
        scores: scores of the rows of the table, by model.
        correlation: of the binormal scores of two agencies.
        draws: luck of the replication.
    """
    random_rate = candidates.rate * selection.random_share
    by_score = np.divide(
        candidates.rate - random_rate,
        1 - random_rate,
        where=random_rate < 1,
        out=np.zeros_like(random_rate),
    )
    if selection.model is not None:
        ranking = _by_model(scores[selection.model], agency, candidates, draws)
    else:
        assert selection.auc is not None
        ranking = _by_auc(selection.auc, agency, candidates, correlation, draws)
    luck = draws.uniform(f"random_selection.{agency}", candidates.entity)
    by_chance = luck < random_rate[candidates.tier]
    low_risk_share = np.full_like(candidates.rate, selection.low_risk_share)
    return Targeted(
        score=ranking.score,
        selected=ranking.highest(by_score) | by_chance,
        low_risk=ranking.lowest(low_risk_share),
    )


def check_models(scenario: Scenario, scores: Mapping[str, RowScores]) -> None:
    """Check that the models agencies select by have scored a table.

    Raises:
        InputError: there is no such model, or its table lacks rows of one outcome.
    """
    for name, agency in scenario.agencies.items():
        if agency.selection is None or agency.selection.model is None:
            continue
        where, model = f"agencies.{name}.selection.model", agency.selection.model
        if model not in scores:
            raise unknown_name(where, "model", model, scores)
        if not 0 < scores[model].fraud.mean() < 1:
            raise InputError(f"{where}: '{model}' needs rows with fraud and rows without")


def _by_auc(
    auc: float, agency: str, candidates: Candidates, correlation: float, draws: Draws
) -> _Ranking:
    distance = binormal_distance(auc)
    normal = normal_scores(draws, agency, candidates.entity, correlation)
    score = normal + distance * candidates.violating

    def highest(rate: Floats) -> Flags:
        limits = np.array(
            [
                score_threshold(float(each), float(share), distance)
                for each, share in zip(rate, candidates.violation_probability, strict=True)
            ]
        )
        return np.asarray(score > limits[candidates.tier])

    return _Ranking(score, highest)


def _by_model(scores: RowScores, agency: str, candidates: Candidates, draws: Draws) -> _Ranking:
    another = draws.uniform(f"risk.row.{agency}", candidates.entity)
    row = scored_like(scores, candidates.row, candidates.violating, another)
    ties = draws.uniform(f"risk.tie.{agency}", candidates.entity)
    score = scores.score[row]

    def highest(rate: Floats) -> Flags:
        thresholds = [
            _tier_threshold(scores, candidates, tier, float(each)) for tier, each in enumerate(rate)
        ]
        return chosen(score, candidates.tier, thresholds, ties)

    return _Ranking(score, highest)


def _tier_threshold(scores: RowScores, candidates: Candidates, tier: int, rate: float) -> Threshold:
    weight = candidates.row_weight
    if candidates.row_tier is not None:
        weight = weight * (candidates.row_tier == tier)
    if not weight.any():
        weight = np.ones_like(weight)
    mass = row_masses(scores, weight, float(candidates.violation_probability[tier]))
    return threshold(scores.score, mass, rate)
