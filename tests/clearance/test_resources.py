from typing import Any

import pytest

from sim.clearance.resources import Resources, resources_of
from sim.scenario.errors import InputError
from tests.builders import ASSUMED, LABEL, reform, shipped


def pool(*pools: str, into: str = "site", **to: Any) -> dict[str, Any]:
    return {"pool": {"pools": pools, "into": into, "label": LABEL, "to": {**ASSUMED, **to}}}


def set_pool(name: str, **to: Any) -> dict[str, Any]:
    return {"set": {"pool": name, "to": {**ASSUMED, **to}}}


def resources(*operators: dict[str, Any]) -> Resources:
    """Return the pools after one reform for each operator, in order."""
    reforms = {f"r{order}": reform(content, order=order) for order, content in enumerate(operators)}
    return resources_of(shipped("serial", reforms=reforms))


def test_staff_and_facilities_before_reform() -> None:
    pools = resources().pools
    examiners, boarding = pools["customs.examiners"], pools["customs.boarding_officers"]
    assert (examiners.capacity, examiners.hours) == (14, "office")
    assert examiners.agencies == (("customs", 1.0),)
    assert (boarding.capacity, boarding.hours) == (4, "around_the_clock")
    site = pools["quarantine_site"]
    assert (site.capacity, site.area_m2, site.agencies) == (38, 15200.0, ())
    assert pools["maritime.examiners"].capacity == 0


def test_pooled_units_and_areas_add_up() -> None:
    found = resources(pool("customs_site", "quarantine_site"))
    whole = found.pools["site"]
    assert (whole.capacity, whole.area_m2) == (29 + 38, 11600.0 + 15200.0)
    assert found.resolve("customs_site") == found.resolve("quarantine_site") == "site"
    assert {"customs_site", "quarantine_site"}.isdisjoint(found.pools)


def test_a_pool_has_what_is_stated_of_it() -> None:
    content = pool(
        "customs_site",
        "quarantine_site",
        capacity=50,
        area_m2=20000.0,
        hours="office",
        end_of_shift="suspend",
        discipline="greedy",
    )
    whole = resources(content).pools["site"]
    assert (whole.capacity, whole.area_m2, whole.hours) == (50, 20000.0, "office")
    assert (whole.end_of_shift, whole.discipline) == ("suspend", "greedy")


def test_pooled_pools_can_be_pooled_again_by_their_old_names() -> None:
    found = resources(
        pool("customs_site", "quarantine_site"), pool("customs_site", "gate_lanes", into="yard")
    )
    assert found.pools["yard"].capacity == 29 + 38 + 6
    assert found.resolve("quarantine_site") == "yard"


@pytest.mark.parametrize(
    ("pools", "agencies"),
    [
        pytest.param(
            ("customs.reviewers", "customs.examiners"), {"customs": 1.0}, id="of one agency"
        ),
        pytest.param(
            ("customs.examiners", "quarantine.examiners"),
            {"customs": 14 / 26, "quarantine": 12 / 26},
            id="of two agencies",
        ),
        pytest.param(("customs_site", "quarantine_site"), {}, id="of none"),
    ],
)
def test_pooled_staff_stays_with_its_agencies(
    pools: tuple[str, str], agencies: dict[str, float]
) -> None:
    assert dict(resources(pool(*pools)).pools["site"].agencies) == pytest.approx(agencies)


def test_set_replaces_what_it_names() -> None:
    changed = resources(set_pool("berths", capacity=7)).pools["berths"]
    assert (changed.capacity, changed.hours) == (7, "around_the_clock")


def test_set_reaches_a_pool_by_its_old_name() -> None:
    found = resources(pool("customs_site", "quarantine_site"), set_pool("customs_site", capacity=9))
    assert found.pools["site"].capacity == 9


