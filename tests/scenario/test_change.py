"""What an operator changes, as written: refused where it says too much, too little or nothing."""

from typing import Any

import pytest

from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from tests.builders import ASSUMED, LABEL, Data, constant, reform, shipped

RANDOM = "agencies.customs.selection.random_share"
PARAMETER = "reforms.r.operators.0.parameter"
TO = "reforms.r.operators.0.set.to"
HALF = {"duration": 0.5, **ASSUMED}
PAIR = {"steps": ["declare_quarantine", "declare_customs"], "into": "declare_once"}
OWN = {"label": LABEL, "party": "trader", **ASSUMED}


def with_reform(*operators: Data, **rest: Any) -> Scenario:
    return shipped("serial", reforms={"r": reform(*operators, **rest)})


def refusal(*operators: Data, **rest: Any) -> str:
    with pytest.raises(InputError) as caught:
        with_reform(*operators, **rest)
    return str(caught.value)


def parameter(key: str = RANDOM, **change: Any) -> Data:
    return {"parameter": {"key": key, **change}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            parameter(**ASSUMED),
            f"{PARAMETER}: needs exactly one of 'to', 'times', 'at_most' and 'at_least', "
            "given none",
            id="no change",
        ),
        pytest.param(
            parameter(to=1, times=2.0, **ASSUMED),
            f"{PARAMETER}: needs exactly one of 'to', 'times', 'at_most' and 'at_least', "
            "given 'to' and 'times'",
            id="two changes",
        ),
        pytest.param(
            parameter(at_least=None, **ASSUMED),
            f"{PARAMETER}: at_least: a number is expected, given null",
            id="a limit of nothing",
        ),
        pytest.param(
            parameter(times=None, **ASSUMED),
            f"{PARAMETER}: times: a number is expected, given null",
            id="a factor of nothing",
        ),
        pytest.param(
            parameter(to=0.5),
            f"{PARAMETER}: needs one of 'source', 'calibrated_to' or 'assumption: true'",
            id="no provenance",
        ),
        pytest.param(
            parameter(times=-1.0, **ASSUMED),
            f"{PARAMETER}.times: input should be greater than or equal to 0, given -1.0",
            id="a factor below 0",
        ),
        pytest.param(
            parameter("experiment.seed", to=1, **ASSUMED),
            f"{PARAMETER}.key: unknown section 'experiment'; "
            "allowed: agencies, disruptions, holidays, hours, port, tariff, traffic",
            id="not of the port",
        ),
        pytest.param(
            parameter("agency.customs.examiners", to=1, **ASSUMED),
            f"{PARAMETER}.key: unknown section 'agency'; allowed: agencies, disruptions, holidays, "
            "hours, port, tariff, traffic; did you mean 'agencies'?",
            id="a slip of the pen",
        ),
        pytest.param(
            parameter("workflows.sea_import.steps.pay_duty.visits", to=0, **ASSUMED),
            f"{PARAMETER}.key: 'workflows.sea_import.steps.pay_duty.visits' is of a step; 'set' "
            "changes steps",
            id="a step",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"party": None}}},
            f"{TO}: party: a step cannot be without it, given null",
            id="a step without a party",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"duration": constant(1.0), "times": HALF}}},
            f"{TO}: duration: either say what it becomes or give it in 'times', given both",
            id="work set and multiplied",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"visits": 1, "at_most": {"visits": 1}}}},
            f"{TO}: visits: either say what it becomes or give it in 'at_most', given both",
            id="a count set and limited",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"times": {"duration": 0.5}}}},
            f"{TO}.times: needs one of 'source', 'calibrated_to' or 'assumption: true'",
            id="a factor without provenance",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"times": ASSUMED}}},
            f"{TO}.times: needs one of 'duration' and 'rework', given neither",
            id="no factor",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"times": {"duration": 0.0, **ASSUMED}}}},
            f"{TO}.times.duration: input should be greater than 0, given 0.0",
            id="no work at all",
        ),
        pytest.param(
            {"set": {"to": {"visits": 0}}},
            "reforms.r.operators.0.set: needs exactly one of 'step' and 'steps', given neither",
            id="no step",
        ),
        pytest.param(
            {"set": {"step": "release", "steps": ["pay_duty"], "to": {"visits": 0}}},
            "reforms.r.operators.0.set: needs exactly one of 'step' and 'steps', given both",
            id="a step and steps",
        ),
        pytest.param(
            {"merge": {**PAIR, "to": {**OWN, "visits": 1, "at_most": {"visits": 1}}}},
            "reforms.r.operators.0.merge.to: visits: either say what it becomes or give it in "
            "'at_most', given both",
            id="a count of a merged step set and limited",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"examines": ["custom"]}}},
            f"{TO}.examines: unknown agency 'custom'; "
            "allowed: border, customs, maritime, quarantine; did you mean 'customs'?",
            id="an agency that is not there",
        ),
        pytest.param(
            {"set": {"step": "pay_duty", "to": {"by_appointment": {"customs.reviewer": 1}}}},
            f"{TO}.by_appointment: unknown pool 'customs.reviewer'",
            id="a pool that is not there",
        ),
    ],
)
def test_what_does_not_fit_is_refused(content: Data, message: str) -> None:
    assert refusal(content).startswith(message)


@pytest.mark.parametrize(
    ("rest", "limits"),
    [
        pytest.param(
            {"adoption": {"share": 0.4, **ASSUMED}}, "an adoption share of 0.4", id="by share"
        ),
        pytest.param(
            {"adoption": {"share": 1.0, "by_tier": {"discredited": 0.0}, **ASSUMED}},
            "adoption by tier",
            id="by tier",
        ),
        pytest.param(
            {"eligible": {"modes": ["sea"], "when": ["trusted"]}},
            "eligibility by modes, when",
            id="by eligibility",
        ),
        pytest.param(
            {"adoption": {"share": 0.4, **ASSUMED}, "eligible": {"any_of": [["trusted"]]}},
            "an adoption share of 0.4 and eligibility by any_of",
            id="by both",
        ),
    ],
)
def test_a_figure_is_not_set_for_some_cases(rest: Data, limits: str) -> None:
    assert refusal(parameter(to=0.5, **ASSUMED), **rest) == (
        f"{PARAMETER}: a figure is the whole port's, but 'r' has {limits}; "
        "put it into a reform of its own for all, or set a figure by tier"
    )


def test_a_conveyance_keeps_no_appointments() -> None:
    change = {"step": "berth", "to": {"by_appointment": {"customs.reviewers": 1}}}
    assert refusal({"set": change}, workflows=["vessel_call"]) == (
        f"{TO}.by_appointment: is for steps of consignments"
    )


def test_hours_and_a_rework_can_be_taken_away() -> None:
    to = {"hours": None, "rework": None, "duration": constant(1.0)}
    content = with_reform({"set": {"step": "pay_duty", "to": to}}).reforms["r"].operators[0].set
    assert content is not None
    assert {"hours", "rework"} <= content.to.model_fields_set
