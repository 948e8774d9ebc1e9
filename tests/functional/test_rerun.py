"""Runs done again from their folders: every bit agrees, whatever was changed is told."""

import json
import shlex
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from run import main
from sim.actions.carrying_out import carry_out
from sim.actions.exit_codes import DONE, FAULT, USAGE_ERROR
from sim.actions.undertakings import comparison
from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.study.reproduction.manifest import as_written
from sim.study.settings import Point
from tests.files.traffic_files import EXAMPLES

SMALL = (
    "experiment.replications=2", "experiment.warm_up_days=1", "experiment.horizon_days=3",
    "experiment.cool_down_days=1", "executor=serial", "progress=quiet", "store.path=store",
)  # fmt: skip
AGAIN = ("executor=serial", "progress=quiet")
GUIDE = ROOT / "docs" / "studies" / "rerun.md"
FIGURE = "only=[agencies.customs.examiners]"
DESIGN = str(ROOT / "studies" / "designs" / "examiners_and_adoption.yaml")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with a run of one scenario that reads its vessels from a list."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        shutil.copy(EXAMPLES / "example_vessel_calls.csv", "calls.csv")
        run = build_run(["compare=[serial]", *SMALL, "hydra.run.dir=out"])
        listed = replace(run, points=(Point("serial", _listed(run.points[0].written)),))
        assert carry_out(Path("out"), {".": comparison(listed)}) == DONE
    return folder


def _listed(scenario: Scenario) -> Scenario:
    data = as_written(scenario)
    data["experiment"]["start_date"] = "2024-01-01"
    data["traffic"]["conveyances"]["liner_calls"]["arrivals"] = {
        "kind": "file", "path": "./calls.csv", "assumption": True,
    }  # fmt: skip
    return build_scenario(data)


