"""Every kind of the shipped file becomes something; what cannot says why."""

import pytest

from sim.scenario.errors import InputError
from sim.traffic.draws import Draws
from sim.verify.experiment import Exact, UnsupportedError
from sim.verify.kinds import prepare
from sim.verify.reference_file import Case
from tests.verify.reference_cases import FILE, case_of

UNSUPPORTED = {
    "mmck_l0.9_m1_c1_K5": "loss",
    "mmck_l1_m1_c1_K4": "loss",
    "mmck_l3_m4_c2_K3": "loss",
    "mmck_l4_m1_c4_K4": "loss",
    "prio_preemptive_resume": "preemption",
    "kat_mrg32k3a": "MRG32k3a",
    "cal_dst_berlin": "daylight saving",
}
ONE_OF_EACH_KIND = list({case.kind: case for case in reversed(FILE.cases)}.values())


def ids(case: Case) -> str:
    return case.id


@pytest.mark.parametrize("case", FILE.cases, ids=ids)
def test_a_case_is_supported_or_says_why(case: Case) -> None:
    if case.id in UNSUPPORTED:
        with pytest.raises(UnsupportedError, match=UNSUPPORTED[case.id]):
            prepare(case)
    else:
        prepare(case)


@pytest.mark.parametrize(
    "case", [case for case in ONE_OF_EACH_KIND if case.id not in UNSUPPORTED], ids=ids
)
def test_every_metric_has_a_measure(case: Case) -> None:
    become = prepare(case)
    found = become.values if isinstance(become, Exact) else become.replicate(Draws(1, 0))
    assert {metric.name for metric in case.metrics} <= set(found)


def test_an_unknown_kind_is_unsupported() -> None:
    with pytest.raises(UnsupportedError, match="no such kind as 'polling'"):
        prepare(case_of("mm1_l0.5_m1", kind="polling"))


def test_an_overload_has_no_steady_state() -> None:
    busy = {"dist": "exp", "rate": 1.5}
    with pytest.raises(UnsupportedError, match=r"no steady state at a load of 1\.5"):
        prepare(case_of("mm1_l0.5_m1", arrival=busy))


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ({"servers": 0}, "mm1_l0.5_m1.servers"),
        ({"service": {"dist": "expo", "rate": 1.0}}, "mm1_l0.5_m1.service.dist: unknown dist"),
        ({"server": 1}, "mm1_l0.5_m1.server: unknown key 'server'"),
        ({"service": {"dist": "gamma", "params": [1.0]}}, "params: shape, scale are expected"),
        ({"arrival": {"dist": "exp", "rate": 0}}, "rate: a number above 0 is expected, given 0"),
    ],
)
def test_a_model_that_does_not_fit_its_kind(model: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as error:
        prepare(case_of("mm1_l0.5_m1", **model))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "model", "message"),
    [
        ("batch_const2", {"batch_pmf": {"2": 0.5}}, "adds up to 0.5, not to 1"),
        ("jackson_feedback3", {"servers": [1, 1]}, "must be of 2 stations"),
        ("inspection_detection", {"sample": 201}, "defective and sample are at most 200"),
        (
            "cal_dd1_always",
            {"calendar": {"period": 1440, "open": [[600, 480]]}},
            "spans must open before they close",
        ),
        (
            "cal_dd1_always",
            {"jobs": [{"arrival": 0, "work": 90}]},
            "cal_dd1_always.schedule: there is no job 1",
        ),
    ],
)
def test_a_model_that_contradicts_itself(name: str, model: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as error:
        prepare(case_of(name, **model))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "model", "message"),
    [
        ("mt_dinf", {"rate": "10+60 sin(2 pi t/24)"}, "no rate: '10"),
        ("mt_dinf", {"rate": "10 cos(t)"}, "a rate written as '10 cos"),
        ("train_infinite", {"headways": ["about 12"]}, "a headway written as 'about 12'"),
        ("onoff_exponential_job", {"off": 14}, "a calendar that repeats every 23 hours"),
        ("jackson_feedback3", {"routing": [[0, 1, 0], [0, 0, 1], [1, 0, 0]]}, "never leave"),
        (
            "mm1_l0.5_m1",
            {"arrival": {"dist": "exp", "rate": 0.9999}},
            "ticks would be too coarse",
        ),
        ("mm1_l0.5_m1", {"service": {"dist": "exp", "rate": 0.25}}, "a load of 2"),
    ],
)
def test_what_cannot_be_expressed(name: str, model: dict[str, object], message: str) -> None:
    with pytest.raises(UnsupportedError) as error:
        prepare(case_of(name, **model))
    assert message in str(error.value)
