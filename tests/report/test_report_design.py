"""Designs: the summary of the terminal, and figures with many levels and long labels."""

import io
from itertools import combinations, product
from pathlib import Path
from typing import Any, get_args

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from rich.cells import cell_len
from rich.console import Console

from sim.report.design_words import DesignWords, design_words
from sim.report.figures.interactions import draw_interactions
from sim.report.figures.main_effects import draw_main_effects
from sim.report.figures.pareto_front import draw_pareto
from sim.report.figures.point_names import draw_names
from sim.report.figures.style import house_style
from sim.report.labels import labels_of
from sim.report.publish_design import publish_design
from sim.report.scoreboard import OVERALL
from sim.scenario.base import Language
from sim.scenario.design import Factor
from sim.study.design.interactions import interactions
from sim.study.design.main_effects import main_effects
from sim.study.design.pareto import Better, pareto_table
from sim.study.design.sampling import Values
from sim.study.design.sweep import Sweep
from sim.study.settings import Point
from tests.builders import shipped
from tests.study.designed import made_up

COST, FOUND = "cost.total.per_teu", "detection.customs.found_share"
LONG = ["single_window", "advance_declaration", "parallel_agencies", "joint_inspection"]
ROWS: list[Values] = [
    (number, bundle, switch)
    for number, bundle, switch in product(range(8, 15), [[], LONG[:1], LONG], [False, True])
]
BETTER: dict[str, Better] = {OVERALL: "lower", COST: "lower", FOUND: "higher"}
LABELS = {
    "en": "Officers of customs who examine boxes at the customs site of the terminal",
    "zh": "码头海关查验场地负责开箱查验的海关关员人数",
}
FACTORS = [
    {"key": "agencies.customs.examiners", "label": LABELS, "unit": "officers"},
    {"key": "reforms"},
    {"key": "reforms.e_payment"},
]


def figures(values: Values, number: int) -> dict[str, float]:
    officers, bundle, switch = values or (9, [], False)
    count = len(bundle) if isinstance(bundle, list) else 0
    hours = 100.0 - 2 * int(str(officers)) - 3 * count - 4 * bool(switch) * count + number
    return {OVERALL: hours, COST: 3000.0 - 9 * hours, FOUND: 0.3 + 0.01 * count}


@pytest.fixture(scope="module")
def sweep() -> Sweep:
    return made_up(ROWS, figures, kpis=(OVERALL, COST, FOUND), factors=FACTORS)


def drawn(sweep: Sweep, words: DesignWords) -> list[Figure]:
    effects, pairs = main_effects(sweep), interactions(sweep)
    return [
        draw_main_effects(OVERALL, effects[effects["kpi"] == OVERALL], words),
        draw_interactions(OVERALL, pairs[pairs["kpi"] == OVERALL], words),
        draw_pareto(sweep, pareto_table(sweep, BETTER), list(BETTER), words),
    ]


@pytest.mark.parametrize("language", get_args(Language))
def test_all_text_is_inside_the_figure(sweep: Sweep, language: Language) -> None:
    with house_style(language):
        for figure in drawn(sweep, design_words(sweep, language)):
            canvas: Any = FigureCanvasAgg(figure)
            inside = figure.get_tightbbox(canvas.get_renderer())
            width, height = figure.get_size_inches()
            assert min(inside.x0, inside.y0, width - inside.x1, height - inside.y1) >= 0


def names_in_panel(places: dict[str, tuple[float, float]]) -> list[str]:
    with house_style():
        figure = Figure(figsize=(5, 3))
        axes = figure.subplots()
        axes.plot(*zip((0, 0), (100, 100), *places.values(), strict=True), "o")
        draw_names(axes, places)
        figure.draw_without_rendering()
        boxes = [text.get_window_extent() for text in axes.texts]
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
        assert all(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)
        return [text.get_text() for text in axes.texts]


def test_names_of_near_points_are_one_text() -> None:
    near = {"p2": (50.0, 50.0), "p3": (50.1, 49.9), "p9": (10.0, 90.0)}
    assert names_in_panel(near) == ["p2, p3", "p9"]
    crowd = {f"p{place}": (99.0, 50.0 + 0.01 * place) for place in range(4)}
    assert names_in_panel(crowd) == ["p0, p1, p2,\np3"]
    assert names_in_panel({"left": (5.0, 5.0), "right": (95.0, 5.0)}) == ["left", "right"]


