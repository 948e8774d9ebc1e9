"""What is common to all studies, with made-up ones: order of writing and saying, and failures."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

import run as program
from sim.actions import carrying_out
from sim.actions.carrying_out import carry_out
from sim.actions.exit_codes import DONE, FAULT, UNREAD
from sim.actions.undertakings import Simulated, Undertaking, design
from sim.report.output import Output
from sim.report.terminal import Say
from sim.scenario.errors import ExecutionError
from sim.study.execution.account import Account
from sim.study.settings import Settings


@pytest.fixture(autouse=True)
def _working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(carrying_out, "write_manifest", manifest)


def manifest(folder: Path, *_: object) -> None:
    (folder / "manifest.json").write_text(json.dumps(sorted(os.listdir(folder))))


def made_up(name: str, is_whole: bool = True, fault: str = "") -> Undertaking:
    run: Any = SimpleNamespace(settings=Settings("serial", 1, Path("out"), Path("store"), None))
    record: Any = None

    def simulate(on_progress: Callable[[int, int], None]) -> Simulated:
        on_progress(0, 2)
        if fault:
            raise ExecutionError(fault)
        on_progress(2, 2)
        return Simulated(run, Account(), lambda _: None, publish, is_whole=is_whole)

    def publish(part: Path) -> Say:
        (part / "kpis.csv").write_text(name)
        return say

    def say(console: Console, place: Path) -> None:
        there = sorted(path.name for path in place.iterdir() if path.is_file())
        console.print(f"{place.as_posix()}: {' '.join(there)}")

    return Undertaking(run, record, 2, simulate)


def carried_out(studies: Mapping[str, Undertaking]) -> int:
    return carry_out(Path("out"), studies)


def test_all_is_written_before_anything_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert carried_out({".": made_up("one")}) == DONE
    said, course = capsys.readouterr()
    assert said == "out: kpis.csv log.jsonl manifest.json\n"
    assert course.startswith("replications 2/2, ")


def test_one_that_fails_is_told_and_the_others_are_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert carried_out({"a": made_up("a", fault="no memory"), "b": made_up("b")}) == FAULT
    said, errors = capsys.readouterr()
    assert "error: no memory (in 'a')\n" in errors
    assert said == "out/b: kpis.csv manifest.json\n"
    assert sorted(os.listdir("out")) == ["b", "log.jsonl"]


def test_where_all_fail_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExecutionError, match="worse"):
        carried_out({"a": made_up("a", fault="bad"), "b": made_up("b", fault="worse")})
    assert not Path("out").exists()
    assert "error: bad (in 'a')\n" in capsys.readouterr().err


def test_a_point_that_is_not_done_is_in_the_exit_code() -> None:
    assert carried_out({".": made_up("one", is_whole=False)}) == FAULT


def let_nobody_read(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr("sys.stdout", os.fdopen(writing, "w"))


def test_work_is_done_whether_anybody_reads_of_it_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    let_nobody_read(monkeypatch)
    assert carried_out({"a": made_up("a"), "b": made_up("b", is_whole=False)}) == FAULT
    assert carry_out(Path("two"), {".": made_up("one")}) == DONE
    assert Path("two/manifest.json").is_file()
    Output().print("more")


def test_a_command_that_nobody_reads_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = StringIO()
    let_nobody_read(monkeypatch)
    monkeypatch.setattr("sys.stderr", errors)
    monkeypatch.setattr(program, "_act", lambda _: print("text", flush=True))
    assert program.main(["--help"]) == UNREAD
    print("more", flush=True)
    assert errors.getvalue() == ""


def test_the_file_of_a_design_is_kept_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Any = SimpleNamespace(
        sound=(SimpleNamespace(scenario=SimpleNamespace(experiment=SimpleNamespace(replications=1))),),
        settings=None, overrides=(),
    )  # fmt: skip
    there = "sim.actions.undertakings."
    monkeypatch.setattr(f"{there}DesignRecord", SimpleNamespace(of=lambda _: None))
    sweep = SimpleNamespace(points=())
    monkeypatch.setattr(f"{there}run_design", lambda *_: (sweep, Account()))
    monkeypatch.setattr(f"{there}publish_design", partial(lambda *_: print))
    study = design(asked, print, "en", b"kind: grid  # as read")
    Path("out").mkdir()
    study.simulate(lambda *_: None).publish(Path("out"))
    assert Path("out/design.yaml").read_bytes() == b"kind: grid  # as read"
