"""The table of a design, and points that fail."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sim.scenario.errors import ExecutionError, InputError
from sim.study.design.outcomes import FailureWatch
from sim.study.design.points import DesignPoint
from sim.study.design.sampling import Values
from sim.study.design.sweep import point_table, sweep_of
from sim.study.estimates import Sample
from sim.study.headline import ALL_FOUND, headline, with_all_found
from tests.study.designed import MadeUp, design_run, made_up

ROWS: list[Values] = [(1, ["x", "y"]), (2, [])]


def figures(values: Values, number: int) -> dict[str, float]:
    return {"time": float(str(values[0] if values else 5)) + number, "cost": 2.0 * number}


def test_one_row_a_point_and_kpi() -> None:
    table = made_up(ROWS, figures).table
    assert list(table["point"]) == [0, 0, 1, 1, 2, 2]
    assert list(table["kpi"]) == ["time", "cost"] * 3
    assert list(table["factor0"].dropna()) == [1, 1, 2, 2]
    assert table["factor0"].dtype == "Int64"
    assert list(table["factor1"].dropna()) == ["x+y", "x+y", "none", "none"]
    time = table[table["kpi"] == "time"].set_index("name")
    assert time["mean"].to_dict() == {"base": 6.5, "p1": 2.5, "p2": 3.5}
    # Paired: the luck that points share is no part of their difference to the baseline.
    assert time.loc["p1", ["difference", "difference_low", "difference_high"]].tolist() == [-4] * 3
    assert time.loc["base", ["difference"]].isna().all()


def test_values_of_several_types_are_text_that_parquet_takes(tmp_path: Path) -> None:
    rows: list[Values] = [(18, 8), ({"office": 14}, "eight"), (True, 9.5)]
    table = made_up(rows, lambda _, number: {"time": 1.0 * number, "cost": 2.0}).table
    table.to_parquet(tmp_path / "sweep.parquet")
    back = pd.read_parquet(tmp_path / "sweep.parquet").drop_duplicates("name").iloc[1:]
    assert list(back["factor0"]) == ["18", '{"office": 14}', "true"]
    assert list(back["factor1"]) == ["8", "eight", "9.5"]


def test_one_row_a_point_for_people() -> None:
    table = point_table(made_up(ROWS, figures))
    assert list(table["name"]) == ["base", "p1", "p2"]
    assert list(table["time"]) == [6.5, 2.5, 3.5]
    assert (table["time.low"] < table["time"]).all()
    assert (table["time"] < table["time.high"]).all()


def test_replications_are_wanted_one_number_after_another() -> None:
    run = design_run(ROWS, kpis=["time"])
    runner = MadeUp(run, figures)
    sweep_of(run, runner)  # type: ignore[arg-type]
    assert runner.wanted[:4] == [("base", 0), ("p1", 0), ("p2", 0), ("base", 1)]
    assert len(runner.wanted) == 12


def test_points_that_are_not_done_have_a_row_that_says_why() -> None:
    run = design_run([*ROWS, (3, [])], kpis=["time"], on_error="continue")
    lost = DesignPoint(3, "p3", (3, []), None, "invalid", "too many")
    run = replace(run, points=(*run.points[:2], lost))
    runner = MadeUp(run, figures)
    runner.failed = {("p1", 2): "MemoryError: much", ("p1", 1): "ValueError: little"}
    sweep = sweep_of(run, runner)  # type: ignore[arg-type]
    rows = sweep.table[sweep.table["kpi"].isna()].set_index("name")
    assert rows["status"].to_dict() == {"p1": "failed", "p3": "invalid"}
    assert rows.loc["p1", "cause"] == "replication 1: ValueError: little"
    assert [point.name for point in sweep.done] == ["p2"]
    assert pd.isna(point_table(sweep).set_index("name").loc["p1", "time"])


def test_an_unknown_kpi_of_interest_is_told_after_one_replication() -> None:
    run = design_run(ROWS, kpis=["tim"])
    runner = MadeUp(run, figures)
    with pytest.raises(InputError, match="kpis: 'base' has no KPI 'tim'; did you mean 'time'"):
        sweep_of(run, runner)  # type: ignore[arg-type]
    assert runner.wanted == [("base", 0)]


def test_failures_are_told_once() -> None:
    told: list[str] = []
    watch = FailureWatch(design_run(ROWS, on_error="continue"), told.append)
    watch.look({}, {})
    for failed in ({("p2", 0): "killed"}, {("p2", 0): "killed", ("p2", 1): "killed"}):
        watch.look(failed, {})
    assert told == ["point 2 (factor0=2, factor1=[]): replication 0: killed"]


def test_a_design_that_stops_and_a_baseline_that_fails() -> None:
    watch = FailureWatch(design_run(ROWS), pytest.fail)
    with pytest.raises(ExecutionError, match=r"^point 1 \(factor0=1, .*: replication 0: killed$"):
        watch.look({("p1", 0): "killed"}, {})
    watch = FailureWatch(design_run(ROWS, on_error="continue"), pytest.fail)
    with pytest.raises(ExecutionError, match=r"^the baseline 'base', with which all points"):
        watch.look({("base", 1): "killed"}, {})


def test_those_set_aside_end_a_design_when_all_others_have_been_run() -> None:
    lost = {("p1", 0): "killed"}
    FailureWatch(design_run(ROWS), pytest.fail).look({}, lost)
    runner = MadeUp(design_run(ROWS), figures)
    runner.set_aside = lost
    with pytest.raises(ExecutionError, match=r"^point 1 \(factor0=1, .*: replication 0: killed$"):
        sweep_of(design_run(ROWS), runner)  # type: ignore[arg-type]
    assert len(runner.wanted) == 12


def test_a_design_that_continues_tells_of_those_set_aside_at_once() -> None:
    told: list[str] = []
    run = design_run(ROWS, on_error="continue")
    FailureWatch(run, told.append).look({}, {("base", 0): "killed", ("p2", 0): "killed"})
    assert told == ["point 2 (factor0=2, factor1=[]): replication 0: killed"]


def test_headline() -> None:
    known = ["all.overall_clearance_time.mean", "cost.total.per_consignment", "cost.total.per_teu"]
    agencies = ["detection.customs.found_share", "detection.quarantine.found_share"]
    assert headline([*known, *agencies]) == (known[0], known[2], *agencies)
    assert headline([*known[:2], *agencies, ALL_FOUND]) == (*known[:2], ALL_FOUND)
    assert headline(["sea.overall_clearance_time.mean"]) == ("sea.overall_clearance_time.mean",)


def test_what_all_agencies_found_together() -> None:
    counts = {
        "customs.found": 3.0,
        "customs.missed": 1.0,
        "border.found": 1.0,
        "border.missed": 5.0,
    }
    samples = {
        f"detection.{key}_per_thousand": Sample("per 1000", pd.Series([value, 0.0]).to_numpy())
        for key, value in counts.items()
    }
    found = with_all_found(samples)[ALL_FOUND]
    assert found.unit == "1"
    assert found.values[0] == 0.4
    assert pd.isna(found.values[1])
