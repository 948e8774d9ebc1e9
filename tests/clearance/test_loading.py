from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.trace import NEVER
from sim.measure.audit import audit
from sim.measure.observation import Observation
from sim.scenario.errors import InvariantError
from sim.traffic.draws import Draws
from tests.builders import ASSUMED, LABEL, constant, reform
from tests.clearance.test_waits import error_of
from tests.trains import EXPORT, RUN, observe_trains, train_data

HOUR = 3600
LOADED_BY_THE_TRAIN = {
    f"{RUN}.load.gathers": [],
    f"{RUN}.load.duration": {"attribute": "load_hours"},
    f"{EXPORT}.lift.after": ["board", "train_run.close"],
    f"{EXPORT}.lift.duration": {"attribute": "load_offset"},
    "port.handling.train_run": {"moves_per_hour": 4.0, **ASSUMED},
    "traffic.conveyances.trains.other_load_moves": 3.0,
}


def loaded(*booked: int, **values: Any) -> Observation:
    """Run boxes, one each, on three trains that load four an hour, three of which are no boxes."""
    keys = {key.replace(".", "__"): value for key, value in LOADED_BY_THE_TRAIN.items()}
    return observe_trains(booked, [1] * len(booked), 20.0, 40.0, 60.0, **keys, **values)


def hours_of(observation: Observation, step: str) -> list[float]:
    chosen = observation.steps_with("name", step)[observation.plan.step]
    return [round(hours, 3) for hours in observation.trace.work[chosen] / HOUR]


def test_a_train_loads_whoever_boarded_it_not_who_was_booked() -> None:
    """Two wagons: of three boxes booked for the first train one takes the second."""
    assert hours_of(loaded(0, 0, 0), "load") == [1.25, 1.0, 0.75]


def test_a_box_is_loaded_in_its_place_while_its_train_loads() -> None:
    found = loaded(0, 0, 0)
    place = Draws(found.scenario.experiment.seed, 0).under("rail_export")
    luck = place.uniform("load_offset", np.arange(3))
    boards = found.steps_with("name", "board")[found.plan.step]
    train = found.trace.boarded[boards]
    assert sorted(train.tolist()) == [0, 0, 1]
    length = np.array([1.25, 1.0, 0.75])[train]
    assert hours_of(found, "lift") == pytest.approx(luck * length, abs=1e-3)


def test_who_boards_nothing_is_not_loaded() -> None:
    found = loaded(*[2] * 4)
    lifts = found.steps_with("name", "lift")[found.plan.step]
    assert (found.trace.end[lifts] == NEVER).sum() == 2
    assert hours_of(found, "load") == [0.75, 0.75, 1.25]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            [(f"{RUN}.load.after", []), (f"{RUN}.load.trigger", {"arrival_offset": constant(7.0)})],
            "workflows.train_run: step 'load' loads who boards; "
            "it must come after 'close', which offers slots",
            id="loads before the cut-off",
        ),
        pytest.param(
            [(f"{EXPORT}.lift.after", ["release"]), (f"{EXPORT}.leave.after", ["lift"])],
            "workflows.rail_export: step 'lift' lasts until its box is loaded, "
            "but it takes no slot before",
            id="loaded before it boards",
        ),
        pytest.param(
            [
                (
                    "reforms",
                    {
                        "r": reform(
                            {
                                "merge": {
                                    "steps": ["load", "depart"],
                                    "into": "leave",
                                    "to": {
                                        "label": LABEL, "party": "port", "work": "sum", **ASSUMED,
                                    },
                                }
                            },
                            workflows=["train_run"],
                        )
                    },
                ),
                (f"{EXPORT}.leave.after", ["lift"]),
            ],
            "workflows.train_run with r: step 'leave' merges 'load', "
            "whose time depends on who boards",
            id="merged",
        ),
    ],
)  # fmt: skip
def test_loading_that_cannot_be_known_in_time(changes: list[tuple[str, Any]], message: str) -> None:
    assert error_of(train_data(), *LOADED_BY_THE_TRAIN.items(), *changes) == message


def test_loading_that_leaves_out_a_box_is_caught() -> None:
    found = loaded(0, 0, 0)
    loads = np.flatnonzero(found.steps_with("name", "load")[found.plan.step])
    work = found.trace.work.copy()
    work[loads[0]] -= 900
    with pytest.raises(InvariantError) as caught:
        audit(found.plan, replace(found.trace, work=work))
    assert str(caught.value) == "case 0: step 'load' took other work than was on board"
