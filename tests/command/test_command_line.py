"""What a user sees of ``run.py``: flags, help, one line for an error, exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest

import run
from sim.command.command_line import Action, Command, parse_arguments
from sim.report.terminal import Say
from sim.scenario.errors import InputError
from sim.scenario.resources import Agency
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.validate import build_scenario
from sim.study.execution.account import Account
from sim.study.settings import Run
from tests.command.runs import TOP

EXAMINRS = (
    "error: agencies.customs.examinrs: unknown key 'examinrs'; allowed: "
    f"{', '.join(sorted(Agency.model_fields))}; did you mean 'examiners'?\n"
)
PORTS = ", ".join(
    sorted(path.stem for path in (Path(run.__file__).parent / "configs/port").glob("*.yaml"))
)
SCENARIOS = ", ".join(
    sorted(path.stem for path in (Path(run.__file__).parent / "scenarios").rglob("*.yaml"))
)
KEYS_OF_MAPS = ", ".join(sorted([*TOP.split(", "), "language"]))
RUN_PY = Path(run.__file__)
NEITHER = (
    "neither a command (preview, maps, contribution, new-reform, schema, train, verify, catalogue, "
    "design, best, sensitivity, rerun) nor an override key=value"
)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """Stands in for the simulation: runs that were asked for."""
    asked: list[Run] = []

    def run_study(asked_run: Run, on_progress: Callable[[int, int], None]) -> SimpleNamespace:
        asked.append(asked_run)
        number = len(asked_run.points) * asked_run.points[0].scenario.experiment.replications
        for done in (0, number):
            on_progress(done, number)
        return SimpleNamespace(points=asked_run.points, precision=None, account=Account())

    def publish(*_: object) -> Say:
        return lambda console, place: console.print("study")

    monkeypatch.setattr("sim.actions.undertakings.run_study", run_study)
    monkeypatch.setattr("sim.actions.undertakings.publish", publish)
    return asked


def test_every_command_has_an_action() -> None:
    for action in get_args(Action):
        assert callable(import_module(f"sim.actions.{action.replace('-', '_')}").act)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        pytest.param([], Command("run", (), False), id="nothing"),
        pytest.param(["a=1", "-m", "b=2"], Command("run", ("a=1", "b=2"), True), id="-m between"),
        pytest.param(["--multirun"], Command("run", (), True), id="--multirun"),
        pytest.param(["--help", "a=1"], Command("help", ("a=1",), False), id="--help"),
        pytest.param(["--cfg", "job", "a=1"], Command("show", ("a=1",), False), id="--cfg job"),
        pytest.param(["--cfg=job"], Command("show", (), False), id="--cfg=job"),
        pytest.param(["-h", "--cfg=job"], Command("help", (), False), id="help above all"),
    ],
)
def test_flags(arguments: list[str], command: Command) -> None:
    assert parse_arguments(arguments) == command


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ["--multrun"],
            "--multrun: unknown flag; allowed: -m, --multirun, -h, --help, --cfg; "
            "did you mean '--multirun'?",
            id="misspelt",
        ),
        pytest.param(["--cfg"], "--cfg: 'job' is expected, given ''", id="--cfg of nothing"),
        pytest.param(["--cfg", "all"], "--cfg: 'job' is expected, given 'all'", id="--cfg all"),
        pytest.param(
            ["contribution", "scenario=all_together", "--cfg", "job"],
            "contribution: takes no --cfg; what would be run is printed by "
            "python run.py --cfg job key=value ...",
            id="--cfg of a command",
        ),
    ],
)
def test_unknown_flag(arguments: list[str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_arguments(arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param(["scenario=serial", "agencies.customs.examinrs=3"], EXAMINRS, id="key"),
        pytest.param(
            ["serial"],
            f"error: serial: {NEITHER}; did you mean 'scenario=serial'?\n",
            id="scenario alone",
        ),
        pytest.param(
            ["scenarios/serial.yaml"],
            f"error: scenarios/serial.yaml: {NEITHER}; did you mean 'scenario=serial'?\n",
            id="scenario by its file",
        ),
        pytest.param(
            ["experimnt"],
            f"error: experimnt: {NEITHER}; did you mean 'experiment'?\n",
            id="word alone",
        ),
        pytest.param(
            ["prevew"], f"error: prevew: {NEITHER}; did you mean 'preview'?\n", id="command"
        ),
        pytest.param(
            ["scenario=serial", "preview"],
            f"error: preview: {NEITHER}; a command is the first word\n",
            id="command at the end",
        ),
        pytest.param(
            ["contribution", "-m", "reforms=[single_window]"],
            "error: -m: this command has no such flag; see python run.py --help\n",
            id="flag of another command",
        ),
        pytest.param(
            ["scenario=shanxi_2051"],
            f"error: scenario: unknown scenario 'shanxi_2051'; allowed: {SCENARIOS}; "
            "did you mean 'shanxi_2015'?\n",
            id="scenario of several places",
        ),
        pytest.param(
            ["maps", "langage=zh"],
            f"error: langage: unknown key 'langage'; allowed: {KEYS_OF_MAPS}; "
            "did you mean 'language'?\n",
            id="key of a command",
        ),
        pytest.param(
            ["schema", "/proc/1/x"],
            "error: schema: '/proc/1' cannot be written to\n",
            id="folder that cannot be made",
        ),
        pytest.param(
            ["train", "output=/proc/nope/x"],
            "error: train: output: '/proc' cannot be written to\n",
            id="folder of a model that cannot be made",
        ),
        pytest.param(["=3"], f"error: =3: {NEITHER}\n", id="no key"),
        pytest.param(
            ["port='x\ny'"],
            f"error: port: unknown port 'x y'; allowed: {PORTS}\n",
            id="line breaks",
        ),
    ],
)
def test_error_is_one_line_and_leaves_nothing(
    arguments: list[str], line: str, working_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(arguments) == 2
    assert capsys.readouterr() == ("", line)
    assert list(working_folder.iterdir()) == []


def test_run_goes_to_the_study(runs: list[Run], capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["scenario=joint_inspection", "executor=serial"]) == 0
    (asked,) = runs
    assert [point.name for point in asked.points] == ["serial", "joint_inspection"]
    output, progress_lines = capsys.readouterr()
    assert output == "study\n"
    assert progress_lines.startswith("replications 60/60, ")


def test_interruption_is_one_line(
    runs: list[Run], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.actions.undertakings.run_study", interrupted)
    assert run.main(["scenario=serial"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.parametrize("folder", ["results/today/now", "results"])
def test_interruption_while_results_are_written_leaves_nothing(
    folder: str, runs: list[Run], monkeypatch: pytest.MonkeyPatch, working_folder: Path
) -> None:
    def interrupted(_: object, __: object, part: Path) -> None:
        (part / "figures").mkdir()
        (part / "kpis.csv").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.actions.undertakings.publish", interrupted)
    assert run.main(["scenario=serial", f"hydra.run.dir={folder}", "store.path=null"]) == 130
    assert len(runs) == 1
    assert list(working_folder.iterdir()) == []


def test_a_run_has_its_log(runs: list[Run], working_folder: Path) -> None:
    assert run.main(["scenario=serial", "hydra.run.dir=out"]) == 0
    (event,) = map(json.loads, (working_folder / "out/log.jsonl").read_text("utf-8").splitlines())
    assert (event.pop("event"), list(event)) == ("ended", ["time"])
    assert list((working_folder / "results/store/logs").iterdir()) == []


def test_an_interrupted_run_has_its_log_beside_the_store(
    runs: list[Run], monkeypatch: pytest.MonkeyPatch, working_folder: Path
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt("halfway")

    monkeypatch.setattr("sim.actions.undertakings.run_study", interrupted)
    assert run.main(["scenario=serial", "store.path=mine"]) == 130
    (log,) = (working_folder / "mine/logs").iterdir()
    assert json.loads(log.read_text("utf-8"))["error"] == "KeyboardInterrupt: halfway"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_made_is_noticed_before_the_run(
    runs: list[Run], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["scenario=serial", "hydra.run.dir=/proc/x"]) == 2
    line = "error: hydra.run.dir: '/proc' cannot be written to\n"
    assert (runs, capsys.readouterr().err) == ([], line)


def test_help_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for expected in (
        "python run.py [-m] [key=value ...]",
        "all_together                  All together",
        "single_window                 Single window declaration",
        "xiamen                        Xiamen import terminal",
        "hydra.run.dir=<folder>",
    ):
        assert expected in shown


def test_examples_of_the_help_are_valid(
    runs: list[Run], capsys: pytest.CaptureFixture[str]
) -> None:
    run.main(["--help"])
    _, _, examples = capsys.readouterr().out.partition("Examples\n")
    commands = [
        line.replace("'", "").split()[2:]
        for line in examples.splitlines()
        if line.startswith("  python run.py")
    ]
    assert [run.main(command) for command in commands] == [0] * 6
    assert [len(asked.points) for asked in runs] == [6, 2, 2, 2, 6, 2]


def test_shown_configuration_can_be_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--cfg", "job", "scenario=all_together", "agencies.customs.examiners=3"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("# all_together\n")
    scenario = build_scenario(read_yaml(shown, "shown"))
    assert scenario.name == "all_together"
    assert scenario.agencies["customs"].examiners == 3


def test_shown_configurations_of_a_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--cfg", "job", "compare=[serial,all_together]"]) == 0
    documents = capsys.readouterr().out.split("---\n")
    assert [text.partition("\n")[0] for text in documents] == ["", "# serial", "# all_together"]


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RUN_PY), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_misspelt_key_from_a_shell(working_folder: Path) -> None:
    finished = command("scenario=serial", "agencies.customs.examinrs=3")
    assert (finished.returncode, finished.stdout, finished.stderr) == (2, "", EXAMINRS)
    assert list(working_folder.iterdir()) == []


def test_configuration_from_a_shell() -> None:
    finished = command("--cfg", "job", "scenario=serial")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.startswith("# serial\n")
