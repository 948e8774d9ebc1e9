from pathlib import Path

import pytest

from sim.scenario.validate import build_scenario
from sim.study import reference_tables
from sim.study.assumed import assumed_figures
from sim.study.influence import Survey, current_rows, measure_figures, stale_figures
from sim.study.reference_tables import read_influence, renew_influence
from sim.study.settings import Point, Settings
from tests.builders import shipped_data

SETTINGS = Settings("serial", 1, Path())
BOOKING = "workflows.steps.exchange_delivery_order.duration"
TIERS = "traffic.traders.tier_share"


def short(name: str) -> Point:
    data = shipped_data(name)
    days = {"warm_up_days": 0.0, "horizon_days": 4.0, "cool_down_days": 1.0, "replications": 2}
    data["experiment"].update(days)
    return Point(name, build_scenario(data))


@pytest.fixture(scope="module")
def baseline() -> Survey:
    return Survey(short("serial"))


def test_a_longer_step_before_release_takes_longer(baseline: Survey, tmp_path: Path) -> None:
    figures = [figure for figure in baseline.figures if figure.name in (BOOKING, TIERS)]
    table = measure_figures(baseline, figures, SETTINGS, lambda done, total: None)
    moved = table[table["figure"] == BOOKING]
    assert moved["kpi"].tolist() == [*baseline.kpis, *baseline.kpis]
    down, up = (
        moved[(moved["factor"] == factor) & (moved["kpi"] == baseline.kpis[0])]
        for factor in (0.8, 1.2)
    )
    assert down["difference"].item() < 0 < up["difference"].item()
    fixed = table[table["figure"] == TIERS]
    assert fixed["kpi"].isna().all()
    assert len(fixed) == 2
    stale = {figure.name for figure in stale_figures(baseline, table)}
    assert not stale & {BOOKING, TIERS}
    assert len(stale) == len(baseline.figures) - 2


def test_rows_of_a_scenario_that_has_changed_are_not_current(baseline: Survey) -> None:
    table = measure_figures(baseline, baseline.figures[:1], SETTINGS, lambda done, total: None)
    assert len(current_rows(baseline, table)) == len(table) == 4
    assert current_rows(baseline, table.assign(sha256="old")).empty


def test_nothing_is_known_without_a_table(baseline: Survey, tmp_path: Path) -> None:
    empty = read_influence(tmp_path)
    assert stale_figures(baseline, empty) == assumed_figures(baseline.point.written)


@pytest.fixture(scope="module")
def advance() -> Survey:
    return Survey(short("advance_declaration"), "advance_declaration")


def test_figures_of_a_reform_are_its_own_but_for_what_it_costs(advance: Survey) -> None:
    names = [figure.name for figure in advance.figures]
    assert "reforms.advance_declaration.adoption.share" in names
    assert all(name.startswith("reforms.advance_declaration.") for name in names)
    assert not [name for name in names if ".cost." in name]
    own = {figure.name for figure in assumed_figures(advance.point.written)}
    assert [name for name in own if name.startswith("reforms.advance_declaration.cost.")]


def test_a_survey_that_is_interrupted_goes_on_with_the_figures_it_lacks(
    advance: Survey, baseline: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference_tables, "_BATCH", 2)
    few = Survey(advance.point, advance.reform)
    few.__dict__["figures"] = advance.figures[:3]

    def stop_in_the_second_run(done: int, total: int) -> None:
        if done > 0.8 * total:
            raise KeyboardInterrupt

    surveys = [baseline, few]
    with pytest.raises(KeyboardInterrupt):
        renew_influence(tmp_path, surveys, [few], SETTINGS, stop_in_the_second_run)
    first = read_influence(tmp_path)
    left = stale_figures(few, first)
    assert 0 < len(left) < len(few.figures)
    renew_influence(tmp_path, surveys, [few], SETTINGS, lambda done, total: None)
    table = read_influence(tmp_path)
    assert stale_figures(few, table) == []
    assert table["figure"].tolist()[: len(first)] == first["figure"].tolist()
    assert stale_figures(baseline, table) == baseline.figures
