"""Checks of who selects what is examined."""

from sim.scenario.errors import InputError, unknown_name
from sim.scenario.resources import SELECTING_AGENCIES
from sim.scenario.scenario import Scenario


def check_selection(scenario: Scenario) -> None:
    """Raise an InputError for the first agency that selects with one it cannot select with.

    Or that tells low risk, though it does not decide what customs selects.
    """
    for name, agency in scenario.agencies.items():
        if agency.selects_with:
            _check_selects_with(f"agencies.{name}.selects_with", name, scenario)
    tells = {"customs", scenario.agencies["customs"].selects_with}
    for name, agency in scenario.agencies.items():
        if name not in tells and agency.selection and agency.selection.low_risk_share:
            raise InputError(
                f"agencies.{name}.selection.low_risk_share: low risk is told by the score by "
                "which customs selects"
            )


def _check_selects_with(where: str, name: str, scenario: Scenario) -> None:
    other = scenario.agencies[name].selects_with
    if name not in SELECTING_AGENCIES:
        raise InputError(f"{where}: only {' and '.join(SELECTING_AGENCIES)} select")
    if other not in SELECTING_AGENCIES:
        raise unknown_name(where, "agency that selects", str(other), SELECTING_AGENCIES)
    if other == name:
        raise InputError(f"{where}: another agency is expected, given '{name}' itself")
    if scenario.agencies[other].selects_with:
        raise InputError(f"{where}: '{other}' itself selects with another")
    if scenario.agencies[other].selection is None:
        raise InputError(f"{where}: '{other}' has no selection")
