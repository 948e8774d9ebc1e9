"""Kills a command time and again and compares its table with that of one that is left alone.

    python benchmarks/kill_sweep.py --kills 100 --table sweep.csv design FILE.yaml key=value …
    python benchmarks/kill_sweep.py --kills 5 --table kpis.csv -- -m scenario=serial key=1,2 …

Half of the kills hit the program, half one of its workers, all without warning (``kill -9``), when
as many replications are in the store as a seed says. One in ten, and the last in any case, hits the
program while it writes its results. It fails if tables differ, or if fewer kills hit than asked.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PAUSE = 0.05
# Where most is done, a kill would come too late.
MOST_KEPT = 0.9
MOST_WRITTEN = 0.8


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

    def run_until_written(self, seconds: float) -> bool:
        """Wait until results have been written for so long; return whether they still are."""
        while self.process.poll() is None and not list(self._folder.glob(".out.*.part")):
            time.sleep(PAUSE)
        time.sleep(seconds)
        return self.process.poll() is None

    def seconds_of_writing(self) -> float:
        """How long it took, by the manifests of a command that has ended."""
        manifests = (self._folder / "out").rglob("manifest.json")
        return sum(json.loads(path.read_text("utf-8"))["seconds"]["publish"] for path in manifests)

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
    # Commands run in folders of their own, where paths that are not absolute lead nowhere.
    words = [
        str(Path(word).resolve()) if Path(word).is_file() else word
        for word in asked.words
        if word != "--"
    ]
    with TemporaryDirectory(prefix="portclear-kills-") as folder:
        alone = Command(words, Path(folder) / "alone")
        expected, number = alone.table(asked.table), alone.kept()
        killed = Command(words, Path(folder) / "killed")
        chance = random.Random(asked.seed)
        hit = killed_often(killed, asked.kills, number, alone.seconds_of_writing(), chance)
        is_equal = killed.table(asked.table) == expected
    told = ", ".join(f"{what} {times} times" for what, times in hit.items())
    verdict = f"{asked.table}: {'equal' if is_equal else 'DIFFERENT'}"
    print(f"{number} replications; killed: {told}; {verdict}")
    if sum(hit.values()) < asked.kills:
        print(f"only {sum(hit.values())} of {asked.kills} kills hit; ask for a longer command")
    return exit_code(asked.kills, hit, is_equal)


def killed_often(
    command: Command, kills: int, number: int, writing: float, chance: random.Random
) -> dict[str, int]:
    """Kill a command as often as asked, if it lasts so long; return what was hit how often.

    Args:
        command: just started.
        kills: as many as asked.
        number: replications that it takes.
        writing: seconds that its results take to be written.
        chance: decides when and what.
    """
    hit = {"the program": 0, "a worker": 0, "the program as it wrote": 0}
    while_writing = max(1, kills // 10)
    latest = max(2, int(MOST_KEPT * number))
    for kept in sorted(chance.choices(range(1, latest), k=kills - while_writing)):
        if not command.run_until(kept):
            return hit
        if chance.random() < 0.5 and command.kill_worker(chance):
            hit["a worker"] += 1
        else:
            command.kill()
            hit["the program"] += 1
    for _ in range(while_writing):
        if not command.run_until_written(chance.uniform(0, MOST_WRITTEN * writing)):
            return hit
        command.kill()
        hit["the program as it wrote"] += 1
    return hit


def exit_code(kills: int, hit: Mapping[str, int], is_equal: bool) -> int:
    """Whether the tables are equal though every kill asked for has hit."""
    return 0 if is_equal and sum(hit.values()) >= kills else 1


if __name__ == "__main__":
    sys.exit(main())
