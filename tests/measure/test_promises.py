from typing import Any

import numpy as np
import pytest

from sim.measure.promises import promise_kpis
from sim.measure.times import STANDARDS
from sim.scenario.errors import InputError
from tests.builders import ASSUMED, LABEL, consignments_of, constant, observe_by_hand, spec, tiny
from tests.measure.figures import values

QUICK = {"when": ["not customs_selected"], "complete": True, **ASSUMED}
REWORK = {
    "label": LABEL, "probability": 1.0, "most": 1, "correction": constant(4.0),
    "hours": "around_the_clock", **ASSUMED,
}  # fmt: skip


def told(qualifying: dict[str, Any] | None) -> dict[str, float]:
    """Five sea imports: two plain, one examined for a day, one sent back, one waiting a day.

    A plain one is released after 8 hours and out after 8.5.
    """
    scenario = tiny(
        ("traffic.qualifying", qualifying),
        examine=spec("declare", when=["customs_selected"], duration=constant(24.0))
        | {"party": "customs"},
        check=spec("declare", when=["licensed"], rework=REWORK),
        wait=spec("review", when=["perishable"], duration=constant(24.0), milestones=["gate_out"]),
    )
    consignments = consignments_of(
        [0] * 5,
        customs_selected=[False, False, True, False, False],
        licensed=[False, False, False, True, False],
        perishable=[False, False, False, False, True],
    )
    return values(promise_kpis(observe_by_hand(scenario, consignments, 0.0)))


def test_a_promise_is_told_of_those_who_qualify() -> None:
    found = told(QUICK)
    assert found["all.qualifying.share"] == pytest.approx(3 / 5)
    assert found["all.qualifying.overall_clearance_time.within_8h"] == 1
    for hours, share in {8: 0, 10: 2 / 3, 24: 2 / 3, 48: 1}.items():
        assert found[f"all.qualifying.time_in_port.within_{hours}h"] == pytest.approx(share)


def test_papers_that_are_sent_back_qualify_where_they_need_not_be_complete() -> None:
    assert told(QUICK | {"complete": False})["all.qualifying.share"] == pytest.approx(4 / 5)
    assert told({"complete": True, **ASSUMED})["all.qualifying.share"] == pytest.approx(4 / 5)


def test_where_nobody_qualifies_there_is_no_share_in_time() -> None:
    found = told(QUICK | {"when": ["discredited"]})
    assert found["all.qualifying.share"] == 0
    assert all(np.isnan(found[f"all.qualifying.time_in_port.within_{h}h"]) for h in STANDARDS)


def test_without_a_promise_nothing_is_told() -> None:
    assert told(None) == {}


def test_a_condition_nobody_knows_is_refused() -> None:
    message = "traffic.qualifying.when: unknown condition 'customs_seleted'; allowed: "
    with pytest.raises(InputError, match=message):
        told(QUICK | {"when": ["not customs_seleted"]})
