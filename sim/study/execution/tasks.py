"""The unit of work: one replication of one scenario, and what a worker does with it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from sim.clearance.compile import Compiler
from sim.scenario.errors import ExecutionError
from sim.scenario.scenario import Scenario
from sim.study.execution.encoding import encode
from sim.study.execution.model_version import model_version
from sim.study.replication import replicate
from sim.traffic.draws import Draws
from sim.traffic.inputs import Inputs

_COMPILERS_KEPT = 32


@dataclass(frozen=True)
class ReplicationTask:
    """A replication to be run.

    Attributes:
        key: under which its result is kept.
        scenario: in effect.
        scenario_digest: equal for scenarios that are the same.
        number: of the replication, from 0.
    """

    key: str
    scenario: Scenario
    scenario_digest: str
    number: int


@dataclass(frozen=True)
class Work:
    """What all tasks of a run share.

    Attributes:
        inputs: all that their traffic names.
        version: of the model that their keys were made for.
    """

    inputs: Inputs
    version: str


class Replicator:
    """Performs tasks one after another; what the next can use as well is kept.

    Tasks come replication by replication: scenarios of the same one share its draws.

    Raises:
        ExecutionError: the program here is not the one that the keys were made for. A worker that
            starts after the source code was changed has imported the new one.
    """

    def __init__(self, work: Work) -> None:
        if model_version() != work.version:
            raise ExecutionError(
                "portclear is in another version here than where the run began (its source code, "
                "Python or a package has changed); what has been run stays, and the same command "
                "begins anew with the version there is now"
            )
        self._inputs = work.inputs
        self._compilers: OrderedDict[str, Compiler] = OrderedDict()
        self._draws: Draws | None = None

    def __call__(self, task: ReplicationTask) -> bytes:
        """Run a replication and return its bytes."""
        compiler, draws = self._compiler(task), self._luck(task)
        return encode(task.key, replicate(task.scenario, self._inputs, compiler, draws))

    def _compiler(self, task: ReplicationTask) -> Compiler:
        digest = task.scenario_digest
        if digest not in self._compilers:
            self._compilers[digest] = Compiler(task.scenario)
        self._compilers.move_to_end(digest)
        if len(self._compilers) > _COMPILERS_KEPT:
            self._compilers.popitem(last=False)
        return self._compilers[digest]

    def _luck(self, task: ReplicationTask) -> Draws:
        seed = task.scenario.experiment.seed
        kept = self._draws
        if kept is None or (kept.seed, kept.replication) != (seed, task.number):
            self._draws = kept = Draws(seed, task.number)
        return kept
