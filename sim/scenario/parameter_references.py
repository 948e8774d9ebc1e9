"""Checks of reforms that set figures of the port: these hold for all cases or for none.

But for a new fee on steps, which those pay who meet such steps.
"""

import re
from collections.abc import Iterator

from sim.scenario.change import Parameter
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import Eligibility, Reform
from sim.scenario.scenario import Scenario

_FEE = re.compile(r"tariff\.fees\.[^.]+")
SECTIONS = ("agencies", "disruptions", "holidays", "hours", "port", "tariff", "traffic")


def check_parameters(scenario: Scenario) -> None:
    """Raise an InputError for the first figure that a reform cannot set.

    The keys themselves are looked up when reforms take effect: one may set what another brings.
    """
    for name, reform in scenario.reforms.items():
        for number, operator in enumerate(reform.operators):
            if operator.parameter:
                where = f"reforms.{name}.operators.{number}.parameter"
                _check_section(f"{where}.key", operator.parameter.key)
                if not is_fee_on_steps(operator.parameter):
                    check_whole_port(where, name, reform)


def _check_section(where: str, key: str) -> None:
    section = key.partition(".")[0]
    if section == "workflows":
        raise InputError(f"{where}: '{key}' is of a step; 'set' changes steps")
    if section not in SECTIONS:
        raise unknown_name(where, "section", section, SECTIONS)


def is_fee_on_steps(parameter: Parameter) -> bool:
    """Whether a whole fee for steps of some kinds is set: who meets none of these pays nothing."""
    block = parameter.to
    return (
        _FEE.fullmatch(parameter.key) is not None
        and isinstance(block, dict)
        and bool(block.get("kinds"))
    )


def check_whole_port(where: str, name: str, reform: Reform) -> None:
    """Raise an InputError if a reform that sets a figure is for some cases only."""
    limits = list(_limits(reform))
    if limits:
        raise InputError(
            f"{where}: a figure is the whole port's, but '{name}' has {' and '.join(limits)}; "
            "put it into a reform of its own for all, or set a figure by tier"
        )


def _limits(reform: Reform) -> Iterator[str]:
    """What keeps a reform to some cases, in words."""
    if 0 < reform.adoption.share < 1:
        yield f"an adoption share of {reform.adoption.share:g}"
    if reform.adoption.by_tier:
        yield "adoption by tier"
    given = [key for key in Eligibility.model_fields if getattr(reform.eligible, key)]
    if given:
        yield f"eligibility by {', '.join(given)}"
