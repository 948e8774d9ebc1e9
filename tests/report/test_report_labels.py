from importlib.resources import files

import pytest
import yaml

from sim.report.kpi_families import better
from sim.report.labels import labels_of
from sim.study.settings import Point
from sim.study.study import Study


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("all.overall_clearance_time.mean", "Overall clearance time, all consignments, mean"),
        ("critical.move_once", "Moving once"),
        ("pool.customs.reviewers.utilisation", "Utilisation, Customs, reviewers"),
        ("step.vessel_call.berth.waiting", "Pilotage and berthing: Waiting in line"),
        ("cost.item.storage.per_teu", "Storage"),
        ("something.nobody.named", "something.nobody.named"),
    ],
)
def test_kpi_label(study: Study, key: str, label: str) -> None:
    assert labels_of(study.points).kpi(key) == label


def test_a_step_of_two_workflows_reads_as_the_consignments(study: Study) -> None:
    assert labels_of(study.points).word("step", "discharge") == "Discharge to the yard"


def test_every_kpi_that_a_run_has_is_labelled_in_both_languages(study: Study) -> None:
    known = set(study.kpis["kpi"]) - {"something.nobody.named"}
    for language in ("en", "zh"):
        labels = labels_of(study.points, language)
        assert not [key for key in known if labels.kpi(key) == key and key != "teu"]


@pytest.mark.parametrize(
    ("key", "direction"),
    [
        ("all.overall_clearance_time.mean", "lower"),
        ("detection.customs.found_share", "higher"),
        ("detection.customs.inspection_rate", None),
        ("something.nobody.named", None),
    ],
)
def test_better(key: str, direction: str | None) -> None:
    assert better(key) == direction


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("serial,agencies.customs.examiners=4", "Serial, customs examiners 4"),
        ("serial+joint_inspection", "Serial, Joint inspection"),
        ("serial,reforms=none", "Serial, none"),
        ("serial,to=joint_inspection", "Serial, up to Joint inspection"),
        ("serial,without=joint_inspection", "Serial, without Joint inspection"),
        ("serial", "Serial"),
    ],
)
def test_points_of_one_scenario_say_what_differs(study: Study, name: str, label: str) -> None:
    serial, joint = study.points[0].scenario, study.points[2]
    other = Point("serial,experiment.seed=1", serial)
    assert labels_of([other, Point(name, serial), joint]).point(name) == label


def test_where_there_is_little_room_only_what_differs_is_said(study: Study) -> None:
    serial, joint = study.points[0].scenario, study.points[2]
    swept = [Point(f"serial,agencies.customs.examiners={number}", serial) for number in (4, 6)]
    labels = labels_of([Point("serial", serial), *swept, joint])
    names = ["serial", *(point.name for point in swept), joint.name]
    assert [labels.short_point(name) for name in names] == [
        "Serial (baseline)",
        "Customs examiners 4",
        "Customs examiners 6",
        "Joint inspection",
    ]


def test_points_that_read_the_same_keep_their_names(study: Study) -> None:
    scenario = study.points[0].scenario
    names = ("a", "b")
    labels = labels_of([Point(name, scenario) for name in names])
    assert [labels.point(name) for name in names] == ["a (baseline)", "b"]


def test_no_file_of_words_hides_a_vocabulary_of_another() -> None:
    names = ("catalogue_labels", "design_labels", "sensitivity_labels")
    folder = files("sim.report")
    further = [yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8")) for name in names]
    own = yaml.safe_load((folder / "labels.yaml").read_text("utf-8"))["words"]
    vocabularies = [vocabulary for words in (own, *further) for vocabulary in words]
    assert len(vocabularies) == len(set(vocabularies))
