"""The name of a replication: a hash of everything that determines its result, and of no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.files.declarations import declarations_file
from sim.files.read_once import ReadOnce
from sim.scenario.scenario import Scenario
from sim.study.execution.model_version import model_version
from sim.study.fingerprint import digest, figures

_NAMES = {"name", "baseline", "document"}
# How many replications there are and what is made of them is no matter of one of them; seed and
# tracing stand in its key by themselves.
_OF_THE_STUDY = {"replications", "confidence", "seed", "traced_replications"}


class KeyMaker:
    """Names replications of one scenario in effect.

    Args:
        scenario: in effect.
        files: all that its traffic comes from has been read by it.
    """

    def __init__(self, scenario: Scenario, files: ReadOnce) -> None:
        said = {key: part for key, part in figures(scenario).items() if key not in _NAMES}
        said["experiment"] = {
            key: value for key, value in said["experiment"].items() if key not in _OF_THE_STUDY
        }
        for listing in _listings(said["traffic"]):
            # What a list holds counts, not where it stands.
            listing["path"] = files.digest(Path(listing["path"]))
        tables = [
            files.digest(declarations_file(flow.goods.declarations))
            for flow in scenario.traffic.flows.values()
        ]
        self._experiment = scenario.experiment
        self.scenario = digest([model_version(), said, tables])
        """Hash of all but the luck: scenarios of the same one are the same."""

    def key(self, number: int) -> str:
        """Return the name of replication ``number``, 64 hexadecimal digits."""
        experiment = self._experiment
        is_traced = number < experiment.traced_replications
        return digest([self.scenario, experiment.seed, number, is_traced])


def _listings(traffic: Any) -> Iterator[dict[str, Any]]:
    """What traffic that is plain data says of the files it is read from."""
    for stream in traffic["conveyances"].values():
        if "path" in stream["arrivals"]:
            yield stream["arrivals"]
    for flow in traffic["flows"].values():
        if "path" in flow["consignments"]:
            yield flow["consignments"]
