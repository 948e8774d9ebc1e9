"""Checks of how a reform stands to others, and of who can adopt it."""

from sim.scenario.errors import InputError
from sim.scenario.reform import Reform
from sim.scenario.scenario import Scenario


def check_relations(where: str, name: str, scenario: Scenario) -> None:
    """Raise an InputError for the first reform that a reform cannot stand beside, or not so."""
    reforms = scenario.reforms
    reform = reforms[name]
    for needed in reform.requires:
        if needed not in reforms:
            raise InputError(f"{where}: requires the reform '{needed}', which is not in force")
    for other in reform.conflicts:
        if other in reforms:
            raise InputError(f"{where}: conflicts with the reform '{other}', which is in force")
    for other in (*reform.requires, *reform.yields_to):
        earlier = reforms.get(other)
        if earlier and (earlier.order, other) >= (reform.order, name):
            raise InputError(
                f"{where}.order: {reform.order} must be above that of '{other}' ({earlier.order})"
            )


def check_adoption(where: str, reform: Reform, scenario: Scenario) -> None:
    """Raise an InputError if a reform of conveyances is adopted by tier."""
    for workflow in reform.workflows:
        spec = scenario.workflows.get(workflow)
        if reform.adoption.by_tier and spec and spec.case == "conveyance":
            raise InputError(
                f"{where}.adoption.by_tier: '{workflow}' is a workflow of conveyances, which have "
                "no tier; put it into a reform of its own"
            )
