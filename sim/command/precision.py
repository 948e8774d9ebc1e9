"""How precise a run is to be: the option of the group ``precision``, and the words about it."""

from collections.abc import Sequence

from sim.command.composition import Settled
from sim.command.library import PRECISION
from sim.command.overrides import Assignment, Axis
from sim.command.plain_data import merged, placed
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.validate import validated
from sim.study.precision.rules import HalfWidth, HoadRobinsonDavies, Precision

_KPIS = f"{PRECISION}.kpis"
_RULES = "write precision=half_width or precision=hoad_robinson_davies"
_EXAMPLE = "'precision.kpis={all.overall_clearance_time.mean: {relative: 0.05}}'"
_NONE = "none"
_MODELS: dict[str, type[Precision]] = {
    "half_width": HalfWidth,
    "hoad_robinson_davies": HoadRobinsonDavies,
}


def read_precision(settled: Settled, axes: Sequence[Axis]) -> Precision | None:
    """Lay the words of a command onto the rule that is chosen; None if none is.

    KPIs that are given replace those of the rule's file.

    Raises:
        InputError: a word that cannot be used, or that goes with no rule, or a number of
            replications beside a rule.
    """
    given = [axis.assignments[0] for axis in axes if axis.kind == PRECISION]
    data = dict(settled.precision)
    if data.get("rule") == _NONE:
        for item in given:
            raise InputError(f"{item.key}: no rule of precision is chosen; {_RULES}")
        return None
    for axis in axes:
        if axis.key == "experiment.replications":
            raise InputError(
                f"{axis.word}: the rule of precision decides how many; write precision.minimum "
                "and precision.ceiling"
            )
    for item in given:
        data = _laid(data, item)
    rule = str(data.get("rule"))
    if rule not in _MODELS:
        raise unknown_name(f"{PRECISION}.rule", "rule", rule, _MODELS)
    return validated(_MODELS[rule], data, PRECISION)


def _laid(data: dict[str, object], item: Assignment) -> dict[str, object]:
    if item.key == _KPIS:
        return {**data, "kpis": item.value}
    if item.key.startswith(f"{_KPIS}."):
        raise InputError(f"{item.key}: keys of KPIs hold dots; write all of them as in {_EXAMPLE}")
    return dict(merged(data, placed(item.value, item.key.removeprefix(f"{PRECISION}."))))
