"""A folder with results is there whole, or not at all; of two runs that want it, one has it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.errors import ExecutionError
from sim.study.results_folder import fill_folder

KILLED = """
import os, signal
from pathlib import Path
from sim.study.results_folder import fill_folder

def half(part):
    (part / "kpis.csv").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)

fill_folder(Path("a/out"), half)
"""


def filling(text: str) -> Callable[[Path], None]:
    return lambda part: (part / "kpis.csv").write_text(text) and None


def failing(error: BaseException) -> Callable[[Path], None]:
    def fill(part: Path) -> None:
        (part / "kpis.csv").write_text("half")
        raise error

    return fill


@pytest.fixture(autouse=True)
def _working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def there(folder: Path | str = ".") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*"))


def test_the_name_comes_last() -> None:
    def fill(part: Path) -> str:
        assert part.is_dir()
        assert not Path("a/out").exists()
        (part / "kpis.csv").write_text("whole")
        return "filled"

    assert fill_folder(Path("a/out"), fill) == (Path("a/out"), "filled")
    assert there() == ["a", "a/out", "a/out/kpis.csv"]


def test_an_empty_folder_gives_way_and_a_link_leads_to_its_place() -> None:
    Path("real/out").mkdir(parents=True)
    Path("link").symlink_to("real/out")
    folder, _ = fill_folder(Path("link"), filling("x"))
    assert folder.samefile("real/out")
    assert there("real") == ["out", "out/kpis.csv"]


def test_of_two_runs_each_has_its_folder() -> None:
    def slow(part: Path) -> Path:
        other, _ = fill_folder(Path("out"), filling("fast"))
        (part / "kpis.csv").write_text("slow")
        return other

    assert fill_folder(Path("out"), slow) == (Path("out-2"), Path("out"))
    texts = [Path(name, "kpis.csv").read_text() for name in ("out", "out-2")]
    assert texts == ["fast", "slow"]


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), ValueError("bug"), OSError(errno.ENOSPC, "")]
)
def test_whatever_ends_it_leaves_nothing(error: BaseException) -> None:
    with pytest.raises((type(error), ExecutionError)):
        fill_folder(Path("a/b/out"), failing(error))
    assert there() == []


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28] No space left"),
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a/out/kpis.csv"),
    ],
)
def test_a_full_disk_is_told_with_the_folder(error: OSError) -> None:
    with pytest.raises(ExecutionError) as raised:
        fill_folder(Path("full/out"), failing(error))
    assert str(raised.value) == (
        "results: 'full/out' cannot be written to: No space left on device; nothing is left of it, "
        "and the same command continues"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_what_was_killed_left_no_folder_and_is_swept() -> None:
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert not Path("a/out").exists()
    assert any(name.endswith(".part") for name in there("a"))
    fill_folder(Path("a/out"), filling("whole"))
    assert there("a") == ["out", "out/kpis.csv"]


def test_what_another_process_is_writing_stays() -> None:
    def while_writing(part: Path) -> None:
        living = part.with_name(part.name.replace(f"-{os.getpid()}.", "-1."))
        living.mkdir()
        fill_folder(Path("other"), filling("x"))
        assert living.is_dir()
        assert part.is_dir()

    fill_folder(Path("out"), while_writing)
