import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from rich.cells import cell_len
from rich.console import Console
from synthetic_study import RunOf

from sim.report.publish import publish
from sim.study.study import Study

TABLES = ("kpis", "comparison", "replications", "distributions", "consignments", "activities")
SECTIONS = (
    "stages", "distribution", "detection", "cost", "workload", "bottleneck", "maps", "published",
    "assumptions", "method", "configuration",
)  # fmt: skip


def published(study: Study, folder: Path, run_of: RunOf) -> tuple[str, str]:
    """Page and terminal output."""
    output = io.StringIO()
    publish(study, run_of(study, folder), folder)(Console(file=output), folder)
    return (folder / "report.html").read_text(encoding="utf-8"), output.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "results" / "today"


@pytest.fixture(scope="module")
def outcome(study: Study, folder: Path, run_of: RunOf) -> tuple[str, str]:
    return published(study, folder, run_of)


@pytest.fixture
def page(outcome: tuple[str, str]) -> str:
    return outcome[0]


@pytest.fixture
def terminal(outcome: tuple[str, str]) -> str:
    return outcome[1]


@pytest.mark.usefixtures("outcome")
@pytest.mark.parametrize("name", ["kpis", "comparison", "targets"])
def test_csv_reads_back_to_the_bit(study: Study, folder: Path, name: str) -> None:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table = getattr(study, name)
    assert list(rows[0]) == list(table.columns)
    for column in table.columns:
        read = [row[column] for row in rows]
        if table[column].dtype == float:
            assert np.array_equal(
                [float(text or "nan") for text in read], table[column], equal_nan=True
            )
        else:
            assert read == [str(value) for value in table[column]]


@pytest.mark.usefixtures("outcome")
@pytest.mark.parametrize("name", TABLES)
def test_parquet_reads_back_to_the_bit(study: Study, folder: Path, name: str) -> None:
    read = pd.read_parquet(folder / f"{name}.parquet")
    assert_frame_equal(read, getattr(study, name), check_exact=True, check_dtype=False)


@pytest.mark.usefixtures("outcome")
def test_figures_come_as_png_and_svg(folder: Path) -> None:
    names = {path.name for path in (folder / "figures").iterdir()}
    for name in ("stage_bars", "clearance_distribution", "cost_by_payer", "critical_steps"):
        assert {f"{name}.png", f"{name}.svg"} <= names


def test_the_page_needs_nothing_else(page: str) -> None:
    assert not re.search(r"https?://", page.split("<h2>Configuration", maxsplit=1)[0])
    assert not re.search(r"\b(src|href)=\"(?!#)", page)
    assert "<script" not in page
    assert "@import" not in page


def test_the_page_has_all_sections(page: str) -> None:
    for section in SECTIONS:
        assert f'id="{section}"' in page
        assert f'href="#{section}"' in page


def test_identifiers_are_unique_within_the_page(page: str) -> None:
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))


def test_the_page_says_what_was_found(page: str) -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "All together shortens overall clearance time, from arrival to release, the most" in text
    assert "A miss in red is one of the model; the verdict of a goal is in words alone." in text
    assert "Joint inspection + recognition changes the time from declaration to release" in text
    assert "Violations found: under All together" in text


def test_figures_have_a_text_instead(page: str) -> None:
    assert len(re.findall(r'<svg role="img" aria-label="[^"]{20,}"', page)) == page.count("<svg")


def test_the_terminal_fits_and_says_where_the_page_is(terminal: str, folder: Path) -> None:
    tables, _, files = terminal.partition("Report: ")
    assert all(cell_len(line) <= 100 for line in tables.splitlines())
    assert str(folder / "report.html") in files
    assert "quarantine" in tables
    assert "…" not in tables


@pytest.mark.usefixtures("undrawn")
def test_a_single_scenario_needs_no_comparison(
    single_study: Study, tmp_path: Path, run_of: RunOf
) -> None:
    page, terminal = published(single_study, tmp_path, run_of)
    assert "There is no second scenario to compare it with" in page
    assert "No reform in this run changes a workflow" in page
    assert "Serial" in terminal


@pytest.mark.usefixtures("undrawn")
def test_missing_kpis_leave_out_their_rows(study: Study, tmp_path: Path, run_of: RunOf) -> None:
    few = {"all.overall_clearance_time.mean", "something.nobody.named"}
    points = study.points[:2]
    poor = replace(
        study,
        points=points,
        kpis=study.kpis[study.kpis["kpi"].isin(few)],
        comparison=study.comparison[study.comparison["kpi"].isin(few)],
        targets=study.targets[:0],
        distributions=study.distributions[:0],
    )
    page, _ = published(poor, tmp_path, run_of)
    assert "Parallel agencies" in page
    assert "something.nobody.named" in (tmp_path / "kpis.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undrawn")
def test_a_study_without_traces_writes_empty_tables(
    single_study: Study, tmp_path: Path, run_of: RunOf
) -> None:
    bare = replace(single_study, consignments=pd.DataFrame(), activities=pd.DataFrame())
    published(bare, tmp_path, run_of)
    assert pd.read_parquet(tmp_path / "activities.parquet").empty


@pytest.mark.usefixtures("undrawn")
def test_labels_are_escaped(single_study: Study, tmp_path: Path, run_of: RunOf) -> None:
    point = single_study.points[0]
    label = point.scenario.label.model_copy(update={"en": "<b>A & B</b> --> $x$"})
    scenario = point.scenario.model_copy(update={"label": label})
    hostile = replace(single_study, points=(replace(point, written=scenario),))
    page, _ = published(hostile, tmp_path, run_of)
    assert "<b>A" not in page
    assert "&lt;b&gt;A &amp; B" in page
