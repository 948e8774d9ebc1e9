import re
from typing import Any

import pytest

from sim.clearance.validate import check_scenario
from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from tests.builders import (
    ASSUMED,
    SHIPPED,
    constant,
    reform,
    shipped,
    shipped_data,
    spec,
    tiny,
    with_value,
)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_are_sound(name: str) -> None:
    check_scenario(shipped(name))


def test_the_tiny_scenario_is_sound() -> None:
    check_scenario(tiny())


def error_of(changes: dict[str, Any] | None = None, **reforms: Any) -> str:
    data = shipped_data("serial")
    data["reforms"] = reforms
    for key, value in (changes or {}).items():
        data = with_value(data, key, value)
    with pytest.raises(InputError) as caught:
        check_scenario(build_scenario(data))
    return str(caught.value)


IMPORT = "workflows.sea_import.steps"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {f"{IMPORT}.release.milestones": []},
            "workflows.sea_import: no step reaches the milestone 'release'",
            id="missing milestone",
        ),
        pytest.param(
            {f"{IMPORT}.discharge.after": ["vessel_cal.rig_cranes"]},
            "workflows.sea_import: step 'discharge': unknown workflow 'vessel_cal'; "
            "allowed: sea_import, vessel_call; did you mean 'vessel_call'?",
            id="unknown workflow",
        ),
        pytest.param(
            {"agencies.customs.examiners": 1},
            "step 'examine_customs' needs 2 of 'customs.examiners', which has 1",
            id="too few examiners",
        ),
        pytest.param(
            {f"{IMPORT}.release.after": ["pay_dutty"]},
            r"workflows.sea_import: step 'release': unknown predecessor 'pay_dutty'; "
            "allowed: .*; did you mean 'pay_duty'\\?$",
            id="misspelt predecessor",
        ),
    ],
)
def test_unsound_scenarios_are_refused(changes: dict[str, Any], message: str) -> None:
    found = error_of(changes)
    assert found == message or re.match(message, found)


def test_a_reform_that_takes_a_milestone_is_named() -> None:
    found = error_of(quick=reform({"cancel": {"steps": ["release"]}}))
    assert found == "workflows.sea_import with quick: no step reaches the milestone 'release'"


def test_a_reform_that_takes_what_consignments_wait_for_is_named() -> None:
    found = error_of(quick=reform({"cancel": {"steps": ["rig_cranes"]}}, workflows=["vessel_call"]))
    assert found == (
        "workflows.sea_import: step 'discharge': step 'rig_cranes' is no longer there: "
        "reform 'quick' cancelled it"
    )


def test_every_uptake_is_checked() -> None:
    found = error_of(
        a=reform({"cancel": {"steps": ["obtain_permit"]}}, order=1),
        b=reform({"set": {"step": "obtain_permit", "to": {"visits": 0}}}, order=2),
    )
    assert found == (
        "reforms.b.operators.0: step 'obtain_permit' is no longer there: reform 'a' cancelled it"
    )


@pytest.mark.parametrize(
    ("changes", "operator"),
    [
        pytest.param(
            {},
            {"set": {"pool": "berths", "to": {"hours": "nope", **ASSUMED}}},
            id="hours of a pool",
        ),
        pytest.param(
            {}, {"set": {"step": "pay_duty", "to": {"hours": "nope"}}}, id="hours of a step"
        ),
        pytest.param(
            {}, {"set": {"step": "release", "to": {"uses": {"nope": 1}}}}, id="pool of a step"
        ),
        pytest.param(
            {}, {"set": {"step": "release", "to": {"when": ["nope"]}}}, id="condition of a step"
        ),
        pytest.param(
            {}, {"add": {"step": "n", "spec": spec("release", uses={"nope": 1})}}, id="pool added"
        ),
        pytest.param(
            {},
            {"add": {"step": "n", "spec": spec("release", examines=["nope"])}},
            id="agency added",
        ),
        pytest.param(
            {f"{IMPORT}.discharge.needs": ["vessel_call.nope"]},
            {"cancel": {"steps": ["obtain_permit"]}},
            id="step of a vessel that is needed",
        ),
        pytest.param(
            {"traffic.flows.sea_import.containers.most_boxes": 256},
            {"cancel": {"steps": ["obtain_permit"]}},
            id="more boxes than have identities",
        ),
        pytest.param(
            {"traffic.violations.probability": {"customs": 0.1}},
            {"cancel": {"steps": ["obtain_permit"]}},
            id="no violations of an agency that selects",
        ),
        pytest.param(
            {"traffic.conveyances.liner_calls.arrivals.interarrival": constant(0.0)},
            {"cancel": {"steps": ["obtain_permit"]}},
            id="vessels without end",
        ),
        pytest.param(
            {"hours.business.week": {}},
            {"cancel": {"steps": ["obtain_permit"]}},
            id="hours that never open",
        ),
        pytest.param(
            {"workflows.vessel_call.steps.load.when": ["trusted"]},
            {"cancel": {"steps": ["obtain_permit"]}},
            id="flag of a vessel",
        ),
    ],
)
def test_what_cannot_be_run_is_refused_beforehand(
    changes: dict[str, Any], operator: dict[str, Any]
) -> None:
    assert error_of(changes, r=reform(operator))


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("restuff_customs", "1 of 'customs_site' taken and not returned"),
        ("move_customs", "1 of 'customs_site' returned and not taken"),
    ],
)
def test_units_that_do_not_come_back_are_refused(step: str, message: str) -> None:
    assert error_of({}, r=reform({"cancel": {"steps": [step]}})) == (
        f"workflows.sea_import with r: {message}"
    )
