"""Temporary folders: one's own, and gone when the process that had them is."""

import os
import signal
import stat
import tempfile
from multiprocessing import get_context
from pathlib import Path

import pytest

from sim.scenario.errors import ExecutionError
from sim.study.execution import temporary
from sim.study.execution.log import run_log
from sim.study.execution.temporary import private_folder, temporary_folder


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def in_use() -> list[Path]:
    return list((private_folder() / "runs").iterdir())


def test_a_folder_is_there_as_long_as_it_is_used() -> None:
    with temporary_folder() as one, temporary_folder() as other:
        (one / "file").touch()
        assert sorted(in_use()) == sorted([one, other])
    assert in_use() == []


def _killed_with_a_folder() -> None:
    with temporary_folder() as folder:
        (folder / "file").touch()
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_process_left_goes_with_the_next_one() -> None:
    process = get_context("fork").Process(target=_killed_with_a_folder)
    process.start()
    process.join()
    (left,) = in_use()
    with temporary_folder() as folder:
        assert in_use() == [folder]
    assert not left.exists()


def test_nobody_else_can_look_into_it() -> None:
    assert stat.S_IMODE(private_folder().stat().st_mode) == 0o700


def test_another_user_has_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    own = private_folder()
    monkeypatch.setattr(temporary.os, "getuid", lambda: own.stat().st_uid + 1)
    expected = own.with_name(f"portclear-{own.stat().st_uid + 1}")
    with pytest.raises(ExecutionError) as raised:
        private_folder()
    assert str(raised.value) == (
        f"'{expected}', for temporary files, belongs to another user; set TMPDIR to a folder of "
        "your own"
    )


def test_the_log_of_a_run_without_a_store_is_there() -> None:
    with run_log(None):
        pass
    assert len(list((private_folder() / "logs").glob("*.jsonl"))) == 1
