"""Figures and sentences of sensitivity studies, on tables made up for tests."""

import io
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from rich.console import Console

from sim.report.figures.elementary_effects import draw_elementary_effects
from sim.report.figures.ranking_moves import draw_ranking
from sim.report.figures.style import house_style
from sim.report.figures.tornado import draw_tornado
from sim.report.labels import labels_of
from sim.report.scoreboard import OVERALL
from sim.report.sensitivity.summary import print_sensitivity
from sim.report.sensitivity.words import SensitivityWords
from sim.scenario.base import Language
from sim.study.settings import Point
from tests.builders import shipped

RATES = "agencies.quarantine.selection.rate"
FIGURES = [RATES, *(f"port.facilities.berths{place}.capacity" for place in range(14))]
ENDS = {"down": "0.04 0.08 0.144 0.67808", "up": "1"}


def words_in(language: Language) -> SensitivityWords:
    points = [Point(name, shipped(name)) for name in ("serial", "joint_inspection")]
    return SensitivityWords(labels_of(points, language), None)


def tornado_table() -> pd.DataFrame:
    rows = [
        (name, end, ENDS[end] if name == RATES else str(8 + place), 109.94, 2.5 - 0.1 * place)
        for place, (name, end) in enumerate(product(FIGURES, ENDS))
    ]
    table = pd.DataFrame(rows, columns=["figure", "end", "value", "baseline", "difference"])
    return table.assign(low=table["difference"] - 1, high=table["difference"] + 1, relative=0.02)


def morris_table() -> pd.DataFrame:
    table = pd.DataFrame({"figure": FIGURES, "mu_star": 40.7, "mu": -40.7, "sigma": 1.46})
    return table.assign(low=39.9, high=41.6)


def ranking_table(moved: str = "tied") -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    for move, standing in (("", "", ""), "tied"), ((RATES, "up", "1"), moved):
        verdict = "tied" if standing == "tied" else "decided"
        rows.append((*move, "joint_inspection", 100.0, 1, 1, 0.0, 0.0, 0.0, "best", verdict))
        rows.append((*move, "serial", 103.0, 2, 2, 3.0, -1.0, 7.0, standing, verdict))
    columns = [
        "figure", "end", "value", "option", "mean", "rank", "base_rank", "difference", "low",
        "high", "standing", "verdict",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def drawn(words: SensitivityWords) -> list[Figure]:
    return [
        draw_tornado(OVERALL, "h", tornado_table().head(4), words),
        draw_elementary_effects(OVERALL, "h", morris_table().head(2), words),
        draw_ranking(OVERALL, "h", "less", ranking_table(), words),
    ]


def said(method: str, **tables: pd.DataFrame) -> str:
    question = SimpleNamespace(
        method=method,
        kpi=OVERALL,
        plans=[SimpleNamespace(names=FIGURES)],
        run=SimpleNamespace(points=range(31)),
        fixed=(),
    )
    found: Any = SimpleNamespace(
        question=question, unit="h", base=109.94, replications=3, noise=float("nan"), tables=tables,
        confidence=0.95,
    )  # fmt: skip
    output = io.StringIO()
    print_sensitivity(Console(file=output), found, words_in("en"), Path("out"))
    return " ".join(output.getvalue().split())


@pytest.mark.parametrize("language", get_args(Language))
def test_all_text_is_inside_the_figure(language: Language) -> None:
    with house_style(language):
        for figure in drawn(words_in(language)):
            canvas: Any = FigureCanvasAgg(figure)
            inside = figure.get_tightbbox(canvas.get_renderer())
            width, height = figure.get_size_inches()
            assert min(inside.x0, inside.y0, width - inside.x1, height - inside.y1) >= 0


def test_nothing_is_bold_in_chinese() -> None:
    """Few Chinese fonts are there in bold, and matplotlib complains of each that is not."""
    with house_style("zh"):
        for figure in drawn(words_in("zh")):
            weights = {text.get_fontweight() for text in figure.findobj(Text)}
            assert weights <= {"normal", 400}


def test_ends_of_several_numbers_are_down_and_up() -> None:
    words, table = words_in("en"), tornado_table()
    of_rates = table[table["figure"] == RATES]
    assert words.ends(of_rates) == {"down": "down", "up": "up"}
    assert words.ends(table[table["figure"] == FIGURES[1]]) == {"down": "10", "up": "11"}
    assert words.move(RATES, "down", ENDS["down"]) == "Inspection rates of quarantine down"
    assert words.move(RATES, "up", "1") == "Inspection rates of quarantine up (1)"
    with house_style():
        figure = draw_tornado(OVERALL, "h", table.head(4), words)
    texts = [text.get_text() for text in figure.findobj(Text)]
    assert "down: +2.5 ±1.0" in texts
    assert "difference, h (as written: 109.9\N{NO-BREAK SPACE}h)" in texts
    assert "down, up without a value: several numbers at once, in the table" in texts


def test_the_terminal_says_what_it_does_not_list() -> None:
    text = said("tornado", tornado=tornado_table())
    assert "Not listed: 3 figures (tornado.csv)." in text
    assert "down, up: several numbers at once; they are in tornado.csv." in text
    assert "Not listed: 3 figures (morris.csv)." in said("morris", morris=morris_table())
    few = said("tornado", tornado=tornado_table().iloc[2:8])
    assert "Not listed" not in few and "several numbers" not in few


@pytest.mark.parametrize(
    ("standing", "others"),
    [
        ("tied", "1 leave the tie, 0 decide it for Joint inspection"),
        ("behind", "0 leave the tie, 1 decide it for Joint inspection"),
    ],
)
def test_a_move_may_decide_a_tie(standing: str, others: str) -> None:
    text = said("ranking", ranking=ranking_table(standing), pairs=pd.DataFrame({"verdict": []}))
    assert "As written the best mean is that of Joint inspection, tied with another." in text
    assert f"Of 1 move 0 clearly make another the best, {others}, after Holm's" in text


def test_a_best_that_is_clear_is_kept_or_tied() -> None:
    table = ranking_table("behind")
    table["verdict"], table["standing"] = "kept", ["best", "behind"] * 2
    text = said("ranking", ranking=table, pairs=pd.DataFrame({"verdict": []}))
    assert "As written the best is Joint inspection." in text
    assert "0 clearly make another the best, 0 leave it tied, 1 keep it, after Holm's" in text
