from typing import Any

import numpy as np
import pytest

from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.traffic.conveyances import Conveyances, draw_conveyances
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, LABEL, constant, inputs, shipped, shipped_data

DAY, HOUR = 86_400, 3600
STREAM = "traffic__conveyances__liner_calls"
INTERARRIVAL = f"{STREAM}__arrivals__interarrival"


def erlang(mean: float) -> dict[str, object]:
    return {"dist": "erlang", "shape": 4, "mean": mean, **ASSUMED}


def drawn(replication: int = 0, **values: Any) -> Conveyances:
    return draw_conveyances(shipped("serial", **values), inputs(), Draws(1, replication))


def test_calls_come_at_their_intervals_before_the_end() -> None:
    calls = drawn(**{INTERARRIVAL: constant(6.0)})
    assert calls.arrival.tolist() == [6 * HOUR * n for n in range(1, 44)]
    assert calls.entity.tolist() == list(range(43))


@pytest.mark.parametrize("mean", [0.5, 8.0], ids=["many calls", "few calls"])
def test_a_longer_horizon_leaves_earlier_calls_alone(mean: float) -> None:
    short, long = (
        drawn(**{INTERARRIVAL: erlang(mean)}, experiment__horizon_days=days) for days in (7.0, 30.0)
    )
    assert len(long) > len(short)
    assert (long.arrival[: len(short)] == short.arrival).all()
    assert (long.entity[: len(short)] == short.entity).all()
    assert long.arrival[len(short)] >= 11 * DAY


def test_rarer_calls_are_the_same_calls_later() -> None:
    often, rarely = (drawn(**{INTERARRIVAL: erlang(mean)}) for mean in (4.0, 8.0))
    assert np.allclose(rarely.arrival, 2 * often.arrival[: len(rarely)], atol=len(rarely))


def test_intervals_are_as_stated() -> None:
    calls = drawn(experiment__horizon_days=2000.0)
    gaps = np.diff(calls.arrival) / HOUR
    assert (np.diff(calls.arrival) > 0).all()
    assert gaps.mean() == pytest.approx(8.0, rel=0.03)
    assert gaps.std() == pytest.approx(4.0, rel=0.05)


def test_replications_have_other_calls() -> None:
    first, second = drawn(0), drawn(1)
    assert not set(first.arrival.tolist()) & set(second.arrival.tolist())


def test_a_port_that_no_conveyance_comes_to_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        drawn(3, **{INTERARRIVAL: constant(1000.0)})
    assert str(caught.value) == (
        "traffic.conveyances: no conveyance arrives within 11 days in replication 3"
    )


def test_other_moves_are_those_of_the_stream() -> None:
    calls = drawn()
    assert set(calls.other_unload_moves.tolist()) == {360.0}
    assert set(calls.other_load_moves.tolist()) == {450.0}


def two_streams(**streams: Any) -> Scenario:
    """The liner calls beside other streams of vessels."""
    data = shipped_data("serial")
    plain = {"label": LABEL, "workflow": "vessel_call", **ASSUMED}
    data["traffic"]["conveyances"] |= {
        name: {**plain, "arrivals": arrivals} for name, arrivals in streams.items()
    }
    return build_scenario(data)


FERRY = {"kind": "calls", "interarrival": erlang(12.0), **ASSUMED}
LATE_RUNS = {
    "kind": "timetable",
    "week": {"mon": ["00:30", "01:00"]},
    "deviation": {"dist": "uniform", "low": 0.0, "high": 10.0, **ASSUMED},
    **ASSUMED,
}


def test_streams_stand_one_after_another_each_with_luck_of_its_own() -> None:
    both = draw_conveyances(two_streams(ferry=FERRY), inputs(), Draws(1, 0))
    alone = drawn()
    assert both.streams == ("liner_calls", "ferry")
    calls, ferry = both.of_stream("liner_calls"), both.of_stream("ferry")
    assert calls.tolist() == list(range(len(calls)))
    assert ferry.tolist() == list(range(len(calls), len(both)))
    assert (both.arrival[calls] == alone.arrival).all()
    assert both.entity[ferry].tolist() == list(range(len(ferry)))
    assert not set(both.arrival[ferry].tolist()) & set(alone.arrival.tolist())


def test_a_stream_of_another_name_has_other_luck() -> None:
    one, other = (
        draw_conveyances(two_streams(**{name: FERRY}), inputs(), Draws(1, 0)) for name in ("a", "b")
    )
    first, second = one.arrival[one.of_stream("a")], other.arrival[other.of_stream("b")]
    assert not set(first.tolist()) & set(second.tolist())


def test_a_run_that_overtakes_another_keeps_its_identity() -> None:
    """Streams stand in order of arrival; luck stays with the run."""
    runs = draw_conveyances(two_streams(train=LATE_RUNS), inputs(), Draws(3, 0))
    train = runs.of_stream("train")
    assert (np.diff(runs.arrival[train]) >= 0).all()
    assert sorted(runs.entity[train].tolist()) == list(range(len(train)))
    luck = Draws(3, 0).under("train").uniform("deviation", runs.entity[train])
    planned = np.array([1800, 3600])[runs.entity[train] % 2] + runs.entity[train] // 2 * 7 * DAY
    assert (runs.arrival[train] == planned + np.rint(luck * 36_000)).all()


def test_overtaking_happens() -> None:
    found = [
        draw_conveyances(two_streams(train=LATE_RUNS), inputs(), Draws(seed, 0))
        for seed in range(5)
    ]
    orders = [runs.entity[runs.of_stream("train")].tolist() for runs in found]
    assert any(order != sorted(order) for order in orders)


def test_a_stream_may_stay_away_while_another_comes() -> None:
    rare = {"kind": "calls", "interarrival": constant(1000.0), **ASSUMED}
    both = draw_conveyances(two_streams(ferry=rare), inputs(), Draws(1, 0))
    assert len(both.of_stream("ferry")) == 0
    assert len(both) == len(drawn())
