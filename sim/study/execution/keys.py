"""The name of a replication: a hash of everything that determines its result, and of no more."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from sim.scenario.scenario import Scenario
from sim.study.execution.model_version import model_version
from sim.study.fingerprint import digest, figures
from sim.study.inputs import input_files

_NAMES = {"name", "baseline", "document"}
# How many replications there are and what is made of them is no matter of one of them; seed and
# tracing stand in its key by themselves.
_OF_THE_STUDY = {"replications", "confidence", "seed", "traced_replications"}


class KeyMaker:
    """Names replications of one scenario in effect."""

    def __init__(self, scenario: Scenario) -> None:
        said = {key: part for key, part in figures(scenario).items() if key not in _NAMES}
        said["experiment"] = {
            key: value for key, value in said["experiment"].items() if key not in _OF_THE_STUDY
        }
        files = [_file_digest(path) for path in input_files(scenario)]
        self._experiment = scenario.experiment
        self.scenario = digest([model_version(), said, files])
        """Hash of all but the luck: scenarios of the same one are the same."""

    def key(self, number: int) -> str:
        """Return the name of replication ``number``, 64 hexadecimal digits."""
        experiment = self._experiment
        is_traced = number < experiment.traced_replications
        return digest([self.scenario, experiment.seed, number, is_traced])


@cache
def _file_digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
