import numpy as np
import pytest

from sim.verify.acceptance import judge_estimate, judge_exact
from tests.verify.reference_cases import metric

SPREAD = np.linspace(-1, 1, 41)


def judged(value: float, width: float, **fields: object) -> str:
    """The verdict on values spread evenly about 1."""
    exact = metric(value, **fields)  # type: ignore[arg-type]
    return judge_estimate(exact, 1 + width * SPREAD, metrics=471, level="pull_request").verdict


@pytest.mark.parametrize(
    ("value", "width", "verdict"),
    [
        pytest.param(1.0, 0.05, "pass", id="near and narrow"),
        pytest.param(1.02, 0.05, "pass", id="within five errors"),
        pytest.param(1.04, 0.05, "fail", id="beyond them"),
        pytest.param(1.0, 0.5, "too wide", id="vague"),
        pytest.param(2.0, 0.05, "fail", id="wrong"),
        pytest.param(1.0, 0.0, "pass", id="without chance"),
        pytest.param(1.0 + 1e-8, 0.0, "fail", id="without chance and wrong"),
        pytest.param(1.0 + 1e-12, 1e-15, "pass", id="off by rounding"),
    ],
)
def test_both_halves_of_the_rule(value: float, width: float, verdict: str) -> None:
    assert judged(value, width) == verdict


def test_the_error_is_shared_by_the_family() -> None:
    """3.5 errors off: too far for one metric, not for one of 471."""
    values = 1 + 0.05 * SPREAD
    error = values.std(ddof=1) / np.sqrt(len(values))
    off = metric(1 + 3.8 * error)
    assert judge_estimate(off, values, metrics=1, level="pull_request").verdict == "fail"
    assert judge_estimate(off, values, metrics=471, level="pull_request").verdict == "pass"


def test_nights_are_narrower() -> None:
    values = 1 + 0.1 * SPREAD
    assert judge_estimate(metric(), values, 471, "pull_request").verdict == "pass"
    assert judge_estimate(metric(), values, 471, "nightly").verdict == "too wide"


def test_the_tolerance_of_a_metric_wins() -> None:
    assert judged(1.0, 0.1, max_rel_halfwidth_pr=0.01) == "too wide"


def test_a_quantile_is_compared_as_a_share() -> None:
    exact = metric(17.3, "W_q0.9")
    assert judge_estimate(exact, 0.9 + 0.01 * SPREAD, 471, "pull_request").verdict == "pass"


def test_too_few_replications_do_not_pass() -> None:
    values = 1 + 0.001 * np.linspace(-1, 1, 29)
    assert judge_estimate(metric(), values, 471, "pull_request").verdict == "fail"


@pytest.mark.parametrize(("wrong", "verdict"), [(1.2, "trap avoided"), (1.01, "fail")])
def test_what_a_mistake_gives_must_be_excluded(wrong: float, verdict: str) -> None:
    assert judged(wrong, 0.05, name="cost_WRONG") == verdict


@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("T_approximation", 1.03, "pass"),
        ("T_approximation", 1.06, "fail"),
        ("T_lower_bound", 0.9, "pass"),
        ("T_lower_bound", 1.001, "fail"),
        ("T_upper_bound", 1.1, "pass"),
        ("T_upper_bound", 0.999, "fail"),
    ],
)
def test_approximations_and_hard_bounds(name: str, value: float, verdict: str) -> None:
    assert judged(value, 0.02, name=name, kind="rel", rel=0.05) == verdict


def test_a_vague_approximation_fails() -> None:
    assert judged(1.0, 0.3, name="T_approximation", kind="rel", rel=0.05) == "fail"


@pytest.mark.parametrize(
    ("kind", "tolerance", "found", "verdict"),
    [
        ("abs", {"abs": 1e-9}, 2.0, "pass"),
        ("abs", {"abs": 1e-9}, 2.0 + 1e-8, "fail"),
        ("abs_rel", {"rel": 1e-6}, 2.0 + 1e-6, "pass"),
        ("abs_rel", {"rel": 1e-6}, 2.0 + 1e-5, "fail"),
    ],
)
def test_what_is_computed_without_chance(
    kind: str, tolerance: dict[str, float], found: float, verdict: str
) -> None:
    assert judge_exact(metric(2.0, kind=kind, **tolerance), found).verdict == verdict


def test_known_answers_are_equal_to_the_bit() -> None:
    answers = metric(kind="bit_equal").model_copy(update={"value": ("0x16", "0xdb")})
    assert judge_exact(answers, ("0x16", "0xdb")).verdict == "pass"
    assert judge_exact(answers, ("0x16", "0xdc")).verdict == "fail"
