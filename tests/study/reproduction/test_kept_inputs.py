"""Files that scenarios name go with a run, and are found there."""

from hashlib import sha256
from pathlib import Path

import pytest

from sim.files.read_once import ReadOnce
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.study.reproduction import kept_inputs
from sim.study.reproduction.kept_inputs import KeptInput, keep_inputs, places, with_places
from tests.builders import ASSUMED, shipped_data


def listed(path: str) -> Scenario:
    data = shipped_data("serial")
    data["traffic"]["conveyances"]["liner_calls"]["arrivals"] = {
        "kind": "file", "path": path, **ASSUMED,
    }  # fmt: skip
    return build_scenario(data)


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    path = tmp_path / "calls.csv"
    path.write_text("conveyance_id,arrival\nA,50\n")
    return path


def read(path: str) -> ReadOnce:
    files = ReadOnce()
    files(Path(path), "calls")
    return files


def test_a_list_is_copied_once_and_shipped_tables_are_not(calls: Path) -> None:
    scenario = listed("./calls.csv")
    kept = keep_inputs([scenario, scenario], read("calls.csv"), Path("out"))
    assert [one.path for one in kept] == ["calls.csv"]
    copies = [path for path in Path("out").rglob("*") if path.is_file()]
    assert [path.relative_to("out").as_posix() for path in copies] == [kept[0].kept]
    calls.unlink()
    found = places(kept, Path("out"))
    data = with_places({"traffic": [{"path": "./calls.csv", "kind": "file"}]}, found)
    assert data == {"traffic": [{"path": str(copies[0]), "kind": "file"}]}


def test_what_was_read_is_kept_whatever_is_there_now(calls: Path) -> None:
    before, files = calls.read_bytes(), read("calls.csv")
    calls.write_text("conveyance_id,arrival\nA,51\n")
    (kept,) = keep_inputs([listed("calls.csv")], files, Path("out"))
    assert Path("out", str(kept.kept)).read_bytes() == before
    assert kept.sha256 == sha256(before).hexdigest()


def test_a_large_list_stays_where_it_is(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_inputs, "MOST_BYTES", 10)
    kept = keep_inputs([listed("calls.csv")], read("calls.csv"), Path("out"))
    assert kept[0].kept is None
    assert places(kept, Path("out")) == {"calls.csv": "calls.csv"}
    calls.write_text("conveyance_id,arrival\nA,51\n")
    with pytest.raises(InputError) as raised:
        places(kept, Path("out"))
    assert str(raised.value) == "inputs: 'calls.csv' is not the file that the run read"


def test_a_copy_is_in_the_folder(calls: Path) -> None:
    outside = KeptInput(path="calls.csv", sha256="0", kept="../calls.csv")
    with pytest.raises(InputError) as raised:
        places([outside], Path("out"))
    assert str(raised.value) == "inputs: '../calls.csv' is outside the folder of the run"
    gone = KeptInput(path="calls.csv", sha256="0", kept="inputs/calls.csv")
    with pytest.raises(InputError, match="inputs: there is no such file"):
        places([gone], Path("out"))
