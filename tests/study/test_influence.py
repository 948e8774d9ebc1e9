from pathlib import Path

import pytest

from sim.scenario.validate import build_scenario
from sim.study.assumed import assumed_figures
from sim.study.influence import KPIS, current_rows, measure_figures, stale_figures
from sim.study.reference_tables import read_influence
from sim.study.settings import Point, Settings
from tests.builders import shipped_data

SETTINGS = Settings("serial", 1, Path())
BOOKING = "workflows.steps.exchange_delivery_order.duration"
TIERS = "traffic.traders.tier_share"


@pytest.fixture(scope="module")
def baseline() -> Point:
    data = shipped_data("serial")
    data["experiment"].update({"warm_up_days": 0.0, "horizon_days": 4.0, "cool_down_days": 1.0})
    return Point("serial", build_scenario(data))


def test_a_longer_step_before_release_takes_longer(baseline: Point, tmp_path: Path) -> None:
    figures = [
        figure for figure in assumed_figures(baseline.written) if figure.name in (BOOKING, TIERS)
    ]
    table = measure_figures(baseline, figures, SETTINGS, lambda done, total: None)
    moved = table[table["figure"] == BOOKING]
    assert moved["kpi"].tolist() == [*KPIS, *KPIS]
    down, up = (
        moved[(moved["factor"] == factor) & (moved["kpi"] == KPIS[0])] for factor in (0.8, 1.2)
    )
    assert down["difference"].item() < 0 < up["difference"].item()
    fixed = table[table["figure"] == TIERS]
    assert fixed["kpi"].isna().all()
    assert len(fixed) == 2
    stale = {figure.name for figure in stale_figures(baseline.written, table)}
    assert not stale & {BOOKING, TIERS}
    assert len(stale) == len(assumed_figures(baseline.written)) - 2


def test_rows_of_a_scenario_that_has_changed_are_not_current(baseline: Point) -> None:
    table = measure_figures(
        baseline, assumed_figures(baseline.written)[:1], SETTINGS, lambda done, total: None
    )
    assert len(current_rows(baseline.written, table)) == len(table) == 4
    assert current_rows(baseline.written, table.assign(sha256="old")).empty


def test_nothing_is_known_without_a_table(baseline: Point, tmp_path: Path) -> None:
    empty = read_influence(tmp_path)
    assert stale_figures(baseline.written, empty) == assumed_figures(baseline.written)
