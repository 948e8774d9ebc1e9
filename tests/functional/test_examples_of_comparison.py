"""The commands of the guides to comparison and precision, run small."""

import shlex
from pathlib import Path

import pytest

from sim.command.configuration import build_run
from sim.study.comparison.full_table import FURTHER_COLUMNS
from sim.study.study_runner import run_study

STUDIES = Path(__file__).resolve().parents[2] / "docs" / "studies"
EXAMPLES = [
    shlex.split(line)[2:]
    for guide in ("comparison", "precision")
    for line in (STUDIES / f"{guide}.md").read_text("utf-8").splitlines()
    if line.startswith("    python run.py ")
]
SMALL = {
    "experiment.warm_up_days": "2", "experiment.horizon_days": "3",
    "experiment.cool_down_days": "2", "executor": "serial", "store.path": "null",
}  # fmt: skip
FEW = {"experiment.replications": "2"}
SOON = {"precision.minimum": "3", "precision.batch": "1", "precision.ceiling": "3"}


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_example(words: list[str]) -> None:
    is_precise = any(word.startswith("precision=") for word in words)
    given = dict(word.split("=", 1) for word in words)
    small = given | SMALL | (SOON if is_precise else FEW)
    found = run_study(build_run([f"{key}={value}" for key, value in small.items()]), _silent)
    assert not found.comparison[list(FURTHER_COLUMNS)].isna().all().any()
    assert (found.precision is not None) == is_precise


def _silent(done: int, total: int) -> None:
    """Take no notice of progress."""


def test_both_guides_have_examples() -> None:
    assert len(EXAMPLES) == 3
