"""Reports of several flows, from two short runs of an airport with imports and exports."""

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from synthetic_study import RunOf

from sim.command.configuration import build_run
from sim.report.cautions import cautions
from sim.report.flows import flow_measures, flows_of, slowest_steps, stages_of, stream_kpis
from sim.report.key_tables import key_table
from sim.report.labels import labels_of
from sim.report.publish import publish
from sim.report.results import Results, results_of
from sim.report.scoreboard import cost_basis, key_figures
from sim.study.study import Study
from sim.study.study_runner import run_study

WORDS = [
    "scenario=hangzhou_2003",
    "store.path=null",
    "agencies.customs.reviewers=6,8",
    "experiment.replications=2",
    "experiment.warm_up_days=0.0",
    "experiment.horizon_days=7.0",
    "experiment.cool_down_days=7.0",
    "executor=serial",
]
FLOWS = ["air_import", "air_export"]


@pytest.fixture(scope="module")
def pair() -> Study:
    return run_study(build_run(WORDS, multirun=True), lambda *_: None)


@pytest.fixture(scope="module")
def alone(pair: Study) -> Study:
    name = pair.points[0].name
    tables = {
        table: getattr(pair, table)[getattr(pair, table)["scenario"] == name]
        for table in ("kpis", "distributions", "replications", "comparison", "benefits")
    }
    return replace(pair, points=pair.points[:1], **tables)


@pytest.fixture(scope="module")
def results(pair: Study) -> Results:
    return results_of(pair)


@dataclass(frozen=True)
class Published:
    """What a run wrote and said."""

    folder: Path
    page: str
    terminal: str


Pages = dict[str, Published]


@pytest.fixture(scope="module")
def pages(
    pair: Study, alone: Study, tmp_path_factory: pytest.TempPathFactory, run_of: RunOf
) -> Pages:
    return {
        name: published(study, tmp_path_factory.mktemp(name), run_of)
        for name, study in {"pair": pair, "alone": alone}.items()
    }


def published(study: Study, folder: Path, run_of: RunOf) -> Published:
    output = io.StringIO()
    publish(study, run_of(study, folder), folder)(Console(file=output), folder)
    page = (folder / "report.html").read_text(encoding="utf-8")
    return Published(folder, page, output.getvalue())


def with_level(study: Study, kpi: str, value: float) -> Study:
    """The study with a KPI of every scenario set to a value, or undefined."""
    chosen = study.kpis["kpi"] == kpi
    assert chosen.any()
    columns = {column: study.kpis[column].mask(chosen, value) for column in ("mean", "low", "high")}
    return replace(study, kpis=study.kpis.assign(**columns))


def told(study: Study) -> list[str]:
    found = cautions(results_of(study), labels_of(study.points))
    return [f"{caution.title}: {caution.text}" for caution in found]


def test_several_flows_are_told_one_by_one(results: Results, study: Study) -> None:
    assert flows_of(results) == FLOWS
    assert flows_of(results_of(study)) == []


def test_imports_and_exports_have_stages_of_their_own(results: Results) -> None:
    assert stages_of(results, "air_import") == ["discharge", "preparation", "clearance", "pickup"]
    exports = ["preparation", "clearance", "after_release", "departure"]
    assert stages_of(results, "air_export") == exports


def test_key_figures_are_no_mean_over_imports_and_exports(results: Results) -> None:
    kpis = key_figures(results)
    times = [kpi for kpi in kpis if kpi.endswith("overall_clearance_time.mean")]
    assert times == [f"{flow}.overall_clearance_time.mean" for flow in FLOWS]
    assert "all.overall_clearance_time.mean" not in kpis


def test_cargo_without_containers_is_costed_by_consignment(results: Results, study: Study) -> None:
    assert cost_basis(results) == "per_consignment"
    assert "cost.total.per_consignment" in key_figures(results)
    assert "cost.total.per_teu" not in flow_measures(results, FLOWS)
    assert cost_basis(results_of(study)) == "per_teu"


def test_conveyances_tell_what_they_hold_and_carry(results: Results) -> None:
    kpis = stream_kpis(results)["flights"]
    assert kpis[0] == "flights.arrivals_per_day"
    assert "flights.holds.aprons.mean" in kpis
    assert "flights.boxes_per_year" in kpis


def test_the_slowest_step_is_one_of_the_flow(results: Results) -> None:
    slowest = slowest_steps(results, results.baseline, FLOWS)
    assert list(slowest) == FLOWS
    for flow, kpi in slowest.items():
        own = results.keys(f"critical.{flow}.")
        assert results.mean(results.baseline.name, kpi) == max(
            results.mean(results.baseline.name, key) for key in own
        )


def test_pictures_of_several_flows(pages: Pages) -> None:
    names = {path.stem for path in (pages["pair"].folder / "figures").iterdir()}
    assert "flow_stages" in names
    assert "stage_bars" not in names
    assert {name for name in names if name.startswith("process_map")} == {
        "process_map_1_air_import",
        "process_map_2_air_export",
        "process_map_3_flight",
    }


