from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.scenario.resources import TIERS
from sim.traffic.consignments import Consignments, draw_consignments
from sim.traffic.declarations import DeclarationTable
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import container_entities
from sim.traffic.inputs import Inputs
from tests.builders import ASSUMED, column, conveyances_at, shipped, traffic

NUMBER = 20_000
# Live animals, free of duty, and machines, ten times as dear; each has its own trader.
TABLE = DeclarationTable(
    chapter=column(1, 85),
    tax_rate=np.array([0.0, 8.0]),
    value_per_kg=np.array([171.0, 1710.0]),
    importer=column(4, 9),
)
MANY_TRADERS = DeclarationTable(
    chapter=np.full(NUMBER, 85),
    tax_rate=np.ones(NUMBER),
    value_per_kg=np.ones(NUMBER),
    importer=np.arange(NUMBER),
)


def draw(table: DeclarationTable, number: int = NUMBER, **values: Any) -> Consignments:
    """Draw consignments, half of them on each of two vessels."""
    load = {"kind": "load", "mean": number / 2, "cv": 0.0, **ASSUMED}
    scenario = shipped("serial", traffic__flows__sea_import__consignments=load, **values)
    calls = conveyances_at(scenario, liner_calls=[0.0, 10.0])
    return draw_consignments(scenario, calls, Inputs({"kcs_sea_imports": table}), Draws(1, 0))


@cache
def of_two_goods() -> Consignments:
    return draw(TABLE)


@cache
def of_many_traders() -> Consignments:
    return draw(MANY_TRADERS)


def columns(consignments: Consignments) -> Iterator[tuple[str, Any]]:
    for name, value in vars(consignments).items():
        if name == "flows":
            continue
        if isinstance(value, dict):
            yield from ((f"{name}.{key}", item) for key, item in value.items())
        else:
            yield name, value


def assert_same_where_both(few: Consignments, many: Consignments) -> None:
    kept = np.isin(many.entity, few.entity)
    assert kept.sum() == len(few) < len(many)
    for (name, value), (_, other) in zip(columns(few), columns(many), strict=True):
        assert np.array_equal(value, other[kept], equal_nan=value.dtype.kind == "f"), name


@pytest.mark.parametrize("way", [{"auc": 0.75}, {"auc": None, "model": "kcs_2020"}])
def test_more_consignments_leave_the_earlier_ones_alone(way: dict[str, Any]) -> None:
    selection = shipped("serial").agencies["customs"].selection
    assert selection
    values: dict[str, Any] = {"agencies__customs__selection": {**selection.model_dump(), **way}}
    size = "traffic__flows__sea_import__consignments__mean"
    few, many = (
        traffic(shipped("serial", **values, **{size: mean}), Draws(1, 0))[1]
        for mean in (30.0, 50.0)
    )
    assert_same_where_both(few, many)


def test_a_longer_horizon_leaves_the_earlier_ones_alone() -> None:
    few, many = (
        traffic(shipped("serial", experiment__horizon_days=days), Draws(1, 0))[1]
        for days in (7.0, 14.0)
    )
    assert_same_where_both(few, many)


def test_replications_have_other_consignments() -> None:
    first, second = (traffic(shipped("serial"), Draws(1, number))[1] for number in (0, 1))
    shared = min(len(first), len(second))
    assert (first.value_fen[:shared] == second.value_fen[:shared]).mean() < 0.01


def test_consignments_stand_by_vessel_and_position() -> None:
    few = draw(TABLE, 6)
    assert few.conveyance.tolist() == [0, 0, 0, 1, 1, 1]
    assert few.entity.tolist() == [0, 1, 2, 2**20, 2**20 + 1, 2**20 + 2]
    assert len(few) == 6


def test_containers_have_identities_of_their_own() -> None:
    entity = of_two_goods().entity
    boxes = container_entities(entity[:, None], np.arange(12)[None, :])
    assert len(np.unique(boxes)) == boxes.size


def test_teu_of_a_consignment() -> None:
    found = of_two_goods()
    assert (found.teu == found.containers + found.forty_foot).all()
    assert found.teu.mean() == pytest.approx(2.74, abs=0.04)
    assert found.containers.mean() == pytest.approx(1.7125, abs=0.03)
    assert found.forty_foot.sum() / found.containers.sum() == pytest.approx(0.6, abs=0.01)
    assert (found.containers.min(), found.containers.max()) == (1, 12)
    assert (found.forty_foot <= found.containers).all()


def test_boxes_are_one_and_a_geometric_number_more() -> None:
    counts = np.bincount(of_two_goods().containers)[1:6] / NUMBER
    stop = 1 / 1.7125
    assert counts == pytest.approx([stop * (1 - stop) ** more for more in range(5)], abs=0.012)


@pytest.mark.parametrize(
    ("values", "boxes", "forty_foot"),
    [
        pytest.param({"mean_boxes": 1.0, "forty_foot_share": 0.0}, 1, 0, id="one short box"),
        pytest.param({"mean_boxes": 1.0, "forty_foot_share": 1.0}, 1, 1, id="one long box"),
        pytest.param(
            {"mean_boxes": 5000.0, "most_boxes": 3, "forty_foot_share": 1.0},
            3,
            3,
            id="at most three",
        ),
    ],
)
def test_boxes_at_the_edges(values: dict[str, float], boxes: int, forty_foot: int) -> None:
    spec = "traffic__flows__sea_import__containers"
    found = draw(TABLE, 50, **{f"{spec}__{key}": item for key, item in values.items()})
    assert (found.containers == boxes).all()
    assert (found.forty_foot == forty_foot).all()


