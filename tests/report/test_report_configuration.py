from sim.report.assumptions import provenance
from sim.report.configuration import as_yaml, differences
from sim.study.study import Study


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
