import numpy as np
import pytest

from sim.scenario.errors import InputError
from sim.traffic.draws import Draws
from sim.traffic.vessel_calls import draw_vessel_calls, observation_window
from tests.builders import ASSUMED, constant, shipped

DAY, HOUR = 86_400, 3600


def erlang(mean: float) -> dict[str, object]:
    return {"dist": "erlang", "shape": 4, "mean": mean, **ASSUMED}


def test_window_lies_between_warm_up_and_cool_down() -> None:
    window = observation_window(shipped("serial"))
    assert (window.start, window.end, window.last) == (2 * DAY, 9 * DAY, 11 * DAY)


def test_calls_come_at_their_intervals_before_the_end() -> None:
    scenario = shipped("serial", traffic__vessel_calls__interarrival=constant(6.0))
    calls = draw_vessel_calls(scenario, Draws(1, 0))
    assert calls.arrival.tolist() == [6 * HOUR * n for n in range(1, 44)]


@pytest.mark.parametrize("mean", [0.5, 8.0], ids=["many calls", "few calls"])
def test_a_longer_horizon_leaves_earlier_calls_alone(mean: float) -> None:
    interarrival = erlang(mean)
    short, long = (
        draw_vessel_calls(
            shipped(
                "serial",
                traffic__vessel_calls__interarrival=interarrival,
                experiment__horizon_days=days,
            ),
            Draws(1, 0),
        )
        for days in (7.0, 30.0)
    )
    assert len(long) > len(short)
    assert (long.arrival[: len(short)] == short.arrival).all()
    assert (long.consignments[: len(short)] == short.consignments).all()
    assert long.arrival[len(short)] >= 11 * DAY


def test_rarer_calls_are_the_same_calls_later() -> None:
    often, rarely = (
        draw_vessel_calls(
            shipped("serial", traffic__vessel_calls__interarrival=erlang(mean)), Draws(1, 0)
        )
        for mean in (4.0, 8.0)
    )
    assert np.allclose(rarely.arrival, 2 * often.arrival[: len(rarely)], atol=len(rarely))


def test_sizes_and_intervals_are_as_stated() -> None:
    scenario = shipped("serial", experiment__horizon_days=2000.0)
    calls = draw_vessel_calls(scenario, Draws(1, 0))
    gaps = np.diff(calls.arrival) / HOUR
    assert (np.diff(calls.arrival) > 0).all()
    assert gaps.mean() == pytest.approx(8.0, rel=0.03)
    assert gaps.std() == pytest.approx(4.0, rel=0.05)
    assert calls.consignments.mean() == pytest.approx(50, rel=0.03)
    assert calls.consignments.std() == pytest.approx(20, rel=0.06)


def test_every_call_brings_a_consignment() -> None:
    scenario = shipped("serial", traffic__vessel_calls__consignments_per_call=0.01)
    assert set(draw_vessel_calls(scenario, Draws(1, 0)).consignments.tolist()) == {1}


def test_replications_have_other_calls() -> None:
    scenario = shipped("serial")
    first, second = (draw_vessel_calls(scenario, Draws(1, number)) for number in (0, 1))
    assert not set(first.arrival.tolist()) & set(second.arrival.tolist())


def test_a_port_that_no_vessel_calls_at_is_refused() -> None:
    scenario = shipped("serial", traffic__vessel_calls__interarrival=constant(1000.0))
    with pytest.raises(InputError) as caught:
        draw_vessel_calls(scenario, Draws(1, 3))
    assert str(caught.value) == (
        "traffic.vessel_calls.interarrival: no vessel arrives within 11 days in replication 3"
    )