def test_value_is_mass_times_unit_value() -> None:
    found = of_two_goods()
    dear = found.flags["dutiable"]
    assert dear.mean() == pytest.approx(0.5, abs=0.02)
    assert (found.value_fen == found.teu * 10_000 * 100 * np.where(dear, 10, 1)).all()


def test_traders_keep_their_tier() -> None:
    found = of_two_goods()
    for goods in (found.flags["dutiable"], ~found.flags["dutiable"]):
        assert len(set(found.tier[goods].tolist())) == 1


def test_tiers_are_shared_out_as_stated() -> None:
    counts = np.bincount(of_many_traders().tier, minlength=4)
    rows = NUMBER * (1 - np.exp(-1))
    shares = shipped("serial").traffic.traders.tier_share
    for number, tier in enumerate(TIERS):
        error = np.sqrt(shares[tier] * (1 - shares[tier]) / rows)
        assert counts[number] / NUMBER == pytest.approx(shares[tier], abs=6 * error)


def test_the_trusted_are_the_certified() -> None:
    found = of_many_traders()
    assert (found.flags["trusted"] == (found.tier <= 1)).all()


def test_what_goods_bring_with_them() -> None:
    found = of_two_goods()
    machines = found.flags["dutiable"]
    assert found.flags["quarantine_liable"][~machines].all()
    assert found.flags["quarantine_liable"][machines].mean() == pytest.approx(0.25, abs=0.02)
    assert found.flags["licensed"][~machines].mean() == pytest.approx(0.4, abs=0.02)
    assert not found.flags["licensed"][machines].any()
    assert not found.flags["named_goods"].any()


def test_quarantine_selects_and_tests_only_what_concerns_it() -> None:
    flags = of_two_goods().flags
    assert not (flags["quarantine_selected"] & ~flags["quarantine_liable"]).any()
    assert not (flags["laboratory"] & ~flags["quarantine_selected"]).any()
    tested = flags["laboratory"].sum() / flags["quarantine_selected"].sum()
    assert tested == pytest.approx(0.2, abs=0.05)


def only(tier: str) -> dict[str, Any]:
    return {"traffic__traders__tier_share": {name: float(name == tier) for name in TIERS}}


@pytest.mark.parametrize("tier", TIERS)
def test_a_tier_is_inspected_reviewed_and_violates_as_stated(tier: str) -> None:
    scenario = shipped("serial", **only(tier))
    found = draw(MANY_TRADERS, **only(tier))
    spec = scenario.traffic.violations
    assert scenario.agencies["customs"].selection
    stated = {
        "customs_selected": scenario.agencies["customs"].selection.rate[tier],  # type: ignore[index]
        "manual_review": scenario.traffic.reviews.manual_share[tier],  # type: ignore[index]
        "violation": spec.probability["customs"] * spec.tier_factor[tier],  # type: ignore[index]
    }
    given = {**found.flags, "violation": found.violation["customs"]}
    for name, share in stated.items():
        error = np.sqrt(share * (1 - share) / NUMBER)
        assert given[name].mean() == pytest.approx(share, abs=4 * error), name


def test_violations_are_never_more_than_certain() -> None:
    certain = {"customs": 0.5, "quarantine": 0.0}
    found = draw(MANY_TRADERS, 500, **only("discredited"), traffic__violations__probability=certain)
    assert found.violation["customs"].all()
    assert not found.violation["quarantine"].any()


def test_an_agency_that_does_not_select_examines_nothing() -> None:
    found = draw(MANY_TRADERS, 500, agencies__customs__selection=None)
    assert not found.flags["customs_selected"].any()
    assert found.flags["quarantine_selected"].any()


@pytest.mark.parametrize("agency", ["customs", "quarantine"])
def test_selection_by_a_model_changes_the_selection_only(agency: str) -> None:
    selection = shipped("serial").agencies[agency].selection
    assert selection
    by_model = {**selection.model_dump(), "auc": None, "model": "kcs_2020"}
    one, other = (
        traffic(shipped("serial", **way), Draws(1, 0))[1]
        for way in ({}, {f"agencies__{agency}__selection": by_model})
    )
    found, expected = dict(columns(one)), dict(columns(other))
    outcomes = ("selected", "opened", "finding")
    changed = {f"risk_score.{agency}", *(f"flags.{agency}_{outcome}" for outcome in outcomes)}
    changed |= {"flags.laboratory"} if agency == "quarantine" else {"flags.low_risk"}
    differing = {
        name for name in found if not np.array_equal(found[name], expected[name], equal_nan=True)
    }
    assert differing == changed


def test_an_agency_scores_only_what_concerns_it() -> None:
    found = of_two_goods()
    assert not np.isnan(found.risk_score["customs"]).any()
    liable = found.flags["quarantine_liable"]
    assert (np.isnan(found.risk_score["quarantine"]) == ~liable).all()
