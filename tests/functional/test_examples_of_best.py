"""The commands of the guide to choosing, run small from the words to the files."""

import shlex
from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.actions.exit_codes import DONE

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "studies" / "best.md"
EXAMPLES = [
    shlex.split(line)[2:]
    for line in GUIDE.read_text("utf-8").splitlines()
    if line.startswith("    python run.py ")
]
SMALL = {
    "experiment.replications": "2", "experiment.warm_up_days": "1",
    "experiment.horizon_days": "3", "experiment.cool_down_days": "1", "executor": "serial",
    "store.path": "store", "hydra.run.dir": "out", "first": "2",
}  # fmt: skip
SOON = {"subsets": "1", "ceiling": "3"}
CHEAP = {"budget": "11"}


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_example(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    action, *asked = words
    given = dict(word.split("=", 1) for word in asked)
    given |= SMALL | (CHEAP if "procedure" in given else SOON)
    assert main([action, *(f"{key}={value}" for key, value in given.items())]) == DONE
    candidates = pd.read_csv("out/best.csv")
    chosen = candidates.loc[candidates["fate"] == "chosen", "candidate"].item()
    afresh = pd.read_csv("out/chosen.csv").set_index("kpi")
    assert set(afresh["candidate"]) == {chosen}
    assert afresh.loc["detection.customs.found_share", "n"] == 2
    assert pd.read_csv("out/course.csv")["spent"].max() <= candidates["n"].sum()
    for path in ("best.parquet", "figures/replications.svg", "manifest.json"):
        assert Path("out", path).exists()
    said = capsys.readouterr()
    assert said.out.startswith(f"Best of {len(candidates)} candidates: ")
    assert "fresh ones: " in said.out


def test_the_guide_has_examples() -> None:
    assert [words[0] for words in EXAMPLES] == ["best", "best"]


def test_a_choice_made_again_finds_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [f"{key}={value}" for key, value in {**SMALL, "ceiling": "3"}.items()]
    asked = ["best", "compare=[serial,joint_inspection]", *words]
    assert main(asked) == DONE
    capsys.readouterr()
    again = [word.replace("=out", "=again") for word in asked]
    assert main(again) == DONE
    assert "in the store" in capsys.readouterr().err
    assert Path("again/best.csv").read_bytes() == Path("out/best.csv").read_bytes()
