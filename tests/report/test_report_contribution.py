"""Contributions of reforms: the table of the terminal, the figures, the files."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from rich.cells import cell_len
from rich.console import Console
from synthetic_study import RunOf

from sim.report.contributions import Share, shares_of, verdict_of
from sim.report.figures.style import house_style
from sim.report.figures.waterfall import draw_waterfall
from sim.report.labels import labels_of
from sim.report.publish_contribution import draw_waterfalls, publish_contribution
from sim.report.results import Change
from sim.report.scoreboard import OVERALL
from sim.study.contribution import Contribution, Part
from sim.study.study import Study

FIRST, SECOND = "parallel_agencies", "joint_inspection"
WHOLE = (FIRST, SECOND)


def contribution_of(study: Study, run_of: RunOf, folder: Path) -> Contribution:
    """Scenarios of the made-up study in the parts of bundles."""
    parts = (
        Part(FIRST, (), (FIRST,), WHOLE, (), (SECOND,)),
        Part(SECOND, (FIRST,), WHOLE, WHOLE, (FIRST,), ()),
    )
    names = {(): "serial", (FIRST,): "parallel_agencies", WHOLE: "all_together"}
    return Contribution(run_of(study, folder), parts, names)


@pytest.fixture(scope="module")
def three(study: Study) -> Study:
    kept = ("serial", "parallel_agencies", "all_together")
    return replace(study, points=tuple(point for point in study.points if point.name in kept))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contribution") / "out"


@pytest.fixture(scope="module")
def said(three: Study, folder: Path, run_of: RunOf) -> str:
    output = io.StringIO()
    contribution = contribution_of(three, run_of, folder)
    say = publish_contribution(contribution, three, contribution.run, folder)
    say(Console(file=output), folder)
    return output.getvalue()


def test_the_terminal_tells_what_is_added_and_what_taken_out(said: str) -> None:
    tables, _, files = said.partition("Report: ")
    assert all(cell_len(line) <= 100 for line in tables.splitlines())
    assert "…" not in tables
    first, second, last = (
        tables.index(name) for name in ("Serial (b", "Parallel a", "All together ")
    )
    assert first < second < last
    assert "out with" in tables
    assert "* clear after Holm" in tables
    assert "report.html" in files


@pytest.mark.usefixtures("said")
def test_the_files_of_a_run_and_the_shares(folder: Path, three: Study) -> None:
    table = pd.read_csv(folder / "contribution.csv")
    assert table.columns.tolist()[:8] == [
        "reform", "kpi", "unit", "before", "after", "added_difference", "added_low", "added_high",
    ]  # fmt: skip
    overall = table[table["kpi"] == OVERALL]
    means = three.kpis[three.kpis["kpi"] == OVERALL].set_index("scenario")["mean"]
    whole = means["all_together"] - means["serial"]
    assert overall["added_difference"].sum() == pytest.approx(whole)
    assert overall["removed_difference"].iloc[0] == pytest.approx(whole)
    assert {"kpis.csv", "comparison.csv", "report.html"} <= {path.name for path in folder.iterdir()}


@pytest.mark.usefixtures("said")
def test_a_figure_for_each_key_figure_and_all_on_the_page(folder: Path) -> None:
    drawn = sorted(path.name for path in (folder / "figures").glob("waterfall_*"))
    assert len(drawn) == 10
    assert "waterfall_1_all_overall_clearance_time_mean.png" in drawn
    page = (folder / "report.html").read_text("utf-8")
    assert 'id="contribution"' in page
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))


def test_long_names_of_a_waterfall_do_not_touch() -> None:
    change = Change("h", -3.0, -3.2, -2.8, -0.03, -0.04, -0.02, 0.001, 0.05)
    name = "Joint inspection (taken out with Mutual recognition, One-stop site, Joint booking)"
    shares = [Share(name, 90.0 - 3 * row, 87.0 - 3 * row, change, change) for row in range(4)]
    with house_style():
        figure = draw_waterfall(OVERALL, shares, ("a", "b"), labels_of([]))
        renderer = FigureCanvasAgg(figure).get_renderer()
        names = [label.get_window_extent(renderer) for label in figure.axes[0].get_yticklabels()]
    gaps = [upper.y0 - lower.y1 for upper, lower in pairwise(names)]
    assert min(gaps) > 0.08 * figure.dpi


@pytest.mark.parametrize("language", ["en", "zh"])
def test_waterfalls_come_in_both_languages(
    language: str, said: str, folder: Path, three: Study
) -> None:
    assert said
    table = pd.read_csv(folder / "contribution.csv", dtype={"removed_with": str})
    table["removed_with"] = table["removed_with"].fillna("")
    labels = labels_of(three.points, "zh" if language == "zh" else "en")
    shares = shares_of(table, 0.95, labels)
    others = "（剔除时连同联合查验）" if language == "zh" else " (taken out with Joint inspection)"
    assert shares[OVERALL][0].reform.endswith(others)
    pictures = draw_waterfalls(shares, ("a", "b"), labels)
    assert [picture.name for picture in pictures][:1] == [
        "waterfall_1_all_overall_clearance_time_mean"
    ]
    assert draw_waterfalls(shares, ("a", "b"), labels)[0].svg == pictures[0].svg


@pytest.mark.usefixtures("said")
def test_less_time_is_a_gain_and_less_found_a_loss(folder: Path, three: Study) -> None:
    table = pd.read_csv(folder / "contribution.csv").assign(removed_with="")
    shares = shares_of(table, 0.95, labels_of(three.points))
    assert verdict_of(OVERALL, shares[OVERALL][0].added) == "gain"
    found = "detection.customs.found_share"
    assert verdict_of(found, shares[found][1].added) == "loss"