def test_factors_and_values_in_words(sweep: Sweep) -> None:
    words = design_words(sweep, "en")
    names = [words.factor(factor) for factor in sweep.run.design.factors]
    assert names == [f"{LABELS['en']} (officers)", "Reforms", "E payment"]
    assert words.value([]) == "none"
    assert words.value(True) == "in force"
    assert words.value(0.123456) == "0.123"
    assert words.level((8, 12)) == "8–12"
    assert words.value({"office": 3, "daytime": 2}) == "Office hours 3, Every day by daylight 2"
    assert words.value("every_day") == "Office hours on all seven days"
    assert design_words(sweep, "zh").factor(sweep.run.design.factors[0]).startswith("码头")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("agencies.customs.hours", "海关工作时间"),
        ("reforms.single_window.adoption.share", "单一窗口一次申报采用率"),
        ("port.facilities.yard_slots.capacity", "堆场箱位数量"),
        ("reforms", "改革措施"),
        ("scenario", "场景"),
        ("holidays", "节假日"),
    ],
)
def test_factors_without_a_label_are_named_in_chinese(sweep: Sweep, key: str, name: str) -> None:
    labels = labels_of([Point("all_together", shipped("all_together"))], "zh")
    assert DesignWords(sweep.run.design, labels).factor(Factor(key=key)) == name


def test_values_are_named_in_chinese(sweep: Sweep) -> None:
    words = design_words(sweep, "zh")
    assert words.value("every_day") == "“5+2”每日工作时间（无假日）"
    assert words.value({"office": 14, "out_of_hours": 4}) == "正常工作时间 14、非工作时间 4"
    scenario = sweep.run.baseline.point
    assert scenario and words.value("serial") == scenario.written.label.zh


def test_a_point_on_one_line(sweep: Sweep) -> None:
    assert design_words(sweep, "en").values((8, ["e_payment"], False)) == (
        f"{LABELS['en']} (officers): 8; Reforms: e payment; E payment: not in force"
    )


def said_of(sweep: Sweep, folder: Path) -> str:
    output = io.StringIO()
    publish_design(sweep, "en", folder)(Console(file=output, width=200), folder)
    return " ".join(output.getvalue().split())


def test_points_that_do_not_balance_are_told_of(tmp_path: Path) -> None:
    rows: list[Values] = [(8, LONG[:1], True), (8, [], False), (9, LONG[:1], True), (9, [], True)]
    said = said_of(made_up(rows, figures, kpis=(OVERALL,), factors=FACTORS), tmp_path)
    assert "effects are those of an additive model, by least squares (adjusted in main_eff" in said
    assert "cannot tell" not in said


def test_factors_that_cannot_be_told_apart_are_named_and_not_drawn(tmp_path: Path) -> None:
    rows: list[Values] = [(8, [], False), (8, LONG, True), (9, [], False), (9, LONG, True)]
    said = said_of(made_up(rows, figures, kpis=(OVERALL,), factors=FACTORS), tmp_path)
    assert "These points cannot tell these factors from others: Reforms, E payment." in said
    assert (tmp_path / "figures").exists()


def test_what_is_said_and_written(tmp_path: Path) -> None:
    output = io.StringIO()
    sweep = made_up(ROWS[:24], figures, kpis=(OVERALL, FOUND), factors=FACTORS)
    publish_design(sweep, "en", tmp_path)(Console(file=output), tmp_path)
    said, _, _ = output.getvalue().partition("Tables and figures: ")
    assert all(cell_len(line) <= 100 for line in said.splitlines())
    assert "…" not in said
    assert "Best of 24 points of 24" in said
    assert "p24" in said
    assert "Points on the Pareto front: " in said
    assert len(list((tmp_path / "figures").iterdir())) == 2 * (2 + 2 + 1)
    assert "values" not in (tmp_path / "main_effects.csv").read_text("utf-8").splitlines()[0]
