from itertools import combinations
from typing import get_args

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path as MplPath
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sim.command.configuration import build_run
from sim.report.diagram import Diagram, Mark, Node
from sim.report.figures.process_map import draw_process_map
from sim.report.figures.style import house_style
from sim.report.labels import labels_of
from sim.report.layout import BOX_WIDTH, lay_out
from sim.report.process_maps import Panel, map_title, panels_of, process_maps
from sim.scenario.base import Language
from sim.study.settings import Point
from sim.study.study import Study


def maps_of(study: Study) -> dict[str, list[Panel]]:
    """Panels of the reformed import workflow by scenario."""
    labels = labels_of(study.points)
    return {
        found.point.name: panels_of(found, labels)
        for found in process_maps(study.points)
        if found.is_changed
    }


def marked(panel: Panel, mark: str) -> set[str]:
    return {node.name for node in panel.diagram.nodes if mark in node.marks}


def test_every_scenario_with_reforms_has_a_map(study: Study) -> None:
    assert set(maps_of(study)) == {point.name for point in study.points[1:]}


def test_what_no_reform_rewrites_is_drawn_once(study: Study) -> None:
    unchanged = [found for found in process_maps(study.points) if not found.is_changed]
    assert [found.workflow for found in unchanged] == ["vessel_call"]
    alone = process_maps(study.points[:1])
    assert [found.workflow for found in alone] == ["sea_import", "vessel_call"]
    (panel,) = panels_of(alone[0], labels_of(study.points))
    assert map_title(alone[0], labels_of(study.points)) == "Sea import"
    assert panel.title == ""


def test_a_conveyance_waits_for_all_on_board(study: Study) -> None:
    vessel = process_maps(study.points[:1])[1]
    (panel,) = panels_of(vessel, labels_of(study.points))
    node = next(node for node in panel.diagram.nodes if node.label.startswith("All on board"))
    assert node.label == "All on board: Discharged"
    assert node.party == "outside"
    assert (node.name, "begin_loading") in panel.diagram.edges


def test_joint_inspection_merges_five_pairs(study: Study) -> None:
    before, after = maps_of(study)["joint_inspection"]
    assert len(marked(before, "merged")) == 10
    assert marked(after, "merged") == {
        "book_jointly",
        "move_once",
        "unstuff_once",
        "examine_jointly",
        "restuff_once",
    }
    assert marked(after, "moved") == {"laboratory_test", "dispose_quarantine"}


def test_recognition_has_a_panel_of_its_own(study: Study) -> None:
    before, joint, recognised = maps_of(study)["joint_inspection_recognition"]
    assert joint.title == "After, with Joint inspection"
    assert marked(recognised, "new") == {"accept_finding"}
    assert "examine_customs" in marked(before, "cancelled")


def test_parallel_steps_are_marked(study: Study) -> None:
    _, after = maps_of(study)["parallel_agencies"]
    assert {"declare_quarantine", "declare_customs"} <= marked(after, "parallel")


def test_equal_sets_of_reforms_are_drawn_once(study: Study) -> None:
    point = study.points[1]
    changed = [found for found in process_maps([point, point]) if found.is_changed]
    assert len(changed) == 1


def test_boxes_do_not_overlap(study: Study) -> None:
    for panels in maps_of(study).values():
        for panel in panels:
            centres = lay_out(panel.diagram).centres.values()
            for (one, rank), (other, other_rank) in combinations(centres, 2):
                assert rank != other_rank or abs(one - other) >= BOX_WIDTH


def test_arrows_run_downwards(study: Study) -> None:
    for panels in maps_of(study).values():
        for panel in panels:
            for way in lay_out(panel.diagram).ways:
                ranks = [rank for _, rank in way]
                assert ranks == sorted(set(ranks))


def test_a_single_box_is_laid_out() -> None:
    layout = lay_out(Diagram((Node("only", "Only", "trader"),), ()))
    assert layout.ranks == 1
    assert layout.width == pytest.approx(BOX_WIDTH)


def test_labels_fit_their_boxes(study: Study) -> None:
    labels = labels_of(study.points)
    panels = maps_of(study)["all_together"]
    with house_style():
        figure = draw_process_map("Any", panels, labels)
        boxes, texts = drawn_boxes(figure)
    assert len(boxes) == sum(len(panel.diagram.nodes) for panel in panels)
    for left, right, middle in boxes:
        inside = [text for text in texts if abs(text[2] - middle) < 1 and left < text[3] < right]
        assert inside
        assert all(left < text[0] and text[1] < right for text in inside)


BUNDLE = (
    "single_window",
    "advance_declaration",
    "parallel_agencies",
    "mutual_recognition",
    "joint_inspection",
    "one_stop_site",
    "paperless_declaration",
    "joint_boarding",
    "joint_booking",
    "release_before_test",
    "three_ones",
    "enterprise_page",
)


@pytest.fixture(scope="module")
def bundle() -> Point:
    words = ["scenario=lianyungang_sea", f"reforms=[{','.join(BUNDLE)}]"]
    return build_run(words).points[-1]


