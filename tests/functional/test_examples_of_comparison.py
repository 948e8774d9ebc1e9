"""The commands of the guides to comparison and precision, run small."""

import shlex
from pathlib import Path

import pytest

from run import main
from sim.actions.exit_codes import DONE

STUDIES = Path(__file__).resolve().parents[2] / "docs" / "studies"
EXAMPLES = [
    shlex.split(line)[2:]
    for guide in ("comparison", "precision")
    for line in (STUDIES / f"{guide}.md").read_text("utf-8").splitlines()
    if line.startswith("    python run.py ")
]
SMALL = {
    "experiment.warm_up_days": "2", "experiment.horizon_days": "3",
    "experiment.cool_down_days": "2", "executor": "serial", "progress": "quiet",
    "hydra.run.dir": "out",
}  # fmt: skip
FEW = {"experiment.replications": "2"}
SOON = {"precision.minimum": "3", "precision.batch": "1", "precision.ceiling": "3"}


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_example(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    is_precise = any(word.startswith("precision=") for word in words)
    given = dict(word.split("=", 1) for word in words)
    small = given | SMALL | (SOON if is_precise else FEW)
    assert main([f"{key}={value}" for key, value in small.items()]) == DONE
    files = {path.name for path in Path("out").iterdir()}
    assert {"comparison.csv", "report.html"} <= files
    assert ("precision.csv" in files) == is_precise


def test_both_guides_have_examples() -> None:
    assert len(EXAMPLES) == 3
