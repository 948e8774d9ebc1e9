from sim.measure.counts import count_kpis
from tests.builders import consignments_of, observe_by_hand, tiny
from tests.measure.figures import values
from tests.measure.test_flows import both


def test_flows_are_counted_one_by_one() -> None:
    assert values(count_kpis(both())) == {
        "consignments": 3,
        "teu": 4,
        "unfinished": 0,
        "sea_import.consignments": 2,
        "sea_import.teu": 2,
        "sea_import.unfinished": 0,
        "sea_import.examined_share": 0.5,
        "rail_export.consignments": 1,
        "rail_export.teu": 2,
        "rail_export.unfinished": 0,
        "rail_export.examined_share": 0.0,
    }


def test_a_single_flow_is_not_told_twice() -> None:
    observation = observe_by_hand(tiny(), consignments_of([0, 0]), 0.0)
    assert values(count_kpis(observation)) == {"consignments": 2, "teu": 2, "unfinished": 0}
