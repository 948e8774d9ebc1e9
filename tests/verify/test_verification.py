import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from sim.verify import verification
from sim.verify.acceptance import FAILURES, Judgement
from sim.verify.clock import Clock
from sim.verify.reference_file import Case
from sim.verify.verification import Row, holds
from tests.verify.reference_cases import case_of, rows_of

QUICK = "demurrage_linear"
NO_ENGINE = "pass (no engine)"


def verdicts(*names: str, **model: object) -> dict[str, str]:
    rows = rows_of(*(case_of(name, **model) for name in names))
    return {name: row.judgement.verdict for name, row in rows.items()}


def only(name: str, case: Case) -> Case:
    """A case with one of its metrics."""
    metrics = tuple(metric for metric in case.metrics if metric.name == name)
    return case.model_copy(update={"metrics": metrics})


def test_a_right_model_passes() -> None:
    assert verdicts(QUICK) == {
        "cost_mean": "pass",
        "share_paying": "pass",
        "cost_of_mean_time_WRONG": "trap avoided",
    }


def test_a_wrong_service_rate_fails() -> None:
    """Service a tenth slower than the exact values suppose."""
    slower = {"dist": "exp", "mean": 6.6}
    case = only("mean_N_t34", case_of("mt_minf_daynight_lowrate", service=slower))
    assert rows_of(case)["mean_N_t34"].judgement.verdict == "fail"


def test_a_wrong_discipline_of_the_calendar_fails() -> None:
    found = verdicts("cal_dd1_office_finish", policy="resume")
    assert set(found.values()) == {"fail"}


def test_a_schedule_is_exact_to_the_minute() -> None:
    case = case_of("cal_dd2_office_resume")
    assert set(verdicts(case.id).values()) == {"pass"}
    (later, *others) = case.schedule
    moved = later.model_copy(update={"end": later.end + 1})
    rows = rows_of(case.model_copy(update={"schedule": (moved, *others)}))
    assert rows["schedule_instants"].judgement.verdict == "fail"
    assert rows["schedule_instants"].judgement.estimate == 15


def test_replications_are_added_until_intervals_are_narrow() -> None:
    """One per cent of a share of 0.56 takes more than the thirty replications of a start."""
    row = rows_of(only("P_detect", case_of("inspection_detection")))["P_detect"]
    assert row.judgement.half_width <= 0.01 * 0.5602570282135622
    assert row.judgement.verdict == NO_ENGINE


def test_what_the_budget_cannot_narrow_has_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(verification.BUDGET, "pull_request", 160_000)
    row = rows_of(case_of(QUICK))["cost_mean"]
    assert row.judgement.verdict == "out of reach"
    assert row.judgement.verdict in FAILURES
    assert row.judgement.note == "needs some 3.5e+05 activities"


def test_formulas_verify_no_engine() -> None:
    assert set(verdicts("ar1_variance_of_mean", "kat_philox4x64").values()) == {NO_ENGINE}


@pytest.mark.slow
def test_draws_from_a_wrong_distribution_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not taken for luck: services a tenth longer than their law says."""

    def slower(self: Clock, units: ArrayLike) -> NDArray[np.int64]:
        return np.rint(1.1 * np.asarray(units) * self.scale).astype(np.int64)

    monkeypatch.setattr(Clock, "ticks", slower)
    row = rows_of(only("L", case_of("mm1_l0.5_m1")))["L"]
    assert row.judgement.verdict == "fail"
    assert "standard errors off their own mean" in row.judgement.note


def test_what_is_wrong_fails_though_it_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(verification.BUDGET, "pull_request", 160_000)
    dearer = rows_of(case_of(QUICK, rate_per_hour=3.5))
    assert dearer["cost_mean"].judgement.verdict == "fail"


def test_what_is_unsupported_says_why() -> None:
    rows = rows_of(case_of("kat_mrg32k3a"))
    assert rows["first_five_raw"].judgement.verdict == "unsupported"
    assert "MRG32k3a" in rows["first_five_raw"].judgement.note


def test_a_metric_nobody_measures_fails() -> None:
    case = case_of(QUICK)
    renamed = case.metrics[0].model_copy(update={"name": "cost_median"})
    rows = rows_of(case.model_copy(update={"metrics": (renamed,)}))
    assert rows["cost_median"].judgement.verdict == "fail"
    assert rows["cost_median"].judgement.note == "no measure has this name"


def test_results_do_not_depend_on_workers_or_company() -> None:
    case, other = only("share_paying", case_of(QUICK)), case_of("storage_started_days")
    alone = rows_of(case, seed=7)
    together = rows_of(other, case, seed=7, workers=2)
    assert alone["share_paying"].judgement == together["share_paying"].judgement


def test_seeds_are_salted_by_case() -> None:
    case = only("share_paying", case_of(QUICK))
    twin = case.model_copy(update={"id": "twin"})
    found = {
        rows_of(again, seed=seed)["share_paying"].judgement.estimate
        for again, seed in ((case, 1), (case, 2), (twin, 1))
    }
    assert len(found) == 3


def test_replications_above_the_budget_are_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(verification.BUDGET, "pull_request", 100_000)
    row = rows_of(case_of(QUICK))["cost_mean"]
    assert row.judgement.verdict == "out of reach"
    assert row.judgement.note == "30 replications of 5.0e+03 activities"


def test_a_file_of_which_nothing_can_be_expressed_does_not_hold() -> None:
    case = case_of("kat_mrg32k3a")
    judged = [Row(case, metric, Judgement("unsupported")) for metric in case.metrics]
    assert not holds(judged)
    assert holds([*judged, Row(case, case.metrics[0], Judgement("pass"))])
    assert not holds([*judged, Row(case, case.metrics[0], Judgement("too wide"))])
