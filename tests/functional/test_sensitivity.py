"""The commands of the guide to sensitivity, run small from the words to the files."""

import shlex
from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.actions.exit_codes import DONE, USAGE_ERROR
from sim.command.config_files import ROOT

GUIDE = ROOT / "docs" / "studies" / "sensitivity.md"
EXAMPLES = [
    shlex.split(line)[2:]
    for line in GUIDE.read_text("utf-8").splitlines()
    if line.startswith("    python run.py ")
]
SMALL = {
    "experiment.replications": "2", "experiment.warm_up_days": "0",
    "experiment.horizon_days": "1", "experiment.cool_down_days": "1", "executor": "serial",
    "store.path": "store", "hydra.run.dir": "out",
}  # fmt: skip
FEWER = {"morris": {"trajectories": "2"}, "sobol": {"samples": "2"}}


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
    method = given.get("method", "tornado")
    given |= SMALL | FEWER.get(method, {})
    if "factors" in given:
        given["factors"] = str(ROOT / given["factors"])
    assert main([action, *(f"{key}={value}" for key, value in given.items())]) == DONE
    table = pd.read_csv(f"out/{method}.csv")
    assert set(table["kpi"]) == {"all.overall_clearance_time.mean"}
    pd.testing.assert_frame_equal(
        pd.read_parquet(f"out/{method}.parquet").drop(columns="value", errors="ignore")
        .select_dtypes("number"),
        table.drop(columns="value", errors="ignore").select_dtypes("number"),
        check_exact=True,
    )  # fmt: skip
    written = [f"figures/{method}.png", f"figures/{method}.svg", "manifest.json", "log.jsonl"]
    written += ["pairs.csv"] if method == "ranking" else []
    written += ["factors.yaml"] if "factors" in given else []
    assert all(Path("out", name).exists() for name in written)
    assert capsys.readouterr().out.startswith("Overall clearance time, all consignments, mean: ")


def test_the_guide_has_an_example_of_each_method() -> None:
    methods = [word.partition("=")[2] for words in EXAMPLES for word in words if "method=" in word]
    assert methods == ["ranking", "morris", "sobol"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["method=mors"],
            "method: unknown option 'mors'; allowed: morris, ranking, sobol",
        ),
        (["levels=4"], "levels: is of method=morris, not of method=tornado"),
        (["method=sobol", "samples=5"], "samples: a power of two is expected, such as 4 or 8"),
        (
            ["only=[agncies]"],
            "only: no key of an assumed figure begins with the parts of 'agncies'",
        ),
        (["compare=[serial]"], "sensitivity: one scenario is moved"),
        (["down=2"], "down: a number above 0 and below 1 is expected, given '2'"),
        (["method=ranking", "compare=[serial]"], "sensitivity: a ranking has at least two options"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_what_cannot_be_used_is_told_in_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sensitivity", *words]) == USAGE_ERROR
    said = capsys.readouterr().err
    assert said.startswith(f"error: {told}")
    assert said.count("\n") == 1


def test_a_file_without_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("factors:\n  - key: agencies.customs.examiners\n    values: [1, 2]\n", "utf-8")
    assert main(["sensitivity", f"factors={path}"]) == USAGE_ERROR
    assert "'agencies.customs.examiners' needs 'low' and 'high'" in capsys.readouterr().err
