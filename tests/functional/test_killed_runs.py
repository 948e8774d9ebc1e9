"""A run that is killed, time and again, ends with the bits of one that is left alone."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.command.configuration import build_run
from sim.report.tables import write_csv
from sim.study.study_runner import run_study

ROOT = Path(__file__).resolve().parents[2]
POINTS, REPLICATIONS = 2, 6
WORDS = (
    "scenario=joint_inspection", f"experiment.replications={REPLICATIONS}",
    "experiment.warm_up_days=1", "experiment.horizon_days=2", "experiment.cool_down_days=1",
)  # fmt: skip
PATIENCE = 300

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def started(folder: Path, executor: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *WORDS, executor, "hydra.run.dir=out"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def stored(folder: Path) -> int:
    return len(list((folder / "results/store/replications").glob("??/*.rep")))


def wait_for_more(folder: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the run has kept another replication."""
    before, deadline = stored(folder), time.monotonic() + PATIENCE
    while stored(folder) <= before:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [
        int(child)
        for child in children
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()
    ]


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where a run has ended that was killed three times, and whose workers died then; what it said.

    The next one begins with what the ones before have kept.
    """
    folder = tmp_path_factory.mktemp("disturbed")
    for executor in ("executor=serial", "executor=serial", "executor.workers=2"):
        process = started(folder, executor)
        wait_for_more(folder, process)
        process.kill()
        process.communicate()
    process = started(folder, "executor.workers=2")
    wait_for_more(folder, process)
    for worker in workers_of(process):
        os.kill(worker, signal.SIGKILL)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return folder, said


def test_the_tables_are_those_of_a_run_left_alone(disturbed, tmp_path) -> None:
    folder, _ = disturbed
    alone = run_study(build_run([*WORDS, "executor=serial", "store.path=null"]), lambda *_: None)
    write_csv(alone.kpis, tmp_path / "kpis.csv")
    assert (folder / "out/kpis.csv").read_bytes() == (tmp_path / "kpis.csv").read_bytes()


def test_what_was_found_is_told_and_no_more_was_run(disturbed) -> None:
    folder, said = disturbed
    found = re.match(r"found (\d+) of 12 replications in the store\n", said)
    assert found is not None
    number = int(found.group(1))
    assert number >= 3
    manifest = json.loads((folder / "out/manifest.json").read_text("utf-8"))
    assert manifest["found_in_store"] == {"replications": number, "of": POINTS * REPLICATIONS}
    events = [json.loads(line) for line in (folder / "out/log.jsonl").open(encoding="utf-8")]
    done = [(event["point"], event["replication"]) for event in events if event["event"] == "done"]
    assert len(set(done)) == len(done) == POINTS * REPLICATIONS - number


def test_the_death_of_a_worker_with_a_task_is_in_the_log(disturbed) -> None:
    folder, _ = disturbed
    events = [json.loads(line) for line in (folder / "out/log.jsonl").open(encoding="utf-8")]
    died = [event for event in events if event["event"] == "died"]
    assert {event["cause"] for event in died} == {"killed by SIGKILL, as when memory runs out"}
    again = {(event["point"], event["replication"]) for event in events if event["event"] == "done"}
    assert {(event["point"], event["replication"]) for event in died} <= again


def test_those_that_were_killed_left_their_logs(disturbed) -> None:
    folder, _ = disturbed
    logs = list((folder / "results/store/logs").iterdir())
    assert len(logs) == 3
    assert all('"event": "wanted"' in log.read_text("utf-8") for log in logs)
