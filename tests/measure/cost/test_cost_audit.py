from dataclasses import replace

import numpy as np
import pytest

from sim.engine.trace import NEVER
from sim.measure.cost.audit import audit_ledger
from sim.measure.cost.ledger import cost_lines
from sim.measure.cost.lines import CostLine
from sim.measure.measure import measure
from sim.measure.observation import Observation
from sim.scenario.errors import InvariantError
from tests.builders import SHIPPED, consignments_of, observe_by_hand, replicated, tiny
from tests.measure.cost.ledgers import fee


def observed() -> Observation:
    """Two consignments, cases 1 and 2, with fees on every basis."""
    bases = ("case", "container", "teu", "kg", "document", "data_item", "visit", "hour", "duty")
    scenario = tiny(
        ("tariff.fees", {basis: fee(basis, 1.25) for basis in bases}),
        ("workflows.sea_import.steps.declare.documents", 3),
    )
    return observe_by_hand(scenario, consignments_of([0, 0], [2, 3], [1, 0]), 0.0)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_ledger_of_every_run_adds_up(name: str) -> None:
    audit_ledger(replicated(name), cost_lines(replicated(name)))


def test_fees_on_every_basis_agree_with_the_trace() -> None:
    audit_ledger(observed(), cost_lines(observed()))


def changed(item: str, fen: list[int]) -> list[CostLine]:
    return [
        replace(line, fen=line.fen + np.array(fen)) if line.item == item else line
        for line in cost_lines(observed())
    ]


def test_a_fee_booked_too_much_is_found() -> None:
    with pytest.raises(InvariantError, match=r"^case 2: fees booked are not those of the steps"):
        audit_ledger(observed(), changed("document", [0, 125]))


def test_a_fee_that_is_left_out_is_found() -> None:
    lines = [line for line in cost_lines(observed()) if line.item != "case"]
    with pytest.raises(InvariantError, match=r"^case 1: fees booked are not those of the steps"):
        audit_ledger(observed(), lines)


def test_what_costs_less_than_nothing_is_found() -> None:
    with pytest.raises(InvariantError, match=r"^case 2: cost of 'carrying' is below zero"):
        audit_ledger(observed(), changed("carrying", [0, -1]))


def test_a_payment_to_nobody_known_is_found() -> None:
    lines = cost_lines(observed())
    lost = replace(lines[0], payee="bank")  # type: ignore[arg-type]
    with pytest.raises(InvariantError, match=r"^case 1: what the parties pay and receive"):
        audit_ledger(observed(), [lost, *lines[1:]])


def test_a_fee_for_a_step_that_never_ended_stops_the_run() -> None:
    observation = observed()
    plan = observation.plan
    declared = observation.steps_with("name", "declare")[plan.step] & (plan.case == 2)
    assert observation.finished.all()
    observation.trace.end[declared] = NEVER
    with pytest.raises(InvariantError, match=r"^case 2: fees booked"):
        measure(observation)
