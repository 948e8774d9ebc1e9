"""What a worker is made of, and with whose keys it works."""

import pytest

from sim.scenario.errors import ExecutionError
from sim.study.execution import tasks
from sim.study.execution.tasks import Replicator, Work
from sim.traffic.inputs import Inputs


def test_a_worker_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "model_version", lambda: "new")
    Replicator(Work(Inputs({}), "new"))
    with pytest.raises(ExecutionError) as raised:
        Replicator(Work(Inputs({}), "old"))
    assert str(raised.value) == (
        "portclear is in another version here than where the run began (its source code, Python or "
        "a package has changed); what has been run stays, and the same command begins anew with "
        "the version there is now"
    )
