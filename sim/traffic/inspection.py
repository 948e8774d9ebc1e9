"""Hidden violations, and what each agency picks: to examine, to scan first, to audit afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.reform import Operator, SetStep
from sim.scenario.resources import Agency
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow
from sim.scenario.workflow import Condition
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import by_tier
from sim.traffic.screening import (
    Concern,
    Screened,
    concerns_of,
    decided_for,
    draw_violations,
    in_common,
)
from sim.traffic.targeting import Candidates, target

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Inspection:
    """One element a consignment.

    Attributes:
        flags: by name, ``<agency>_selected`` and what follows, ``laboratory``, ``low_risk``.
        violation: by agency, whether its rules are broken.
        risk_score: by agency that selects, the score by which it ranks; NaN where it need not.
    """

    flags: Mapping[str, Flags]
    violation: Mapping[str, Flags]
    risk_score: Mapping[str, Floats]


@dataclass(frozen=True)
class _Decision:
    """What an agency decides, for itself or for others too; shapes are (n,).

    Attributes:
        score: by which it ranks them; NaN where it does not select.
        selected: whether they are to be examined.
        scanned: of these, whether they are scanned first.
        opened: of these, whether they are opened.
        low_risk: whether they are of low risk for their tier.
    """

    score: Floats
    selected: Flags
    scanned: Flags
    opened: Flags
    low_risk: Flags


def draw_inspection(
    scenario: Scenario, flow: Flow, screened: Screened, tier: Ints, draws: Draws
) -> Inspection:
    """Draw violations and what the agencies pick, each for itself or one for both.

    Args:
        scenario: with agencies and violations.
        flow: with its factors on inspection rates; where its workflow asks for no scan, or no
            audit, nothing is scanned or audited.
        screened: what they pick from.
        tier: shape (n,), indices into TIERS.
        draws: of the flow.
    """
    violation = draw_violations(scenario, screened, tier, draws)
    concerns = concerns_of(scenario, screened, violation)
    asked = _flags_asked(scenario, flow.workflow)
    flags: dict[str, Flags] = {}
    scores: dict[str, Floats] = {}
    for decider, names in decided_for(scenario).items():
        common = in_common([concerns[name] for name in names])
        decision = _decide(scenario, flow, decider, common, asked, screened, tier, draws)
        for name in names:
            agency, own = scenario.agencies[name], concerns[name]
            flags |= _treatment(name, agency, asked, own, decision, screened.entity, draws)
            if scenario.agencies[decider].selection:
                scores[name] = np.where(own.concerned, decision.score, np.nan)
        if "customs" in names:
            flags["low_risk"] = decision.low_risk
    tested = draws.uniform("laboratory", screened.entity) < (
        scenario.traffic.reviews.laboratory_share
    )
    flags["laboratory"] = tested & flags["quarantine_selected"]
    return Inspection(flags, violation, scores)


def _decide(
    scenario: Scenario,
    flow: Flow,
    name: str,
    concern: Concern,
    asked: Set[str],
    screened: Screened,
    tier: Ints,
    draws: Draws,
) -> _Decision:
    """What an agency selects and scans, by violations of all rules it looks out for."""
    agency, entity = scenario.agencies[name], screened.entity
    nobody = np.zeros(len(entity), dtype=np.bool_)
    if agency.selection is None:
        return _Decision(np.full(len(entity), np.nan), nobody, nobody, nobody, nobody)
    candidates = Candidates(
        entity=entity,
        row=screened.row,
        tier=tier,
        violating=concern.violating,
        violation_probability=concern.violation_probability,
        rate=np.minimum(
            1.0, by_tier(agency.selection.rate) * getattr(flow.selection_factor, name, 1.0)
        ),
        row_tier=screened.row_tier,
        row_weight=concern.row_weight,
    )
    correlation = scenario.traffic.violations.score_correlation
    targeted = target(agency.selection, name, candidates, screened.table.scores, correlation, draws)
    selected = targeted.selected & concern.concerned
    scanned, opened = nobody, selected
    if agency.scan and f"{name}_scanned" in asked:
        scan = agency.scan
        chance = np.where(concern.violating, scan.sensitivity, scan.false_alarm)
        scanned = selected & (draws.uniform(f"scan.{name}", entity) < scan.share)
        opened = selected & (~scanned | (draws.uniform(f"alarm.{name}", entity) < chance))
    return _Decision(targeted.score, selected, scanned, opened, targeted.low_risk)


def _flags_asked(scenario: Scenario, workflow: str) -> frozenset[str]:
    """Flags that a workflow, or a reform of it that anybody adopts, asks about."""
    asked = {flag for step in scenario.workflows[workflow].steps.values() for flag in step.when}
    for reform in scenario.reforms.values():
        if reform.adoption.by_anybody and workflow in reform.workflows:
            asked.update(*(_conditions_of(operator) for operator in reform.operators))
    return frozenset(condition.removeprefix("not ") for condition in asked)


def _conditions_of(operator: Operator) -> tuple[Condition, ...]:
    """Conditions on which a step that an operator adds or changes depends."""
    if operator.add:
        return operator.add.spec.when
    return (operator.set.to.when or ()) if isinstance(operator.set, SetStep) else ()


def _treatment(
    name: str,
    agency: Agency,
    asked: Set[str],
    own: Concern,
    decision: _Decision,
    entity: Ints,
    draws: Draws,
) -> dict[str, Flags]:
    """What becomes of what concerns an agency, by a decision of its own or of another."""

    def lucky(purpose: str, chance: float) -> Flags:
        return np.asarray(draws.uniform(f"{purpose}.{name}", entity) < chance)

    opened = decision.opened & own.concerned
    finding = np.zeros_like(opened)
    if agency.examination:
        found = own.violating & lucky("finding", agency.examination.own_sensitivity)
        false = ~own.violating & lucky("false_alarm", agency.examination.false_alarm)
        finding = opened & (found | false)
    audits = agency.audit if f"{name}_audited" in asked else None
    audited = own.concerned & ~opened & lucky("audit", audits.share if audits else 0.0)
    return {
        f"{name}_selected": decision.selected & own.concerned,
        f"{name}_scanned": decision.scanned & own.concerned,
        f"{name}_opened": opened,
        f"{name}_finding": finding,
        f"{name}_audited": audited,
    }


def joined(parts: list[tuple[Ints, Inspection]], number: int) -> Inspection:
    """Put inspections of some consignments each together: pairs of positions and inspection."""
    columns: dict[str, dict[str, NDArray[Any]]] = {}
    for positions, part in parts:
        for field, by_name in vars(part).items():
            whole = columns.setdefault(field, {})
            for name, column in by_name.items():
                whole.setdefault(name, np.zeros(number, dtype=column.dtype))[positions] = column
    return Inspection(**columns)