def test_a_bundle_has_a_map_of_every_workflow(bundle: Point) -> None:
    maps = process_maps([bundle])
    traffic = bundle.scenario.traffic
    followed = [*traffic.flows.values(), *traffic.conveyances.values()]
    assert {found.workflow for found in maps} == {part.workflow for part in followed}
    marks = {
        mark
        for found in maps
        for panel in panels_of(found, labels_of([bundle]))
        for node in panel.diagram.nodes
        for mark in node.marks
    }
    assert marks == set(get_args(Mark))


@pytest.mark.parametrize("language", get_args(Language))
def test_labels_and_marks_of_a_bundle_keep_to_their_boxes(
    bundle: Point, language: Language
) -> None:
    labels = labels_of([bundle], language)
    with house_style(language):
        for found in process_maps([bundle]):
            figure = draw_process_map(map_title(found, labels), panels_of(found, labels), labels)
            boxes, texts = drawn_boxes(figure)
            for left, right, height, middle in texts_of_marks(figure):
                near = [box for box in boxes if abs(box[2] - height) < 25]
                (own,) = (box for box in near if box[0] < middle < box[1])
                assert own[0] < left
                assert right < own[1]
            for left, right, middle in boxes:
                inside = [
                    text for text in texts if abs(text[2] - middle) < 1 and left < text[3] < right
                ]
                assert inside
                assert all(left < text[0] and text[1] < right for text in inside)


def test_a_step_that_is_given_other_fields_is_marked(bundle: Point) -> None:
    found = {found.workflow: found for found in process_maps([bundle])}
    panels = panels_of(found["sea_import"], labels_of([bundle]))
    assert "obtain_permit" in marked(panels[1], "changed")
    assert "changed" not in {mark for node in panels[0].diagram.nodes for mark in node.marks}


def test_what_a_reform_does_to_one_workflow_is_not_marked_in_others() -> None:
    words = ["scenario=lianyungang_rail", "reforms=[whole_train_release]"]
    point = build_run(words).points[-1]
    found = {found.workflow: found for found in process_maps([point])}
    transit = panels_of(found["sea_rail_transit"], labels_of([point]))[1]
    assert marked(transit, "moved") == {"transfer", "release", "load_train"}


def drawn_boxes(
    figure: Figure,
) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float, float]]]:
    """Left, right and middle of boxes; left, right, middle and centre of the texts in them."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    axes = figure.axes[0]
    boxes = []
    for patch in axes.patches:
        if isinstance(patch, FancyBboxPatch):
            extent = patch.get_window_extent(renderer)
            boxes.append((extent.x0, extent.x1, (extent.y0 + extent.y1) / 2))
    return boxes, extents(figure, [text for text in axes.texts if text.get_bbox_patch() is None])


def texts_of_marks(figure: Figure) -> list[tuple[float, float, float, float]]:
    """Extents of the marks on boxes."""
    return extents(figure, [text for text in figure.axes[0].texts if text.get_bbox_patch()])


def extents(figure: Figure, texts: list[Text]) -> list[tuple[float, float, float, float]]:
    """Left, right, middle and centre of texts."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = []
    for text in texts:
        extent = text.get_window_extent(renderer)
        middle = (extent.y0 + extent.y1) / 2
        found.append((extent.x0, extent.x1, middle, (extent.x0 + extent.x1) / 2))
    return found


def way_of(arrow: FancyArrowPatch) -> MplPath:
    """The line of an arrow without its head."""
    path = arrow.get_path()
    assert path.codes is not None
    _, head, *_ = np.flatnonzero(path.codes == MplPath.MOVETO)
    return MplPath(path.vertices[:head], path.codes[:head])


def test_a_step_that_gives_the_merged_one_its_name_is_marked() -> None:
    point = build_run(["scenario=lianyungang_rail", "reforms=[joint_boarding]"]).points[-1]
    found = {found.workflow: found for found in process_maps([point])}
    before, after = panels_of(found["train_run"], labels_of([point]))
    kept = marked(after, "merged") & before.diagram.names
    assert kept
    assert kept < marked(before, "merged")


def test_a_map_says_which_workflow_and_scenario_it_is_of(study: Study) -> None:
    labels = labels_of(study.points)
    found = next(found for found in process_maps(study.points) if found.is_changed)
    with house_style():
        figure = draw_process_map(map_title(found, labels), panels_of(found, labels), labels)
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts[:2] == ["Sea import: Parallel agencies", "Before"]


def test_of_many_reforms_those_that_all_share_are_counted(study: Study) -> None:
    point = build_run(["scenario=lianyungang_2020"]).points[-1]
    found = {found.workflow: found for found in process_maps([point])}["sea_import"]
    titles = [panel.title for panel in panels_of(found, labels_of([point]))]
    assert titles == [
        "Before",
        "After, with 16 shared reforms and Duty guarantee",
        "After, with 16 shared reforms and Consolidated duty payment",
    ]


def test_arrows_pass_beside_boxes(study: Study) -> None:
    labels = labels_of(study.points)
    with house_style():
        for process_map in process_maps(study.points):
            figure = draw_process_map("Any", panels_of(process_map, labels), labels)
            patches = figure.axes[0].patches
            boxes = [patch for patch in patches if isinstance(patch, FancyBboxPatch)]
            inner = [Bbox(box.get_bbox().get_points()).padded(-0.02) for box in boxes]
            ways = [way_of(patch) for patch in patches if isinstance(patch, FancyArrowPatch)]
            assert ways
            assert not any(way.intersects_bbox(box, filled=False) for way in ways for box in inner)
