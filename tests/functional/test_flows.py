"""Flows side by side: what one of them does leaves the luck of the others alone."""

import numpy as np
import pytest

from sim.scenario.validate import build_scenario
from sim.traffic.consignments import draw_consignments
from sim.traffic.conveyances import draw_conveyances
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.inputs import Inputs
from tests.builders import column, inputs, shipped_data
from tests.trains import train_data


def renamed(mapping, old, new):
    return {new if name == old else name: value for name, value in mapping.items()}


def imports():
    """Plain data of the import terminal."""
    return shipped_data("serial")


def with_trains(flow="rail_export", stream="trains"):
    """The import terminal, and exports that leave it by train."""
    data, rail = imports(), train_data()
    streams, flows = rail["traffic"]["conveyances"], rail["traffic"]["flows"]
    flows["rail_export"]["departs_by"] = stream
    data["traffic"]["conveyances"] |= renamed(streams, "trains", stream)
    data["traffic"]["flows"] |= renamed(flows, "rail_export", flow)
    data["workflows"] |= rail["workflows"]
    data["port"]["slots"] |= rail["port"]["slots"]
    return data


def drawn(data):
    scenario, draws = build_scenario(data), Draws(2017, 0)
    conveyances = draw_conveyances(scenario, inputs(), draws)
    return conveyances, draw_consignments(scenario, conveyances, inputs(), draws)


def columns(consignments, flow):
    """Columns of one flow by name."""
    own = consignments.of_flow(flow)
    for name, value in vars(consignments).items():
        if name in ("flows", "flow", "conveyance"):
            continue
        if isinstance(value, dict):
            yield from ((f"{name}.{key}", column[own]) for key, column in value.items())
        else:
            yield name, value[own]


def assert_same_flow(first, second, flow, other=None):
    for (name, one), (_, two) in zip(
        columns(first, flow), columns(second, other or flow), strict=True
    ):
        np.testing.assert_array_equal(one, two, err_msg=name)


def test_a_flow_that_is_added_leaves_the_others_alone_to_the_bit():
    alone, both = drawn(imports()), drawn(with_trains())
    calls = both[0].of_stream("liner_calls")
    np.testing.assert_array_equal(alone[0].arrival, both[0].arrival[calls])
    assert len(both[1]) > len(alone[1])
    assert_same_flow(alone[1], both[1], "sea_import")


def test_flows_of_the_same_entities_have_luck_of_their_own():
    _, consignments = drawn(with_trains())
    sea, rail = (
        consignments.value_fen[consignments.of_flow(f)] for f in ("sea_import", "rail_export")
    )
    shared = min(len(sea), len(rail))
    assert shared > 20
    assert (sea[:shared] == rail[:shared]).mean() < 0.05


@pytest.mark.parametrize("trader", [1, 2, 3, 4])
def test_a_trader_has_one_tier_in_all_flows(trader):
    table = DeclarationTable(
        chapter=column(85), tax_rate=np.ones(1), value_per_kg=np.ones(1), importer=column(trader)
    )
    scenario, draws = build_scenario(with_trains()), Draws(2017, 0)
    of_one = Inputs({"kcs_sea_imports": table})
    conveyances = draw_conveyances(scenario, of_one, draws)
    consignments = draw_consignments(scenario, conveyances, of_one, draws)
    assert len(set(consignments.tier.tolist())) == 1


@pytest.mark.parametrize(
    "other",
    [{"stream": "express"}, {"flow": "rail_outbound"}],
    ids=["stream", "flow"],
)
def test_another_name_is_other_luck(other):
    """Draws are keyed by the name of a stream or a flow; to rename it is to draw it anew."""
    first, second = drawn(with_trains()), drawn(with_trains(**other))
    names = {"stream": "trains", "flow": "rail_export"} | other
    one, two = (
        consignments.value_fen[consignments.of_flow(flow)]
        for consignments, flow in ((first[1], "rail_export"), (second[1], names["flow"]))
    )
    if "flow" in other:
        shared = min(len(one), len(two))
        assert (one[:shared] != two[:shared]).any()
    else:
        np.testing.assert_array_equal(one, two)
    assert_same_flow(first[1], second[1], "sea_import")


def test_the_order_in_which_flows_are_listed_changes_no_luck():
    data = with_trains()
    turned = with_trains()
    for part in ("conveyances", "flows"):
        turned["traffic"][part] = dict(reversed(turned["traffic"][part].items()))
    first, second = drawn(data)[1], drawn(turned)[1]
    assert first.flows == second.flows[::-1]
    for flow in first.flows:
        assert_same_flow(first, second, flow)