@pytest.fixture
def elsewhere(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another working folder, without the list, to which the folder of the run was sent."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made / "out", "out")
    shutil.copytree(made / "store", "store")
    return tmp_path / "out"


def again(*words: str) -> int:
    return main(["rerun", *words, *AGAIN])


def edited(folder: Path, edit: Callable[[dict], object]) -> None:
    path = folder / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    edit(content)
    path.write_text(json.dumps(content), "utf-8")


def test_a_zipped_run_agrees_elsewhere(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.make_archive("sent", "zip", elsewhere.parent, "out")
    shutil.rmtree("out")
    shutil.rmtree("store")
    assert again("sent.zip") == DONE
    assert capsys.readouterr() == ("Every bit of 11 tables agrees.\n", "")
    assert [path.name for path in elsewhere.parent.iterdir()] == ["sent.zip"]


def test_a_changed_value_is_told_and_other_versions_too(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pd.read_csv(elsewhere / "kpis.csv", dtype=str, keep_default_na=False)
    right = table.loc[3, "mean"]
    table.loc[3, "mean"] = "1.5"
    table.to_csv(elsewhere / "kpis.csv", index=False, lineterminator="\n")
    edited(elsewhere, lambda manifest: manifest["versions"].update(numpy="1.0"))
    assert again("out", "store.path=store") == FAULT
    said = capsys.readouterr()
    assert said.out == (
        "1 of 11 tables differ; the first difference:\n"
        f"  kpis.csv, scenario serial, kpi {table.loc[3, 'kpi']}, mean: 1.5 there, {right} now\n"
    )
    assert said.err.splitlines()[0].startswith("warning: numpy: 1.0 then, ")
    assert said.err.splitlines()[1:] == [
        "warning: kpis.csv: was changed since the run wrote it (its SHA-256 is another one)"
    ]


def test_a_changed_page_is_no_run_as_it_was(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "report.html").write_text("better")
    assert again("out", "store.path=store") == FAULT
    assert capsys.readouterr().out == (
        "The 11 tables agree in every bit, but report.html was changed.\n"
    )


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert again(*words) == USAGE_ERROR
    return capsys.readouterr().err


def test_what_cannot_be_done_again(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(capsys, "away") == (
        "error: rerun: there is no such file, looked for at 'away'\n"
    )
    assert refusal(capsys, "store") == (
        "error: rerun: 'store' is not the folder of a run: it holds no manifest.json\n"
    )
    assert refusal(capsys, "out/kpis.csv") == (
        "error: rerun: 'out/kpis.csv' is neither a folder nor a zip file\n"
    )
    assert refusal(capsys, "out", "experiment.seed=3").startswith(
        "error: experiment.seed=3: a run is done again as it was; allowed: executor, "
    )
    calls = next((elsewhere / "inputs").iterdir())
    calls.write_text(calls.read_text() + "Z,2024-01-02 01:00\n")
    assert refusal(capsys, "out") == (
        f"error: inputs: 'out/inputs/{calls.name}' is not the file that the run read\n"
    )


def test_a_changed_scenario(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(elsewhere, lambda manifest: manifest["shared"]["experiment"].update(seed=3))
    assert refusal(capsys, "out") == (
        "error: manifest.json: the scenario of 'serial' was changed since the run: its SHA-256 is "
        "another one\n"
    )


def test_a_damaged_manifest(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (elsewhere / "report.html").unlink()
    assert refusal(capsys, "out") == "error: out: 'report.html' is missing, which the run wrote\n"
    edited(elsewhere, lambda manifest: manifest["study"].update(kind="guess"))
    assert refusal(capsys, "out") == (
        "error: out/manifest.json: study.kind: unknown kind 'guess'; allowed: best, comparison, "
        "contribution, design, sensitivity\n"
    )
    path = elsewhere / "manifest.json"
    path.write_text('{"name": "a web page"}')
    assert refusal(capsys, "out") == (
        "error: out/manifest.json: is not the manifest of a run, or of an older version that said "
        "too little\n"
    )
    path.write_text('{"name": ')
    assert refusal(capsys, "out").startswith("error: out/manifest.json: is damaged: Expecting ")


@pytest.mark.parametrize(
    ("words", "tables"),
    [
        pytest.param(
            ("contribution", "reforms=[single_window]"), 12, marks=pytest.mark.slow
        ),
        pytest.param(("design", DESIGN), 6, marks=pytest.mark.slow),
        (("best", "compare=[serial,joint_inspection]", "first=2", "ceiling=3"), 8),
        pytest.param(
            ("-m", "scenario=serial", "agencies.customs.examiners=4,6"), 11,
            marks=pytest.mark.slow,
        ),
        (("sensitivity", FIGURE), 2),
        (("sensitivity", "method=ranking", FIGURE, "compare=[serial,joint_inspection]"), 4),
        (
            (
                "compare=[serial]", "precision=half_width", "precision.minimum=2",
                "precision.batch=1", "precision.ceiling=3",
            ),
            13,
        ),
    ],
    ids=["contribution", "design", "best", "sweep", "tornado", "ranking", "precision"],
)  # fmt: skip
def test_other_kinds_of_study(
    words: tuple[str, ...],
    tables: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = "hydra.sweep.dir=out" if "-m" in words else "hydra.run.dir=out"
    # A rule of precision decides how many replications there are.
    small = SMALL[1:] if "precision=half_width" in words else SMALL
    assert main([*words, *small, folder]) == DONE
    capsys.readouterr()
    assert again("out", "store.path=store") == DONE
    assert capsys.readouterr().out == f"Every bit of {tables} tables agrees.\n"


def test_the_example_of_the_guide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    guide = GUIDE.read_text("utf-8")
    run, first, second = (
        shlex.split(line)[2:] for line in guide.splitlines() if line.startswith("    python run.py")
    )
    few = [word.replace("replications=10", "replications=2") for word in run]
    assert main([*few, *SMALL[1:]]) == DONE
    capsys.readouterr()
    assert main([*first, *AGAIN, "store.path=store"]) == DONE
    assert capsys.readouterr().out == "Every bit of 11 tables agrees.\n"
    assert "    Every bit of 11 tables agrees.\n" in guide
    shutil.make_archive("results/mine", "zip", "results/mine")
    assert main([*second, *AGAIN, "store.path=store"]) == DONE
