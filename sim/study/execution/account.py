"""What is to be said of replications when all of them are there."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.files.read_once import ReadOnce
from sim.study.execution.runner import ReplicationRunner


@dataclass(frozen=True)
class Account:
    """How a study came by its replications.

    Attributes:
        found: how many were in the store before.
        computed: how many were run.
        files: what their traffic was drawn and read from, as it was read.
    """

    found: int = 0
    computed: int = 0
    files: ReadOnce = field(default_factory=ReadOnce)

    @classmethod
    def of(cls, runner: ReplicationRunner) -> Account:
        """Take down what a runner did."""
        return cls(runner.found, runner.computed, runner.files)
