"""Files read once: the first look counts."""

from hashlib import sha256
from pathlib import Path

import pytest

from sim.files.read_once import ReadOnce
from sim.scenario.errors import InputError
from sim.study.inputs import load_inputs
from tests.files.traffic_files import written
from tests.study.test_inputs import listed


def test_a_file_that_is_changed_or_gone_stays_what_it_was(tmp_path: Path) -> None:
    path, files = tmp_path / "list.csv", ReadOnce()
    path.write_bytes(b"one")
    assert files(path, "list") == b"one"
    path.write_bytes(b"other")
    assert files(path, "list") == b"one"
    path.unlink()
    assert files.digest(path) == sha256(b"one").hexdigest()
    assert files.contents == {path: b"one"}


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"list 'x': there is no such file, looked for at"):
        ReadOnce()(tmp_path / "x", "list 'x'")


def test_what_is_computed_from_is_what_is_kept(tmp_path: Path) -> None:
    calls, files = written(tmp_path, "conveyance_id,arrival", "A,50"), ReadOnce()
    scenario = listed(str(calls))
    before = load_inputs([scenario], files).conveyances[str(calls)].arrival.tolist()
    written(tmp_path, "conveyance_id,arrival", "A,60")
    assert load_inputs([scenario], files).conveyances[str(calls)].arrival.tolist() == before
    assert b"A,50" in files.contents[calls]
    assert {path.name for path in files.contents} == {calls.name, "kcs_sea_imports.csv"}