def test_the_page_shows_every_flow(pages: Pages) -> None:
    page, terminal = pages["pair"].page, pages["pair"].terminal
    assert 'id="flows"' in page
    assert 'href="#flows"' in page
    assert 'id="conveyances"' in page
    for text in ("Air imports", "Air exports", "Flights with international cargo"):
        assert text in page
    assert "an export into preparation" in page
    assert all(cell_len(line) <= 100 for line in terminal.partition("Report: ")[0].splitlines())
    assert terminal.count("Air imports") >= 2


def test_of_one_other_scenario_no_most_is_said(pages: Pages) -> None:
    finding, _, _ = re.sub(r"<[^>]+>", "", pages["pair"].page).partition("Where the time goes")
    assert "overall clearance time" in finding
    assert "the most" not in finding


def test_a_single_scenario_of_several_flows_reads_well(pages: Pages) -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", pages["alone"].page))
    assert "how long clearance takes" in text
    told_of = r"is: Air imports(, of which .{3,20} never finished,)? [\d.]+ h, Air exports"
    assert re.search(told_of, text)
    assert "h. There is no second scenario" in text
    assert "differences to the baseline" not in text
    assert "Key figures by flow: Hangzhou airport 2003" in pages["alone"].terminal


def test_unfinished_consignments_are_told_by_flow(pair: Study) -> None:
    stuck = pair
    for kpi, value in (
        ("consignments", 30.0), ("unfinished", 12.0), ("air_import.unfinished", 0.0),
        ("air_export.consignments", 10.0), ("air_export.unfinished", 12.0),
    ):  # fmt: skip
        stuck = with_level(stuck, kpi, value)
    (warning, other) = (text for text in told(stuck) if text.startswith("Unfinished"))
    assert "12.0 of 42.0 consignments a replication never finished" in warning
    assert "(Air exports 12.0 of 22.0)" in warning
    assert "reviewers 8" in other


@pytest.fixture(scope="module")
def hopeless(alone: Study) -> Study:
    """A single scenario in which no export ever finishes."""
    kpis = alone.kpis
    lost = kpis["kpi"].str.startswith("air_export.") & ~kpis["kpi"].str.contains("unfinished")
    undefined = {name: kpis[name].mask(lost) for name in ("mean", "low", "high")}
    study = replace(alone, kpis=kpis.assign(**undefined))
    for kpi, value in (
        ("consignments", 30.0), ("unfinished", 62.0), ("air_import.unfinished", 12.0),
        ("air_import.consignments", 30.0), ("air_export.consignments", 0.0),
        ("air_export.unfinished", 50.0),
    ):  # fmt: skip
        study = with_level(study, kpi, value)
    return study


@pytest.mark.usefixtures("undrawn")
def test_a_flow_that_never_finishes_is_named_with_its_number(
    hopeless: Study, tmp_path: Path, run_of: RunOf
) -> None:
    said = published(hopeless, tmp_path, run_of)
    warning, table, *_ = re.split(r"Key figures by flow", said.terminal)
    assert "62.0 of 92.0 consignments a replication never finished" in " ".join(warning.split())
    assert "Air exports 50.0 of 50.0" in " ".join(warning.split())
    assert re.search(r"Air exports +50\.0 +– ", table)
    assert re.search(r"Air imports +12\.0 +[\d.]+ h ", table)
    assert "Unfinished" in table
    text = " ".join(re.sub(r"<[^>]+>", " ", said.page).split())
    finding = text[text.index("how long clearance takes", 99) :][:1500]
    assert finding.index("62.0 of 92.0 consignments") < finding.index("mean overall clearance time")
    assert "Air exports unknown, as none of 50.0 finished" in finding
    assert re.search(r"Air imports , of which 12\.0 of 42\.0 never finished, [\d.]+ h", finding)


def test_costs_are_by_box_where_a_flow_in_boxes_never_finishes(study: Study) -> None:
    rows = {"unit": "x", "mean": 0.0, "low": 0.0, "high": 0.0, "scenario": "serial", "n": 3}
    kpis = pd.DataFrame([{**rows, "kpi": "sea_import.unfinished"}])
    lost = results_of(replace(study, kpis=pd.concat([study.kpis, kpis])))
    assert flows_of(lost) == ["sea_import"]
    assert cost_basis(lost) == "per_teu"


def test_a_table_in_the_terminal_names_its_units(pages: Pages) -> None:
    heading = pages["alone"].terminal.partition("Air imports")[0]
    assert re.search(r"CNY/ .*\n.* consignment ", heading)


def words_at(width: int, table: Table) -> list[str]:
    """Words of a table in a terminal of some width, in no order, without its rules."""
    output = io.StringIO()
    Console(file=output, width=width).print(table)
    assert all(cell_len(line) <= width for line in output.getvalue().splitlines())
    return sorted(word for word in output.getvalue().split() if word.strip("─"))


def test_no_cell_of_the_terminal_is_cut(pair: Study, alone: Study) -> None:
    for study in (pair, alone):
        table = key_table(results_of(study), labels_of(study.points))
        assert words_at(100, table) == words_at(400, table)
        assert sorted("".join(words_at(80, table))) == sorted("".join(words_at(400, table)))
