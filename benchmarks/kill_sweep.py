"""Kills a command time and again and compares its table with that of one that is left alone.

    python benchmarks/kill_sweep.py --kills 100 --table sweep.csv design FILE.yaml key=value …
    python benchmarks/kill_sweep.py --kills 5 --table kpis.csv -- -m scenario=serial key=1,2 …

Half of the kills hit the program, half one of its workers, all without warning (``kill -9``), when
as many replications are in the store as a seed says.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PAUSE = 0.05


class Command:
    """A command of run.py in a folder of its own, started as often as it is killed."""

    def __init__(self, words: Sequence[str], folder: Path) -> None:
        given = {word.partition("=")[0] for word in words}
        place = "hydra.sweep.dir" if "-m" in words else "hydra.run.dir"
        self._words = [*words, f"{place}=out", *([] if "progress" in given else ["progress=quiet"])]
        self._folder = folder
        folder.mkdir()
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "run.py"), *self._words],
            cwd=self._folder, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def kept(self) -> int:
        """How many replications are in the store."""
        return len(list((self._folder / "results/store/replications").glob("??/*.rep")))

    def run_until(self, kept: int) -> bool:
        """Wait for replications to be kept; return whether the command is still running."""
        while self.process.poll() is None and self.kept() < kept:
            time.sleep(PAUSE)
        return self.process.poll() is None

    def kill(self) -> None:
        """Kill the program and start it again."""
        self.process.kill()
        self.process.wait()
        self.process = self._started()

    def kill_worker(self, chance: random.Random) -> bool:
        """Kill one of the workers; return whether there was one."""
        number = self.process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text("utf-8").split()
        workers = [
            int(child)
            for child in children
            if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text("utf-8")
        ]
        if workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
        return bool(workers)

    def table(self, name: str) -> bytes:
        """Wait for the end and return a table of the results."""
        if code := self.process.wait():
            raise SystemExit(f"the command ended with code {code}")
        return (self._folder / "out" / name).read_bytes()


def main() -> int:
    """Run the command twice and say whether the tables are equal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--table", default="sweep.csv", help="file of the results to compare")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    words = [word for word in asked.words if word != "--"]
    chance = random.Random(asked.seed)
    with TemporaryDirectory(prefix="portclear-kills-") as folder:
        alone = Command(words, Path(folder) / "alone")
        expected, number = alone.table(asked.table), alone.kept()
        killed = Command(words, Path(folder) / "killed")
        hit = {"program": 0, "worker": 0}
        for kept in sorted(chance.choices(range(1, number), k=asked.kills)):
            if not killed.run_until(kept):
                break
            if chance.random() < 0.5 and killed.kill_worker(chance):
                hit["worker"] += 1
            else:
                killed.kill()
                hit["program"] += 1
        is_equal = killed.table(asked.table) == expected
    print(
        f"{number} replications; killed: the program {hit['program']} times, a worker "
        f"{hit['worker']} times; {asked.table}: {'equal' if is_equal else 'DIFFERENT'}"
    )
    return 0 if is_equal else 1


if __name__ == "__main__":
    sys.exit(main())
