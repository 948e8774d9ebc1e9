from dataclasses import replace

import numpy as np

from sim.clearance.batch import Batch, batches_of
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.traffic.draws import Draws
from tests.builders import Data, consignments_of, conveyances_at, tiny_data
from tests.trains import train_data


def both_ways() -> Scenario:
    """Vessels that bring imports, trains that take exports away."""
    sea, rail = tiny_data(), train_data()
    for part in ("conveyances", "flows"):
        sea["traffic"][part] |= rail["traffic"][part]
    sea["workflows"] |= rail["workflows"]
    sea["port"] |= {"slots": rail["port"]["slots"]}
    handling: Data = sea["port"]["handling"]
    handling["train_run"] = {"moves_per_hour": 30.0, "assumption": True}
    sea["traffic"]["conveyances"]["trains"] |= {
        "other_unload_moves": 6.0, "other_load_moves": 12.0,
    }  # fmt: skip
    return build_scenario(sea)


def batches() -> dict[str, Batch]:
    scenario = both_ways()
    conveyances = conveyances_at(scenario, liner_calls=[0.0, 10.0], trains=[20.0])
    consignments = consignments_of(
        [0, 1, 1, 2, 2], [1, 2, 3, 4, 5], flows={"sea_import": 3, "rail_export": 2}
    )
    found = batches_of(scenario, conveyances, consignments, Draws(1, 0))
    return {batch.workflow: batch for batch in found}


def test_cases_are_numbered_through_conveyances_first() -> None:
    found = batches()
    assert {name: (batch.first_case, len(batch)) for name, batch in found.items()} == {
        "vessel_call": (0, 2), "train_run": (2, 1), "sea_import": (3, 3), "rail_export": (6, 2),
    }  # fmt: skip
    assert [batch.is_conveyance for batch in found.values()] == [True, True, False, False]


def test_each_batch_knows_its_conveyances() -> None:
    found = batches()
    imports, exports = found["sea_import"], found["rail_export"]
    assert (imports.arrives_by, imports.departs_by) == ("vessel_call", None)
    assert (exports.arrives_by, exports.departs_by) == (None, "train_run")
    assert imports.conveyance.tolist() == [0, 1, 1]
    assert exports.conveyance.tolist() == [2, 2]
    assert exports.arrival.tolist() == [72_000, 72_000]
    assert found["train_run"].conveyance.tolist() == [2]


def test_handling_counts_what_is_brought_and_not_what_is_booked() -> None:
    train = batches()["train_run"].attributes
    assert train["unload_hours"].tolist() == [6 / 30]
    assert train["load_hours"].tolist() == [12 / 30]
    vessels = batches()["vessel_call"].attributes
    assert vessels["unload_hours"].tolist() == [(360 + 1) / 124, (360 + 5) / 124]
    assert vessels["load_hours"].tolist() == [450 / 124] * 2


def test_a_box_has_its_place_within_the_handling() -> None:
    imports = batches()["sea_import"]
    luck = Draws(1, 0).under("sea_import").uniform("unload_offset", imports.entity)
    unloading = np.array([361, 365, 365]) / 124
    assert (imports.attributes["unload_offset"] == luck * unloading).all()


def test_what_does_not_come_is_a_batch_of_its_own() -> None:
    scenario = both_ways()
    conveyances = replace(
        conveyances_at(scenario, liner_calls=[0.0, 10.0], trains=[20.0, 30.0]),
        cancelled=np.array([False, False, False, True]),
    )
    consignments = consignments_of([0, 3], flows={"sea_import": 1, "rail_export": 1})
    found = batches_of(scenario, conveyances, consignments, Draws(1, 0))
    assert [(one.workflow, one.first_case, one.is_cancelled) for one in found] == [
        ("vessel_call", 0, False), ("train_run", 2, False), ("train_run", 3, True),
        ("sea_import", 4, False), ("rail_export", 5, False),
    ]  # fmt: skip
    assert found[-1].arrival.tolist() == [30 * 3600]


def test_batches_have_luck_of_their_own() -> None:
    found = batches()
    entity = np.arange(5)
    columns = [batch.draws.uniform("duration.x", entity).tolist() for batch in found.values()]
    assert len({tuple(column) for column in columns}) == 4


def test_streams_and_flows_without_anybody_are_no_batch() -> None:
    scenario = both_ways()
    conveyances = conveyances_at(scenario, liner_calls=[0.0])
    consignments = consignments_of([0], flows={"sea_import": 1, "rail_export": 0})
    found = batches_of(scenario, conveyances, consignments, Draws(1, 0))
    assert [batch.workflow for batch in found] == ["vessel_call", "sea_import"]
