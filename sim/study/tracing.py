"""The trace of a replication as tables, one row a consignment or an activity. Times in seconds."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.engine.trace import NEVER
from sim.measure.cost.ledger import cost_lines
from sim.measure.cost.lines import net_fen
from sim.measure.detection import examined_by, found_violations
from sim.measure.observation import Observation
from sim.measure.times import UNDEFINED, durations
from sim.scenario.resources import TIERS
from sim.scenario.workflow import Milestone


def activity_table(observation: Observation) -> pd.DataFrame:
    """Every activity: case, step, party, container, visit, ready, start, end, boarded.

    -1 where it never was.
    """
    plan, trace = observation.plan, observation.trace
    names = np.array(observation.step_names, dtype=object)
    parties = np.array([step.party for step in plan.steps], dtype=object)
    return pd.DataFrame(
        {
            "case": plan.case,
            "step": pd.Categorical(names[plan.step]),
            "party": pd.Categorical(parties[plan.step]),
            "container": plan.container,
            "visit": plan.visit,
            "ready": trace.ready,
            "start": trace.start,
            "end": trace.end,
            "boarded": trace.boarded,
        }
    )


def consignment_table(observation: Observation) -> pd.DataFrame:
    """Every consignment: what it is, its milestones, durations, cost and detection.

    Milestones and durations are missing where it did not come to that. One that never ends has a
    row too: it is not ``finished``, and costs what it had cost when the run was given up.
    """
    consignments, plan = observation.consignments, observation.plan
    uptakes = np.array([" ".join(uptake) for uptake in plan.uptakes], dtype=object)
    columns: dict[str, object] = {
        "case": np.arange(plan.conveyances, plan.cases),
        "flow": pd.Categorical(np.array(consignments.flows, dtype=object)[consignments.flow]),
        "conveyance": consignments.conveyance,
        "finished": observation.finished,
        "measured": observation.measured,
        "tier": pd.Categorical(np.array(TIERS, dtype=object)[consignments.tier]),
        "containers": consignments.containers,
        "teu": consignments.teu,
        "value_fen": consignments.value_fen,
        "reforms": pd.Categorical(uptakes[plan.uptake[plan.conveyances :]]),
        **consignments.flags,
        "arrival": observation.arrival,
        **{name: _with_gaps(observation.milestone(name), NEVER) for name in get_args(Milestone)},
        **{name: _with_gaps(ticks, UNDEFINED) for name, ticks in durations(observation).items()},
        "cost_fen": net_fen(cost_lines(observation)),
    }
    for agency, violating in consignments.violation.items():
        columns[f"{agency}_violation"] = violating
        columns[f"{agency}_examined"] = examined_by(observation, agency)
        columns[f"{agency}_found"] = found_violations(observation, agency)
    return pd.DataFrame(columns)


def _with_gaps(ticks: NDArray[np.int64], absent: int) -> pd.Series[int]:
    return pd.Series(ticks, dtype="Int64").mask(ticks == absent)
