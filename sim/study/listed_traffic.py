"""Refuses lists of traffic of which nothing would be measured."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.scenario.arrivals import ListedArrivals
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import Experiment, ListedConsignments
from sim.traffic.inputs import Inputs
from sim.traffic.window import observation_window

_DAY_TICKS = 86_400


def check_measured(scenario: Scenario, inputs: Inputs) -> None:
    """Check that of every list some arrive in the measured window.

    Raises:
        InputError: a list is wholly before or after it.
    """
    traffic, experiment = scenario.traffic, scenario.experiment
    for name, stream in traffic.conveyances.items():
        if isinstance(stream.arrivals, ListedArrivals):
            path = stream.arrivals.path
            where = f"traffic.conveyances.{name}.arrivals"
            _check(where, path, inputs.conveyances[path].arrival, experiment)
    for name, flow in traffic.flows.items():
        carrier = traffic.conveyances[flow.attached_to].arrivals
        if isinstance(flow.consignments, ListedConsignments) and isinstance(
            carrier, ListedArrivals
        ):
            path = flow.consignments.path
            arrival = inputs.conveyances[carrier.path].arrival
            brought = arrival[inputs.consignments[path, carrier.path].conveyance]
            _check(f"traffic.flows.{name}.consignments", path, brought, experiment)


def _check(where: str, path: str, arrival: NDArray[np.int64], experiment: Experiment) -> None:
    window = observation_window(experiment)
    if ((arrival >= window.start) & (arrival < window.end)).any():
        return
    listed = _span(int(arrival.min()), int(arrival.max()), experiment)
    measured = _span(window.start, window.end, experiment)
    raise InputError(
        f"{where}: traffic file '{Path(path).name}': all arrivals, {listed}, are outside the "
        f"measured window, {measured}; experiment.start_date, warm_up_days and horizon_days set it"
    )


def _span(first: int, last: int, experiment: Experiment) -> str:
    """Two times as dates, and as days from the start, which is how hours in a file count."""
    start = datetime.fromisoformat(experiment.start_date)
    begin, end = (f"{start + timedelta(seconds=tick):%Y-%m-%d %H:%M}" for tick in (first, last))
    return f"{begin} to {end} (days {first / _DAY_TICKS:.1f} to {last / _DAY_TICKS:.1f})"
