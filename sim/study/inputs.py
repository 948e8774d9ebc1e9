"""Reads the files that the traffic of some scenarios names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sim.files.consignment_list import read_consignments
from sim.files.conveyance_list import read_conveyances
from sim.files.declarations import declarations_file, load_declarations
from sim.files.existing_file import Read, read_file
from sim.scenario.arrivals import ListedArrivals
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.traffic import ListedConsignments
from sim.study.listed_traffic import check_measured
from sim.traffic.inputs import Inputs


def load_inputs(scenarios: Iterable[Scenario], read: Read = read_file) -> Inputs:
    """Read every table and list that scenarios name.

    Args:
        scenarios: in effect.
        read: gives the content of a file.

    Raises:
        InputError: a file cannot be used, or nothing it lists is measured; or scenarios that read
            the same list start on different dates.
    """
    scenarios = list(scenarios)
    flows = [flow for one in scenarios for flow in one.traffic.flows.values()]
    conveyances = {
        path: read_conveyances(Path(path), start, read)
        for path, start in _starts(scenarios).items()
    }
    pairs = {pair for one in scenarios for pair in _listed_pairs(one)}
    inputs = Inputs(
        declarations={
            name: load_declarations(name, read)
            for name in sorted({flow.goods.declarations for flow in flows})
        },
        conveyances=conveyances,
        consignments={
            (path, carrier): read_consignments(Path(path), conveyances[carrier], read)
            for path, carrier in sorted(pairs)
        },
    )
    for one in scenarios:
        check_measured(one, inputs)
    return inputs


def _starts(scenarios: Iterable[Scenario]) -> dict[str, date]:
    """When scenarios start that read a list of conveyances, by its path."""
    starts: dict[str, date] = {}
    for one in scenarios:
        start = date.fromisoformat(one.experiment.start_date)
        for stream in one.traffic.conveyances.values():
            if not isinstance(stream.arrivals, ListedArrivals):
                continue
            path = stream.arrivals.path
            if starts.setdefault(path, start) != start:
                raise InputError(
                    f"experiment.start_date: {starts[path]} and {start}; scenarios that read "
                    f"traffic file '{Path(path).name}' in one run start on the same date"
                )
    return starts


def input_files(scenario: Scenario) -> list[Path]:
    """Every file that the traffic of a scenario is drawn or read from, in an order of its own.

    Raises:
        InputError: there is no table of a name.
    """
    traffic = scenario.traffic
    tables = [declarations_file(flow.goods.declarations) for flow in traffic.flows.values()]
    listed = [
        Path(listing.path)
        for listing in (
            *(stream.arrivals for stream in traffic.conveyances.values()),
            *(flow.consignments for flow in traffic.flows.values()),
        )
        if isinstance(listing, ListedArrivals | ListedConsignments)
    ]
    return list(dict.fromkeys([*tables, *listed]))


def _listed_pairs(scenario: Scenario) -> Iterable[tuple[str, str]]:
    """Paths of listed consignments, with those of the conveyances they are attached to."""
    for flow in scenario.traffic.flows.values():
        if isinstance(flow.consignments, ListedConsignments):
            carrier = scenario.traffic.conveyances[flow.attached_to].arrivals
            assert isinstance(carrier, ListedArrivals)
            yield flow.consignments.path, carrier.path
