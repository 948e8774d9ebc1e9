"""The store: whole files or none, shared by whoever wants."""

import errno
import json
import os
from pathlib import Path

import pytest

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.scenario.errors import ExecutionError
from sim.study.execution.encoding import encode
from sim.study.execution.log import run_log
from sim.study.execution.store import Store, open_store
from sim.study.replication import Replication

KEY = "ab" + "0" * 62
DATA = encode(KEY, Replication(Measures((Kpi("a", "h", 1.0),), {})))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_written_is_found_by_another_process_of_the_same_store(tmp_path: Path) -> None:
    Store(tmp_path).write(KEY, DATA)
    found = Store(tmp_path).read(KEY)
    assert found is not None
    assert found.measures.kpis[0].value == 1.0
    assert Store(tmp_path).has(KEY)
    assert (tmp_path / "replications/ab" / f"{KEY}.rep").read_bytes() == DATA


def test_folders_are_brought_to_the_disk_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))
    store = Store(tmp_path / "a/store")
    store.write(KEY, DATA)
    new = [store.file(KEY), *store.file(KEY).parents][:5]
    assert new[-1] == tmp_path / "a"
    assert {path.stat().st_ino for path in (*new, tmp_path)} == set(synced)
    assert len(synced) == 6
    store.write(KEY, DATA)
    assert len(synced) == 8


def test_what_was_not_written_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert not store.has(KEY)
    assert store.read(KEY) is None
    assert store.damaged == 0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(DATA[:-1], id="cut short"),
        pytest.param(DATA[:-9] + b"\1" + DATA[-8:], id="a byte flipped"),
        pytest.param(DATA.replace(b"replication 1 ", b"replication 2 "), id="of another format"),
        pytest.param(encode("c" * 64, Replication(Measures((), {}))), id="of another key"),
    ],
)
def test_a_damaged_file_is_not_there_and_is_noted_once(tmp_path: Path, data: bytes) -> None:
    store = Store(tmp_path)
    store.write(KEY, data)
    with run_log(tmp_path) as log:
        log.folder = tmp_path
        assert not store.has(KEY)
        assert store.read(KEY) is None
    assert store.damaged == 1
    noted, _ = map(json.loads, (tmp_path / "log.jsonl").read_text("utf-8").splitlines())
    assert (noted["event"], noted["file"]) == ("damaged", str(store.file(KEY)))
    store.write(KEY, DATA)
    assert store.has(KEY)


@pytest.mark.parametrize("place", ["os.fsync", "pathlib.Path.replace"])
def test_on_a_full_disk_nothing_half_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store = Store(tmp_path)
    monkeypatch.setattr(place, full)
    with pytest.raises(ExecutionError) as raised:
        store.write(KEY, DATA)
    assert str(raised.value) == (
        f"store.path: '{tmp_path}' cannot be written to: No space left on device; what is in it "
        "stays, and the same command continues"
    )
    assert files(tmp_path) == []


def test_what_dead_processes_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    folder = Store(tmp_path).file(KEY).parent
    folder.mkdir()
    old, new = folder / ".x.1.aa.part", folder / ".x.2.bb.part"
    for path in (old, new, folder / "y.rep"):
        path.touch()
    for path in (old, folder / "y.rep"):
        os.utime(path, (0, 0))
    Store(tmp_path)
    assert files(tmp_path) == [new.name, "y.rep"]


def test_a_temporary_store_is_gone_afterwards() -> None:
    with open_store(None) as store:
        store.write(KEY, DATA)
        assert store.has(KEY)
    assert not store.path.exists()


def test_a_store_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExecutionError, match=r"store\.path: '.*/file' cannot be written to: "):
        Store(tmp_path / "file")
