"""Checks that names in a tariff point at something: flows, workflows of conveyances."""

from sim.scenario.errors import InputError, unknown_name
from sim.scenario.scenario import Scenario


def check_tariff(scenario: Scenario) -> None:
    """Raise an InputError for the first name that points at nothing, or a price that is missing.

    Tariffs are shared by ports: one may price conveyances that do not come to this port, but must
    price those that do.
    """
    tariff, traffic = scenario.tariff, scenario.traffic
    places: dict[str, str] = {}
    for group in ("fees", "box_fees", "stay_charges"):
        for item, charge in getattr(tariff, group).items():
            if item in places:
                raise InputError(f"tariff.{group}.{item}: there is one in tariff.{places[item]}")
            places[item] = group
            for flow in charge.flows:
                if flow not in traffic.flows:
                    raise unknown_name(f"tariff.{group}.{item}.flows", "flow", flow, traffic.flows)
    for stream in traffic.conveyances.values():
        if stream.workflow not in tariff.conveyance_hours:
            priced = ", ".join(sorted(tariff.conveyance_hours)) or "none"
            raise InputError(
                f"tariff.conveyance_hours.{stream.workflow}: missing; priced are: {priced}"
            )
