from dataclasses import replace

from sim.report.assumptions import provenance
from sim.report.cautions import cautions
from sim.report.configuration import as_yaml, differences
from sim.report.figures_set import FigureSet, figures_set
from sim.report.labels import labels_of
from sim.report.results import results_of
from sim.study.settings import Point
from sim.study.study import Study
from tests.builders import ASSUMED, reform, shipped


def test_only_what_differs_is_listed(study: Study) -> None:
    base, other = study.points[0].scenario, study.points[1].scenario
    assert differences(base, other) == {"reforms": {"parallel_agencies": "in force"}}
    assert differences(base, base) == {}
    assert differences(other, base) == {"reforms": {"parallel_agencies": "not in force"}}


def test_yaml_keeps_chinese_readable() -> None:
    assert as_yaml({"label": "海关"}) == "label: 海关\n"


def test_assumptions_say_where_they_are(study: Study) -> None:
    entries = {entry.place: entry for entry in provenance(study.points[:2])}
    crews = entries["port.facilities.handling_crews"]
    assert crews.is_assumption
    assert "capacity 10" in crews.figures
    assert entries["reforms.parallel_agencies.adoption"].area == "reforms"
    assert not entries["port.handling.vessel_call"].is_assumption


def test_lists_and_tables_of_figures_are_shown(study: Study) -> None:
    entries = {entry.place: entry for entry in provenance(study.points[:1])}
    tiers = entries["traffic.traders"].figures
    assert "tier_share advanced_certified 0." in tiers
    flow = entries["traffic.flows.sea_import.containers"]
    assert "mean_boxes" in flow.figures
    assert entries["traffic.flows.sea_import.consignments"].area == "traffic"


def reformed(**figures: object) -> Point:
    """A scenario in which a reform sets figures, whose keys are given with ``__`` for the dots."""
    operators = [
        {"parameter": {"key": key.replace("__", "."), "to": value, "source": "A plan"}}
        for key, value in figures.items()
    ]
    return Point("reformed", shipped("serial", reforms={"r": reform(*operators)}))


def test_what_reforms_set_is_told_from_what_to_what() -> None:
    scan = {"share": 0.5, "sensitivity": 0.8, "false_alarm": 0.125, **ASSUMED}
    point = reformed(agencies__quarantine__scan=scan, agencies__customs__selection__auc=0.85)
    before = Point("before", shipped("serial"))
    labels = labels_of([before, point])
    assert figures_set([before, point], labels) == {
        FigureSet(
            "Anything",
            "agencies.quarantine.scan",
            "–",
            "share 0.5; sensitivity 0.8; false_alarm 0.125",
            "A plan",
        ): [labels.point("reformed")],
        FigureSet("Anything", "agencies.customs.selection.auc", "0.75", "0.85", "A plan"): [
            labels.point("reformed")
        ],
    }


def test_the_configuration_is_shown_as_written() -> None:
    point = reformed(agencies__customs__selection__auc=0.85)
    entries = {entry.place: entry for entry in provenance([point])}
    assert "auc 0.75" in entries["agencies.customs.selection"].figures
    assert entries["reforms.r.operators.0.parameter"].figures == (
        "key agencies.customs.selection.auc, to 0.85"
    )
    assert differences(shipped("serial"), point.written) == {"reforms": {"r": "in force"}}


def test_other_examinations_are_a_caution(study: Study) -> None:
    first, second, *rest = study.points
    usual = reformed(agencies__customs__scan=None).written
    other = reformed(agencies__customs__selection__auc=0.85).written
    for written, expected in ((usual, []), (other, ["Other examinations"])):
        points = (first, Point(second.name, written), *rest)
        results = results_of(replace(study, points=points))
        titles = [caution.title for caution in cautions(results, labels_of(points))]
        assert [title for title in titles if title == "Other examinations"] == expected


def test_other_traffic_is_a_caution(study: Study) -> None:
    first, second, *rest = study.points
    key = "traffic__conveyances__liner_calls__arrivals__interarrival__shape"
    points = (first, Point(second.name, reformed(**{key: 64}).written), *rest)
    results = results_of(replace(study, points=points))
    found = cautions(results, labels_of(points))
    assert [caution.text for caution in found if caution.title == "Other traffic"] == [
        f"under {labels_of(points).point(second.name)}, what arrives is not what arrives in the "
        "baseline: 8,314 consignments a replication instead of 8,326. Compare means and shares, "
        "not sums."
    ]
    alike = study.kpis["mean"].mask(study.kpis["kpi"] == "consignments", 8400.0)
    equal = results_of(replace(study, points=points, kpis=study.kpis.assign(mean=alike)))
    assert [caution.text for caution in cautions(equal, labels_of(points))][:1] == [
        f"under {labels_of(points).point(second.name)}, conveyances come at other times than in "
        "the baseline, with as many consignments, 8,400 a replication."
    ]
    usual = cautions(results_of(study), labels_of(study.points))
    assert "Other traffic" not in [caution.title for caution in usual]
