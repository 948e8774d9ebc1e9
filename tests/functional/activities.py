"""Activities of an observation by the step they are of and the conveyance they belong to."""

import numpy as np

from sim.engine.trace import NEVER
from sim.measure.observation import Observation


def of_step(observation: Observation, name: str) -> np.ndarray:
    """Activities of a step, given as ``workflow.step``."""
    chosen = [step.origin == name for step in observation.plan.steps]
    return np.flatnonzero(np.array(chosen)[observation.plan.step])


def conveyance_of(observation: Observation, activities: np.ndarray) -> np.ndarray:
    """The conveyance that each activity's case is attached to."""
    return observation.plan.conveyance[observation.plan.case[activities]]


def by_conveyance(observation: Observation, name: str, when: str = "start") -> np.ndarray:
    """Shape (conveyances,): when each began or ended a step, NEVER where it has none."""
    activities = of_step(observation, name)
    times = np.full(observation.plan.conveyances, NEVER)
    times[conveyance_of(observation, activities)] = getattr(observation.trace, when)[activities]
    return times
