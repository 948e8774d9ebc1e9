"""The log of a run."""

import errno
import sys
from pathlib import Path

import pytest

from sim.study.execution.log import log, run_log


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that is always full")
def test_a_log_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open = Path.open
    full = Path("/dev/full")
    monkeypatch.setattr(Path, "open", lambda _, *how, **more: real_open(full, *how, **more))
    with pytest.raises(OSError) as raised, run_log(tmp_path):
        log("wanted", found=1)
    assert raised.value.errno == errno.ENOSPC
    assert Path(raised.value.filename).parent == tmp_path / "logs"
