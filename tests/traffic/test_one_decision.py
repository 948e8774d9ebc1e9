"""One risk decision for both agencies: what one selects, the other selects too."""

from typing import Any

import numpy as np
import pytest

from sim.scenario.errors import InputError
from sim.traffic.inspection import Inspection
from sim.traffic.screening import Concern, in_common
from tests.builders import shipped
from tests.traffic.test_inspection import LIABLE, agrees, inspected, plain, scanning

HALF = {"traffic__goods__quarantine_share_elsewhere": 0.5}


def merged(**values: Any) -> Inspection:
    """Quarantine selects with customs; half of the goods are liable, as customs knows."""
    return inspected(agencies__quarantine__selects_with="customs", **HALF, **values)


@pytest.mark.parametrize("scan", [{}, scanning(0.6, 0.8, 0.1)], ids=["no scan", "a scan"])
def test_what_customs_picks_quarantine_picks_of_what_it_supervises(scan: dict[str, Any]) -> None:
    flags = merged(**scan).flags
    for name in ("selected", "scanned", "opened"):
        assert (flags[f"quarantine_{name}"] == (flags[f"customs_{name}"] & LIABLE)).all()
    assert flags["quarantine_scanned"].any() == bool(scan)


def test_the_rate_is_that_of_the_one_who_decides() -> None:
    assert agrees(merged().flags["customs_selected"], 0.08)


def test_it_aims_at_violations_of_either() -> None:
    found = merged(agencies__customs__selection__random_share=0.0)
    selected = found.flags["customs_selected"]
    for agency, among in (("customs", np.ones_like(LIABLE)), ("quarantine", LIABLE)):
        violating = found.violation[agency][among]
        picked = violating[selected[among]]
        assert picked.mean() > violating.mean() + 4 * np.sqrt(0.25 / len(picked))


def test_scans_alarm_at_violations_of_either() -> None:
    found = merged(**scanning(1.0, 1.0, 0.0))
    violating = found.violation["customs"] | found.violation["quarantine"]
    assert (found.flags["customs_opened"] == (found.flags["customs_selected"] & violating)).all()


def test_each_still_finds_what_breaks_its_own_rules() -> None:
    found = merged()
    for agency in ("customs", "quarantine"):
        opened, violating = found.flags[f"{agency}_opened"], found.violation[agency]
        assert agrees(found.flags[f"{agency}_finding"][opened & violating], 0.85)
        assert not (found.flags[f"{agency}_finding"] & ~violating).any()


def test_luck_stays_the_same() -> None:
    for agency in ("customs", "quarantine"):
        assert (merged().violation[agency] == plain().violation[agency]).all()
    by_chance = {"agencies__customs__selection__random_share": 1.0}
    one, other = merged(**by_chance).flags, inspected(**by_chance).flags
    assert (one["customs_selected"] == other["customs_selected"]).all()


def test_customs_may_select_with_quarantine() -> None:
    found = inspected(
        agencies__customs__selects_with="quarantine",
        agencies__quarantine__selection__low_risk_share=0.4,
        **HALF,
    ).flags
    assert agrees(found["customs_selected"], 0.18)
    assert (found["quarantine_selected"] == (found["customs_selected"] & LIABLE)).all()
    assert agrees(found["low_risk"], 0.4)


def test_what_is_looked_out_for_in_common() -> None:
    share = np.array([0.5, 0.0])
    one = Concern(np.ones(2, bool), np.array([False, True]), share, np.ones(4))
    weight = np.array([1.0, 0.0, 0.5, 0.5])
    other = Concern(np.array([True, False]), np.array([True, False]), np.full(2, 0.4), weight)
    both = in_common([one, other])
    assert both.concerned.all()
    assert both.violating.all()
    assert both.violation_probability == pytest.approx([1 - 0.5 * 0.8, 0.2])
    assert (both.row_weight == 1).all()
    assert in_common([other]) is other


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"quarantine__selects_with": "custom"},
            "quarantine.selects_with: unknown agency that selects 'custom'; "
            "allowed: customs, quarantine; did you mean 'customs'?",
            id="a slip of the pen",
        ),
        pytest.param(
            {"quarantine__selects_with": "border"},
            "quarantine.selects_with: unknown agency that selects 'border'; "
            "allowed: customs, quarantine",
            id="one that does not select",
        ),
        pytest.param(
            {"border__selects_with": "customs"},
            "border.selects_with: only customs and quarantine select",
            id="for one that does not select",
        ),
        pytest.param(
            {"customs__selects_with": "customs"},
            "customs.selects_with: another agency is expected, given 'customs' itself",
            id="itself",
        ),
        pytest.param(
            {"customs__selects_with": "quarantine", "quarantine__selects_with": "customs"},
            "customs.selects_with: 'quarantine' itself selects with another",
            id="in a circle",
        ),
        pytest.param(
            {"quarantine__selects_with": "customs", "customs__selection": None},
            "quarantine.selects_with: 'customs' has no selection",
            id="nothing to go by",
        ),
        pytest.param(
            {"quarantine__selection__low_risk_share": 0.5},
            "quarantine.selection.low_risk_share: low risk is told by the score by which customs "
            "selects",
            id="low risk by another score",
        ),
    ],
)
def test_who_cannot_decide_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        shipped("serial", **{f"agencies__{key}": value for key, value in values.items()})
    assert str(caught.value) == f"agencies.{message}"
