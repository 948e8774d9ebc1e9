import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.traffic import Containers, Load
from sim.traffic.draws import Draws
from sim.traffic.flow_draws import by_tier, draw_containers, draw_manifest
from tests.builders import ASSUMED

CALLS = np.arange(5000, dtype=np.int64)
EVEN = np.ones(5000)


def load(mean: float = 50.0, cv: float = 0.4, least: int = 1) -> Load:
    return Load.model_validate({"kind": "load", "mean": mean, "cv": cv, "least": least, **ASSUMED})


def sizes(spec: Load, surge: float = 1.0) -> np.ndarray:
    position, _ = draw_manifest(spec, CALLS, EVEN * surge, Draws(1, 0))
    return np.bincount(position, minlength=len(CALLS))


def test_loads_are_as_stated() -> None:
    found = sizes(load())
    assert found.mean() == pytest.approx(50, rel=0.03)
    assert found.std() == pytest.approx(20, rel=0.06)


@pytest.mark.parametrize("least", [0, 1])
def test_every_conveyance_brings_the_least(least: int) -> None:
    assert set(sizes(load(mean=0.01, least=least)).tolist()) == {least}


def test_a_flow_may_leave_conveyances_empty() -> None:
    found = sizes(load(mean=0.6, cv=1.0, least=0))
    assert (found == 0).mean() == pytest.approx(0.58, abs=0.03)


def test_a_surge_multiplies_the_load() -> None:
    plain, heavy = sizes(load(cv=0.0)), sizes(load(cv=0.0), surge=1.5)
    assert set(plain.tolist()) == {50}
    assert set(heavy.tolist()) == {75}


@given(st.floats(1, 60), st.floats(1, 60), st.floats(0, 2))
def test_a_larger_load_leaves_the_first_consignments_alone(
    one: float, other: float, cv: float
) -> None:
    low, high = sorted((one, other))
    calls = np.array([3, 1, 7], dtype=np.int64)
    few, many = (
        set(draw_manifest(load(mean, cv), calls, np.ones(3), Draws(1, 0))[1].tolist())
        for mean in (low, high)
    )
    assert few <= many


def test_identities_are_those_of_the_conveyance_not_of_its_place() -> None:
    calls = np.array([9, 4], dtype=np.int64)
    position, entity = draw_manifest(load(2.0, 0.0), calls, np.ones(2), Draws(1, 0))
    assert position.tolist() == [0, 0, 1, 1]
    assert entity.tolist() == [9 << 20, (9 << 20) + 1, 4 << 20, (4 << 20) + 1]


def test_unit_loads_have_no_feet() -> None:
    spec = Containers.model_validate(
        {
            "unit": "unit_load",
            "mean_boxes": 3.0,
            "most_boxes": 12,
            "forty_foot_share": 0.0,
            **ASSUMED,
        }
    )
    boxes, forty_foot = draw_containers(spec, CALLS, Draws(1, 0))
    assert boxes.mean() == pytest.approx(3.0, abs=0.15)
    assert not forty_foot.any()


def test_values_stand_in_the_order_of_tiers() -> None:
    assert by_tier({"discredited": 4.0, "advanced_certified": 1.0}).tolist() == [1, 0, 0, 4]
