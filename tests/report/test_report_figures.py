from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib import font_manager

from sim.report.figures.chinese_fonts import chinese_fonts
from sim.report.figures.cost_by_payer import draw_cost
from sim.report.figures.stage_bars import draw_stage_bars
from sim.report.figures.style import house_style, ink_on, png_bytes, svg_bytes
from sim.report.figures.wrapping import wrapped
from sim.report.labels import labels_of
from sim.report.pictures import draw_pictures, file_name
from sim.report.results import results_of
from sim.study.study import Study


def test_figures_are_the_same_bytes_twice(study: Study) -> None:
    results, labels = results_of(study), labels_of(study.points)
    drawn = []
    for _ in range(2):
        with house_style():
            figure = draw_stage_bars(results, study.points, labels)
            assert figure is not None
            drawn.append((svg_bytes(figure), png_bytes(figure)))
    assert drawn[0] == drawn[1]
    assert b"<dc:date>" not in drawn[0][0]


def test_without_kpis_there_are_only_maps(study: Study) -> None:
    bare = replace(
        study,
        points=study.points[:2],
        kpis=study.kpis[:0],
        comparison=study.comparison[:0],
        targets=study.targets[:0],
        distributions=study.distributions[:0],
    )
    pictures = draw_pictures(bare, results_of(bare), labels_of(bare.points))
    assert [picture.name for picture in pictures] == [
        "process_map_1_sea_import_parallel_agencies",
        "process_map_2_vessel_call",
    ]


def test_a_missing_stage_leaves_out_its_bar(study: Study) -> None:
    kept = study.kpis[study.kpis["kpi"] != "all.stage.pickup.mean"]
    partial = replace(study, kpis=kept)
    with house_style():
        assert draw_stage_bars(results_of(partial), study.points, labels_of(study.points))


def test_no_interval_crosses_a_number(study: Study) -> None:
    wide = study.kpis.assign(low=0.2 * study.kpis["mean"], high=1.6 * study.kpis["mean"])
    with house_style():
        results = results_of(replace(study, kpis=wide))
        figure = draw_stage_bars(results, study.points, labels_of(study.points))
        assert figure is not None
        figure.draw_without_rendering()
        for axes in figure.axes:
            whiskers = [line.get_window_extent() for line in axes.lines]
            numbers = [text.get_window_extent() for text in axes.texts]
            assert whiskers
            assert numbers
            assert not any(one.overlaps(other) for one in whiskers for other in numbers)


def test_numbers_along_an_axis_do_not_touch(study: Study) -> None:
    with house_style():
        figure = draw_cost(results_of(study), study.points, labels_of(study.points))
        assert figure is not None
        figure.draw_without_rendering()
        for axes in figure.axes:
            ticks = [label.get_window_extent() for label in axes.get_xticklabels()]
            assert len(ticks) > 2
            for left, right in pairwise(ticks):
                assert right.x0 - left.x1 > (left.x1 - left.x0) / 3


def test_an_interval_that_is_not_a_number_is_left_out(study: Study) -> None:
    kpis = study.kpis.assign(low=float("nan"), high=float("nan"))
    partial = replace(study, kpis=pd.DataFrame(kpis))
    with house_style():
        assert draw_stage_bars(results_of(partial), study.points, labels_of(study.points))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("all_together", "all_together"), ("a=1, b.c=[2]", "a_1_b_c_2"), ("../x", "x")],
)
def test_file_name(name: str, expected: str) -> None:
    assert file_name(name) == expected


def test_long_labels_end_with_dots() -> None:
    assert wrapped("one two three four", 8) == "one two\nthree …"


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("卸船入场", ["卸船入场"]),
        ("移柜至场地验（二）", ["移柜至场地", "验（二）"]),
        ("移柜场（二）", ["移柜场", "（二）"]),
        ("移柜至检验检疫场地掏箱查验", ["移柜至检验", "检疫场 …"]),
    ],
)
def test_chinese_labels_break_between_characters(label: str, lines: list[str]) -> None:
    assert wrapped(label, 10).split("\n") == lines


def test_ink_stands_out() -> None:
    assert ink_on("#ffffff") != "white"
    assert ink_on("#003366") == "white"


def test_a_font_that_matplotlib_has_not_listed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its list of fonts is kept on disk, and may be older than a font."""
    if not chinese_fonts():
        pytest.skip("no font for Chinese on this machine")
    latin = [font for font in font_manager.fontManager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    assert chinese_fonts()
