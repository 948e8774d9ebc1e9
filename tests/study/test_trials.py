"""Trials of reforms: what they are compared with, when they are stale, and how tables are kept."""

from functools import cache
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.scenario.errors import InputError
from sim.scenario.validate import build_scenario
from sim.study.fingerprint import fingerprint
from sim.study.reference_tables import read_effects, renew_effects
from sim.study.settings import Point, Settings
from sim.study.trials import COLUMNS, PROBE, Trial, groups, measure_trials, renewed, stale_trials
from tests.builders import shipped_data, with_value

OVERALL, COST = "all.overall_clearance_time.mean", "cost.total.per_teu"
SETTINGS = Settings("serial", 1, Path())
SHORT = {"warm_up_days": 0.0, "horizon_days": 4.0, "cool_down_days": 1.0, "replications": 2}


@cache
def data(name: str) -> Any:
    found = shipped_data(name)
    found["experiment"].update(SHORT)
    return found


@cache
def point(name: str) -> Point:
    return Point(name, build_scenario(data(name)))


def trial(name: str, *kpis: str) -> Trial:
    return Trial(name, kpis or (OVERALL, COST), point("serial"), point(name))


def fingerprint_with(key: str, value: Any) -> str:
    return fingerprint(build_scenario(with_value(data("serial"), key, value)))


def silent(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def test_words_do_not_count_in_a_fingerprint() -> None:
    serial = fingerprint(point("serial").written)
    release = "workflows.sea_import.steps.release"
    assert fingerprint_with(f"{release}.label.en", "Let go") == serial
    assert fingerprint_with("description.zh", "某场景") == serial
    assert fingerprint_with(f"{release}.duration.value", 0.2) != serial
    assert fingerprint_with("experiment.seed", 1) != serial


def test_the_order_of_steps_counts_in_a_fingerprint() -> None:
    steps = data("serial")["workflows"]["sea_import"]["steps"]
    turned = dict(reversed(steps.items()))
    other = fingerprint_with("workflows.sea_import.steps", turned)
    assert other != fingerprint(point("serial").written)


def test_trials_of_one_home_share_a_run() -> None:
    elsewhere = Trial("x", (OVERALL,), point("joint_inspection"), point("all_together"))
    found = groups([trial("joint_inspection"), elsewhere, trial("parallel_agencies")])
    assert [[one.reform for one in group] for group in found] == [
        ["joint_inspection", "parallel_agencies"],
        ["x"],
    ]


def rows(*trials: Trial) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (one.reform, "serial", kpi, "h", 2.0, 1.0, -1.0, -2.0, 0.0, -0.5, 2, one.sha256)
            for one in trials
            for kpi in one.kpis
        ],
        columns=COLUMNS,
    ).assign(**{PROBE: 1.0})


def test_a_trial_is_stale_without_each_of_its_kpis_as_it_is_now() -> None:
    joint, parallel = trial("joint_inspection"), trial("parallel_agencies")
    table = rows(joint, parallel)
    assert stale_trials([joint, parallel], table) == []
    assert stale_trials([joint, parallel], table.iloc[1:]) == [joint]
    old = table.assign(sha256=table["sha256"].where(table["reform"] != "parallel_agencies", "x"))
    assert stale_trials([joint, parallel], old) == [parallel]


def test_fresh_effects_take_the_place_of_old_ones_in_the_order_of_the_trials() -> None:
    joint, parallel = trial("joint_inspection"), trial("parallel_agencies")
    old = rows(joint).assign(sha256="old")
    gone = rows(trial("advance_declaration"))
    table = renewed(pd.concat([gone, rows(parallel), old]), rows(joint), [joint, parallel])
    assert list(zip(table["reform"], table["kpi"], strict=True)) == [
        ("joint_inspection", OVERALL),
        ("joint_inspection", COST),
        ("parallel_agencies", OVERALL),
        ("parallel_agencies", COST),
    ]
    assert set(table["sha256"]) == {joint.sha256, parallel.sha256}


@pytest.mark.slow
def test_an_effect_is_the_difference_a_run_finds(tmp_path: Path) -> None:
    wanted = [trial("parallel_agencies"), trial("joint_inspection", OVERALL)]
    told: list[tuple[int, int]] = []
    renew_effects(
        tmp_path, wanted, wanted, SETTINGS, lambda done, total: told.append((done, total))
    )
    assert told[-1] == (6, 6)
    table = read_effects(tmp_path)
    assert stale_trials(wanted, table) == []
    assert len(table) == 3
    assert (table["with"] - table["baseline"]).tolist() == pytest.approx(
        table["difference"].tolist(), abs=1e-3
    )
    assert table["difference"].iloc[0] < 0
    before = (tmp_path / "catalogue.csv").read_bytes()
    renew_effects(
        tmp_path, wanted, wanted, SETTINGS, lambda done, total: pytest.fail("nothing to run")
    )
    assert (tmp_path / "catalogue.csv").read_bytes() == before


@pytest.mark.slow
def test_an_effect_does_not_depend_on_what_is_run_beside_it() -> None:
    joint, parallel = trial("joint_inspection"), trial("parallel_agencies")
    together = measure_trials([joint, parallel], SETTINGS, silent)
    alone = measure_trials([parallel], SETTINGS, silent)
    beside = together[together["reform"] == "parallel_agencies"].reset_index(drop=True)
    pd.testing.assert_frame_equal(beside, alone)


def test_a_kpi_that_only_the_reform_brings_has_no_difference() -> None:
    table = measure_trials([trial("joint_inspection", "step.book_jointly.share")], SETTINGS, silent)
    (row,) = table.to_dict("records")
    assert row["with"] > 0
    assert isnan(row["baseline"])
    assert isnan(row["difference"])


def test_a_kpi_that_the_home_lacks_is_named() -> None:
    wanted = trial("parallel_agencies", "cost.total.per_tue")
    with pytest.raises(InputError) as caught:
        measure_trials([wanted], SETTINGS, silent)
    assert str(caught.value) == (
        "'serial' has no KPI 'cost.total.per_tue'; did you mean 'cost.total.per_teu'?"
    )
