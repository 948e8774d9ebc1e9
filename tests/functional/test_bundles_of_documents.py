"""The scenario of a document has in force what the document orders by its year, and only that."""

import pytest

from tests.catalogue import CATALOGUE, REFORMS, SCENARIOS, without_reforms
from tests.citations import items

HEYUAN_2015 = ["H1-5", "H-phase-1"]
HEYUAN_2017 = [*HEYUAN_2015, "H6-10", "H-phase-2"]
LIANYUNGANG_2018 = ["L1-7", "L9-10", "L12-26"]
ZHEJIANG = ["Z1", "Z2", "Z3(1)", "Z3(2)", "Z3(3)", "Z3(4)", "Z4(1)", "Z4(2)", "Z4(3)", "Z4(4)"]
ZHEJIANG += ["Z4(5)", "Z5(1)", "Z5(2)", "Z5(3)", "Z5(4)"]
# Items that are due: by their year where the document names one, all by its last year.
DUE = {
    "heyuan_2015": HEYUAN_2015,
    "heyuan_2017": HEYUAN_2017,
    "heyuan_2020": [*HEYUAN_2017, "H11-19", "H-phase-3"],
    "lianyungang_2018": LIANYUNGANG_2018,
    "lianyungang_2020": [*LIANYUNGANG_2018, "L8", "L11"],
    "ningbo_2004": ZHEJIANG,
    "hangzhou_2004": ZHEJIANG,
    "taiyuan_airport_2015": ["S1-19"],
    "taiyuan_dry_port_2015": ["S1-19"],
    "fujian_2017": ["F4"],
}
ONE_AGENCY = "the merged agency has one declaration, one review and one inspection"
LEFT_OUT = {
    ("heyuan_2015", "mutual_recognition"): "agencies accept findings in the stage of 2018-2020",
    ("heyuan_2017", "mutual_recognition"): "agencies accept findings in the stage of 2018-2020",
    ("lianyungang_2018", "agency_merger"): "under way: item 14 follows orders from above",
    ("lianyungang_2018", "one_stop_counter"): "its share is the goal that item 8 sets for 2020",
    ("lianyungang_2020", "single_window"): ONE_AGENCY,
    ("lianyungang_2020", "parallel_agencies"): ONE_AGENCY,
    ("lianyungang_2020", "joint_inspection"): ONE_AGENCY,
}


def ordered(scenario: str) -> set[str]:
    """Reforms that an item orders which is due, and that rewrite or concern a workflow there."""
    due = set(items(DUE[scenario]))
    workflows = without_reforms(scenario)["workflows"].keys()
    return {
        name
        for name, reform in REFORMS.items()
        if due.intersection(items(CATALOGUE[name]["documents"]))
        and workflows & set(reform["workflows"])
    }


@pytest.mark.parametrize("scenario", DUE)
def test_a_bundle_is_what_its_document_orders(scenario: str) -> None:
    excepted = {reform for place, reform in LEFT_OUT if place == scenario}
    assert excepted <= ordered(scenario), "an exception that is none"
    in_force = SCENARIOS[scenario].chosen()["reforms"]
    assert set(in_force) == ordered(scenario) - excepted


def test_every_scenario_of_a_document_is_compared() -> None:
    assert {name for name, file in SCENARIOS.items() if file.content.get("document")} == set(DUE)


def test_the_merged_agency_excludes_what_it_takes_the_place_of() -> None:
    replaced = {reform for (_, reform), reason in LEFT_OUT.items() if reason == ONE_AGENCY}
    assert replaced <= set(REFORMS["agency_merger"]["conflicts"])