@pytest.mark.parametrize(
    ("operators", "message"),
    [
        pytest.param(
            [set_pool("berth", capacity=2)], "unknown pool 'berth'; allowed: .*'berths'", id="set"
        ),
        pytest.param(
            [pool("berths", "customs.examiner")],
            "unknown pool 'customs.examiner'; allowed: .*'customs.examiners'",
            id="pool",
        ),
    ],
)
def test_unknown_pools_are_named(operators: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(InputError, match=rf"^reforms.r0.operators.0: {message}"):
        resources(*operators)


def test_a_pool_needs_a_name_of_its_own() -> None:
    with pytest.raises(InputError) as caught:
        resources(pool("customs_site", "quarantine_site", into="berths"))
    assert str(caught.value) == "reforms.r0.operators.0.into: there is already a pool 'berths'"


@pytest.mark.parametrize(
    "operators",
    [
        pytest.param([pool("berths", "berths")], id="named twice"),
        pytest.param(
            [
                pool("customs_site", "quarantine_site"),
                pool("customs_site", "quarantine_site", into="q"),
            ],
            id="pooled before",
        ),
        pytest.param(
            [
                pool("customs_site", "quarantine_site"),
                pool("site", "gate_lanes", into="customs_site"),
            ],
            id="under the name of one pooled away",
        ),
    ],
)
def test_a_pool_cannot_be_pooled_with_itself(operators: list[dict[str, Any]]) -> None:
    with pytest.raises(InputError):
        resources(*operators)


EVENINGS = {"label": LABEL, "week": {"mon": ["17:30-21:00"]}, **ASSUMED}


def rostered(*operators: dict[str, Any], **values: Any) -> Resources:
    """Return the pools where customs examiners work in the evening too."""
    reforms = {f"r{order}": reform(content, order=order) for order, content in enumerate(operators)}
    customs = {"office": 14, "evenings": 4}
    values = {"agencies__customs__examiners": customs, **values}
    return resources_of(shipped("serial", hours__evenings=EVENINGS, reforms=reforms, **values))


def test_a_roster_brings_its_hours() -> None:
    found = rostered()
    assert found.pools["customs.examiners"].roster == {"office": 14, "evenings": 4}
    assert found.pools["customs.reviewers"].roster == {"office": 18}
    monday = found.capacity["customs.examiners"].weekly[:6]
    assert [units for _, units in monday] == [0, 14, 0, 14, 4, 0]


def test_hours_of_single_roles() -> None:
    roles = {"examiners": "daytime", "boarding_officers": "around_the_clock"}
    pools = resources_of(shipped("serial", agencies__customs__role_hours=roles)).pools
    found = {role: pools[f"customs.{role}"].hours for role in ("reviewers", *roles)}
    assert found == {"reviewers": "office", **roles}


def test_rosters_of_pooled_staff_add_up() -> None:
    found = rostered(pool("customs.examiners", "quarantine.examiners", into="examiners"))
    whole = found.pools["examiners"]
    assert whole.roster == {"office": 26, "evenings": 4}
    assert dict(whole.agencies) == pytest.approx({"customs": 18 / 30, "quarantine": 12 / 30})


def test_rosters_of_different_hours_add_up_without_a_word() -> None:
    lanes = {"port__facilities__gate_lanes__capacity": {"evenings": 6}}
    found = rostered(pool("berths", "gate_lanes"), **lanes)
    assert found.pools["site"].roster == {"around_the_clock": 4, "evenings": 6}


def test_numbers_of_different_hours_need_a_word() -> None:
    with pytest.raises(InputError) as caught:
        resources(pool("berths", "handling_crews"))
    assert str(caught.value) == "reforms.r0.operators.0.to.hours: missing; the pools differ in it"


def test_set_gives_and_takes_a_roster() -> None:
    change = set_pool("customs.reviewers", capacity={"office": 3, "evenings": 2})
    assert rostered(change).pools["customs.reviewers"].roster == {"office": 3, "evenings": 2}
    change = set_pool("customs.examiners", capacity=9, hours="daytime")
    assert rostered(change).pools["customs.examiners"].roster == {"daytime": 9}
    change = set_pool("customs.examiners", capacity=9)
    assert rostered(change).pools["customs.examiners"].roster == {"office": 9}


def test_hours_cannot_be_set_where_a_roster_brings_them() -> None:
    with pytest.raises(InputError) as caught:
        rostered(set_pool("customs.examiners", hours="daytime"))
    assert str(caught.value) == (
        "reforms.r0.operators.0.set.to.hours: 'customs.examiners' has a roster, which brings its "
        "hours"
    )
