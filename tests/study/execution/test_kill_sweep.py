"""The benchmark of kills fails where it has not killed as often as it was asked to."""

from __future__ import annotations

import random
from typing import Any

import pytest

from benchmarks.kill_sweep import exit_code, killed_often


class Made:
    """Stands in for a command: it keeps replications as they are waited for, and then writes."""

    def __init__(self, ends_at: int, has_workers: bool = True) -> None:
        self.ends_at = ends_at
        self.has_workers = has_workers
        self.kept = 0

    def run_until(self, kept: int) -> bool:
        assert kept >= self.kept
        self.kept = kept
        return kept < self.ends_at

    def run_until_written(self, seconds: float) -> bool:
        assert 0 <= seconds < 3
        return True

    def kill(self) -> None: ...

    def kill_worker(self, _: random.Random) -> bool:
        return self.has_workers


def hits(command: Any) -> dict[str, int]:
    return killed_often(command, 40, 100, 3.0, random.Random(1))


def test_as_many_as_asked_some_of_them_while_results_are_written() -> None:
    hit = hits(Made(100))
    assert sum(hit.values()) == 40
    assert hit["the program as it wrote"] == 4
    assert min(hit["the program"], hit["a worker"]) > 10
    assert exit_code(40, hit, is_equal=True) == 0
    assert exit_code(40, hit, is_equal=False) == 1


def test_without_workers_the_program_is_hit() -> None:
    assert hits(Made(100, has_workers=False))["a worker"] == 0


@pytest.mark.parametrize("is_equal", [True, False])
def test_fewer_are_a_failure(is_equal: bool) -> None:
    hit = hits(Made(ends_at=30))
    assert sum(hit.values()) < 40
    assert exit_code(40, hit, is_equal) == 1
