"""Hidden violations, and what each agency picks: to examine, to scan first, to audit afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.reform import Operator, SetStep
from sim.scenario.resources import SELECTING_AGENCIES, Agency
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Flow
from sim.scenario.workflow import Condition
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import by_tier
from sim.traffic.targeting import Candidates, target

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Screened:
    """Consignments that agencies pick from.

    Attributes:
        entity: shape (n,), identity by which draws are keyed.
        row: shape (n,), row of the table of declarations that scores are drawn from.
        liable: shape (n,), whether quarantine supervises the goods.
        row_tier: shape (rows,), index of the tier of the importer of each row of the table; None
            where traders and tiers are listed, and a row tells nothing about them.
        table: of declarations.
    """

    entity: Ints
    row: Ints
    liable: Flags
    row_tier: Ints | None
    table: DeclarationTable

    def some(self, positions: Ints) -> Screened:
        """The consignments at some positions."""
        return replace(
            self,
            entity=self.entity[positions],
            row=self.row[positions],
            liable=self.liable[positions],
        )


@dataclass(frozen=True)
class Inspection:
    """One element a consignment.

    Attributes:
        flags: by name, ``<agency>_selected`` and what follows from it, and ``laboratory``.
        violation: by agency, whether its rules are broken.
        risk_score: by agency that selects, the score by which it ranks; NaN where it need not.
    """

    flags: Mapping[str, Flags]
    violation: Mapping[str, Flags]
    risk_score: Mapping[str, Floats]


def draw_inspection(
    scenario: Scenario, flow: Flow, screened: Screened, tier: Ints, draws: Draws
) -> Inspection:
    """Draw violations and what the agencies pick.

    Args:
        scenario: with agencies and violations.
        flow: with its factors on inspection rates; where its workflow asks for no scan, or no
            audit, nothing is scanned or audited.
        screened: what they pick from.
        tier: shape (n,), indices into TIERS.
        draws: of the flow.
    """
    entity = screened.entity
    probability = _violation_probabilities(scenario)
    violation = {
        agency: draws.uniform(f"violation.{agency}", entity) < shares[tier]
        for agency, shares in probability.items()
    }
    # Goods that quarantine does not supervise cannot break its rules.
    violation["quarantine"] = violation["quarantine"] & screened.liable
    asked = _flags_asked(scenario, flow.workflow)
    flags: dict[str, Flags] = {}
    scores: dict[str, Floats] = {}
    for name in SELECTING_AGENCIES:
        agency = scenario.agencies[name]
        selected = np.zeros(len(entity), dtype=np.bool_)
        concerned = screened.liable if name == "quarantine" else np.ones_like(screened.liable)
        if agency.selection:
            candidates = Candidates(
                entity=entity,
                row=screened.row,
                tier=tier,
                violating=violation[name],
                violation_probability=probability[name],
                rate=np.minimum(
                    1.0, by_tier(agency.selection.rate) * getattr(flow.selection_factor, name, 1.0)
                ),
                row_tier=screened.row_tier,
                row_weight=_share_concerned(scenario, name, screened.table),
            )
            correlation = scenario.traffic.violations.score_correlation
            targeted = target(
                agency.selection, name, candidates, screened.table.scores, correlation, draws
            )
            selected = targeted.selected & concerned
            scores[name] = np.where(concerned, targeted.score, np.nan)
        flags |= _treatment(
            name, agency, asked, concerned, selected, violation[name], entity, draws
        )
    tested = draws.uniform("laboratory", entity) < scenario.traffic.reviews.laboratory_share
    flags["laboratory"] = tested & flags["quarantine_selected"]
    return Inspection(flags, violation, scores)


def _violation_probabilities(scenario: Scenario) -> dict[str, Floats]:
    spec = scenario.traffic.violations
    factor = by_tier(spec.tier_factor)
    return {agency: np.minimum(1.0, base * factor) for agency, base in spec.probability.items()}


def _share_concerned(scenario: Scenario, agency: str, table: DeclarationTable) -> Floats:
    """Shape (rows,): share of the goods of each row of a table that concern an agency."""
    goods = scenario.traffic.goods
    if agency != "quarantine":
        return np.ones(len(table))
    listed = np.isin(table.chapter, goods.quarantine_chapters)
    return np.where(listed, 1.0, goods.quarantine_share_elsewhere)


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
    concerned: Flags,
    selected: Flags,
    violating: Flags,
    entity: Ints,
    draws: Draws,
) -> dict[str, Flags]:
    """What becomes of what an agency has selected, and of the rest."""

    def lucky(purpose: str, chance: Floats | float) -> Flags:
        return np.asarray(draws.uniform(f"{purpose}.{name}", entity) < chance)

    scanned, opened = np.zeros_like(selected), selected
    if agency.scan and f"{name}_scanned" in asked:
        scan = agency.scan
        scanned = selected & lucky("scan", scan.share)
        alarm = lucky("alarm", np.where(violating, scan.sensitivity, scan.false_alarm))
        opened = selected & (~scanned | alarm)
    finding = np.zeros_like(selected)
    if agency.examination:
        found = violating & lucky("finding", agency.examination.own_sensitivity)
        false = ~violating & lucky("false_alarm", agency.examination.false_alarm)
        finding = opened & (found | false)
    audits = agency.audit if f"{name}_audited" in asked else None
    audited = concerned & ~opened & lucky("audit", audits.share if audits else 0.0)
    return {
        f"{name}_selected": selected,
        f"{name}_scanned": scanned,
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
