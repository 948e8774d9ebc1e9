"""Which folders a rerun is about: one, one a place, or those in a zip file."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from sim.command import rerun
from sim.command.rerun import rerun_request, run_folders
from sim.scenario.errors import InputError


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for place in ("nansha", "qingdao"):
        Path("out", place).mkdir(parents=True)
        Path("out", place, "manifest.json").write_text("{}")
    return Path("out")


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as raised, run_folders(path):
        pass
    return str(raised.value)


def test_a_folder_for_each_place(places: Path) -> None:
    with run_folders(places) as found:
        assert found == {"nansha": places / "nansha", "qingdao": places / "qingdao"}
    with run_folders(places / "nansha") as found:
        assert found == {".": places / "nansha"}


@pytest.mark.parametrize("base", [None, "out"])
def test_a_zip_file_with_or_without_the_folder_itself(places: Path, base: str | None) -> None:
    shutil.make_archive("sent", "zip", "." if base else places, base)
    with run_folders(Path("sent.zip")) as found:
        assert list(found) == ["nansha", "qingdao"]
        unpacked = found["nansha"]
        assert (unpacked / "manifest.json").is_file()
    assert not unpacked.exists()


def test_what_is_no_run(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile("other.zip", "w") as packed:
        packed.writestr("letter.txt", "hello")
    assert refusal(Path("other.zip")) == (
        "rerun: 'other.zip' is not the folder of a run: it holds no manifest.json"
    )
    monkeypatch.setattr(rerun, "_MOST_UNPACKED", 4)
    assert refusal(Path("other.zip")).startswith("rerun: 'other.zip' holds 0.0 GiB unpacked, ")


def test_replications_are_run_anew_unless_a_store_is_given(places: Path) -> None:
    assert rerun_request(["out", "executor=serial"]).settings.store is None
    given = rerun_request(["out", "executor=serial", "store.path=mine"])
    assert (given.path, given.settings.store) == (places, Path("mine"))
    with pytest.raises(InputError) as raised:
        rerun_request(["executor=serial"])
    assert str(raised.value) == "rerun: one folder is expected, given 0; see rerun --help"
