"""Warnings of a command: told as long as it is on."""

import pytest

import run
from sim.study.execution.log import warn


def test_warnings_are_told_beside_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(_: object) -> int:
        warn("no workers")
        return 0

    monkeypatch.setattr("sim.actions.preview.act", act)
    assert run.main(["preview"]) == 0
    warn("too late")
    output, errors = capsys.readouterr()
    assert (output, errors) == ("", "warning: no workers\n")
