"""How many points a sensitivity study has, and where they put the figures."""

from sim.command.overrides import MOST_POINTS
from sim.command.sensitivity_keys import SensitivityKeys
from sim.scenario.errors import InputError
from sim.study.sensitivity.places import Floats, one_at_a_time, pick_and_freeze, trajectories
from sim.study.sensitivity.question import Method

_LEAST = {"morris": 2, "sobol": 2}


def places_of(method: Method, keys: SensitivityKeys, figures: int, options: int) -> Floats:
    """Return places of the figures in their ranges, shape (points, figures).

    Args:
        method: of the study.
        keys: of the command.
        figures: how many are moved.
        options: how many scenarios they are moved in.

    Raises:
        InputError: too few figures, or too many points.
    """
    least = _LEAST.get(method, 1)
    if figures < least:
        raise InputError(
            f"sensitivity: method={method} takes {least} figures or more, here are {figures}"
        )
    number = options * _rows(method, keys, figures)
    if number > MOST_POINTS:
        raise InputError(
            f"sensitivity: {number} points, more than {MOST_POINTS}; move fewer figures, as with "
            "only=[agencies.customs]"
        )
    if method == "morris":
        found = trajectories(figures, keys.trajectories(), keys.levels(), keys.sampling_seed())
    elif method == "sobol":
        found = pick_and_freeze(figures, keys.samples(), keys.sampling_seed())
    else:
        found = one_at_a_time(figures)
    return found.reshape(-1, figures)


def _rows(method: Method, keys: SensitivityKeys, figures: int) -> int:
    if method == "morris":
        return keys.trajectories() * (figures + 1)
    return keys.samples() * (figures + 2) if method == "sobol" else 2 * figures
