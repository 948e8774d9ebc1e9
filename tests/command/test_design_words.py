"""The words of ``design``: points as a command line would make them, and what is refused."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from sim.command.design import design_request
from sim.scenario.errors import InputError
from sim.study.design.points import DesignRun

EXAMINERS = "agencies.customs.examiners"
SHARE = "reforms.advance_declaration.adoption.share"
GRID: dict[str, Any] = {
    "name": "mine",
    "label": {"en": "Mine", "zh": "自定"},
    "scenario": "advance_declaration",
    "kind": "grid",
    "factors": [{"key": EXAMINERS, "values": [8, 14]}, {"key": SHARE, "values": [0.2, 0.8]}],
}
SAMPLE = {
    **GRID,
    "kind": "latin_hypercube",
    "points": 4,
    "factors": [{"key": EXAMINERS, "low": 8, "high": 20, "integer": True}],
}
Ask = Callable[..., DesignRun]


@pytest.fixture
def ask(working_folder: Path) -> Ask:
    """Write a design, changed in some keys, and read it with some words."""

    def asked(design: dict[str, Any], *words: str, told: list[str] | None = None) -> DesignRun:
        text = yaml.safe_dump(design, allow_unicode=True, sort_keys=False)
        (working_folder / "mine.yaml").write_text(text, "utf-8")
        tell = (lambda _: None) if told is None else told.append
        return design_request(["mine.yaml", "executor=serial", *words], tell).run

    return asked


def test_points_are_those_of_a_command_line(ask: Ask) -> None:
    run = ask(GRID)
    assert [point.values for point in run.points] == [(8, 0.2), (8, 0.8), (14, 0.2), (14, 0.8)]
    assert [point.name for point in run.points] == ["p1", "p2", "p3", "p4"]
    words = ("scenario=advance_declaration", f"{EXAMINERS}=8", f"{SHARE}=0.8")
    typed = build_run([*words, "experiment.traced_replications=0"])
    found = run.points[1].point
    assert found is not None
    expected = typed.points[-1].written
    assert found.written == expected
    assert found.written.model_dump(exclude_unset=True) == expected.model_dump(exclude_unset=True)
    assert found.scenario == typed.points[-1].scenario


def test_baseline_is_the_one_a_scenario_names(ask: Ask) -> None:
    assert ask(GRID).baseline.name == "serial"
    own = ask({**GRID, "baseline": "advance_declaration"})
    assert own.baseline.name == "advance_declaration"
    assert [point.name for point in own.sound][:2] == ["advance_declaration", "p1"]


def test_words_hold_for_every_point(ask: Ask) -> None:
    run = ask({**GRID, "replications": 4}, "agencies.quarantine.examiners=9", "experiment.seed=5")
    for point in run.sound:
        assert point.written.agencies["quarantine"].examiners == 9
        assert (point.written.experiment.seed, point.written.experiment.replications) == (5, 4)
    run = ask({**GRID, "replications": 4}, "experiment.replications=3")
    assert run.sound[0].written.experiment.replications == 3


def test_reforms_as_bundles_and_as_switches(ask: Ask) -> None:
    bundles = [[], ["single_window"], ["single_window", "advance_declaration"]]
    factors = [
        {"key": "reforms", "values": bundles},
        {"key": "reforms.joint_inspection", "values": [False, True]},
        {"key": SHARE, "values": [0.3]},
    ]
    run = ask({**GRID, "scenario": "serial", "factors": factors})
    in_force = [set(point.written.reforms) for point in run.sound[1:]]
    assert in_force[0] == set()
    assert in_force[1] == {"joint_inspection"}
    assert in_force[5] == {"single_window", "advance_declaration", "joint_inspection"}
    assert run.sound[6].written.reforms["advance_declaration"].adoption.share == 0.3


def test_a_switch_takes_a_reform_of_the_scenario_out(ask: Ask) -> None:
    factors = [{"key": "reforms.advance_declaration", "values": [True, False]}]
    run = ask({**GRID, "factors": factors})
    in_force = [list(point.written.reforms) for point in run.sound[1:]]
    assert in_force == [["advance_declaration"], []]


def test_a_list_in_the_file_and_in_a_table(ask: Ask, working_folder: Path) -> None:
    listed = {key: value for key, value in GRID.items() if key != "factors"} | {"kind": "list"}
    rows = [{"name": "few", EXAMINERS: 8, SHARE: 0.5}, {EXAMINERS: 20, SHARE: 1.0}]
    factors = [{"key": EXAMINERS}, {"key": SHARE}]
    run = ask({**listed, "factors": factors, "rows": rows})
    assert [(point.name, point.values) for point in run.points] == [
        ("few", (8, 0.5)), ("p2", (20, 1.0)),
    ]  # fmt: skip
    with (working_folder / "points.csv").open("w", newline="") as file:
        csv.writer(file).writerows([[SHARE, EXAMINERS, "name"], ["0.5", "8", "few"]])
    run = ask({**listed, "factors": factors, "file": "points.csv"})
    assert [(point.name, point.values) for point in run.points] == [("few", (8, 0.5))]


def test_a_point_that_cannot_be_run_is_told_of_and_left_out(ask: Ask) -> None:
    design = {**GRID, "factors": [{"key": EXAMINERS, "values": [8, -1, 9]}]}
    with pytest.raises(InputError, match=rf"^point 2 \({EXAMINERS}=-1\): {EXAMINERS}") as caught:
        ask(design)
    told: list[str] = []
    run = ask({**design, "on_error": "continue"}, told=told)
    assert told == [str(caught.value)]
    assert [point.status for point in run.points] == ["done", "invalid", "done"]
    assert len(run.sound) == 3
    assert told[0].endswith(run.points[1].cause)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sobol", {"kind": "sobol", "points": 200},
     "points: a Sobol sequence is balanced only at powers of two: "
     "write 128 or 256, given 200"),
    ("no points", {"points": None}, "points: missing; a latin_hypercube has a number"),
    ("unknown key", {"sed": 1}, "mine.yaml:13: sed: unknown key 'sed'; allowed: baseline,"),
    ("unknown kind", {"kind": "lhs"}, "mine.yaml:6: kind: input should be 'grid', 'list',"),
    ("range in a grid", {"kind": "grid", "points": None},
     "mine.yaml:9: factors.0.low: a grid has 'values'; a range is for latin_hypercube and sobol"),
    ("low above high", {"factors": [{"key": EXAMINERS, "low": 9, "high": 8}]},
     "factors.0: 'low' must be below 'high', given 9 and 8"),
    ("log from zero", {"factors": [{"key": EXAMINERS, "low": 0, "high": 8, "scale": "log"}]},
     "factors.0: 'scale: log' needs 'low' above 0, given 0"),
    ("no range", {"factors": [{"key": EXAMINERS}]},
     f"factors.0: '{EXAMINERS}' needs 'values', or 'low' and 'high'"),
    ("twice", {"factors": [{"key": "hours", "values": ["china"]}] * 2},
     "factors.1.key: 'hours' is given twice"),
    ("rows", {"rows": [{EXAMINERS: 8}]}, "rows: is for kind: list, given kind: latin_hypercube"),
    ("unknown factor", {"factors": [{"key": "agency.customs", "values": [1]}]},
     "agency.customs: unknown key 'agency'"),
    ("shared", {"factors": [{"key": "experiment.seed", "values": [1, 2]}]},
     "factors: experiment.seed: is no factor; all points share it"),
    ("unknown reform", {"factors": [{"key": "reforms.single_windw.adoption.share", "values": [1]}]},
     "did you mean 'single_window'?"),
    ("not in force", {"factors": [{"key": "reforms.single_window.adoption.share", "values": [1]}]},
     "no point has the reform 'single_window' in force"),
    ("no switch", {"factors": [{"key": "reforms.single_window", "values": [0.5, True]}]},
     "reforms.single_window: true (in force) or false is expected, given 0.5"),
    ("interpolation", {"file": "${hydra.run.dir}"}, "'${' is not allowed here"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refusal(ask: Ask, changes: dict[str, Any], message: str) -> None:
    changed = {key: value for key, value in (SAMPLE | changes).items() if value is not None}
    with pytest.raises(InputError) as caught:
        ask(changed)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({EXAMINERS: 8, SHARE: 0.5, "examiners": 1}, "rows: row 1: unknown factor 'examiners'"),
        ({EXAMINERS: 8}, f"rows: row 1: '{SHARE}' is missing"),
        ({"name": "Two words", EXAMINERS: 8, SHARE: 0.5}, "rows: row 1: name: lower-case letters"),
        ({"name": "serial", EXAMINERS: 8, SHARE: 0.5}, "rows: 'serial' is the baseline"),
    ],
)
def test_rows_that_do_not_fit(ask: Ask, row: dict[str, Any], message: str) -> None:
    factors = [{"key": EXAMINERS}, {"key": SHARE}]
    with pytest.raises(InputError) as caught:
        ask({**GRID, "kind": "list", "factors": factors, "rows": [row]})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((f"{EXAMINERS}=4",), f"{EXAMINERS}=4: '{EXAMINERS}' is a factor of the design"),
        (("language=fr",), "language: unknown language 'fr'; allowed: en, zh"),
        (("other.yaml",), "design: one file is expected, given 2; see design --help"),
    ],
)
def test_words_that_do_not_fit(ask: Ask, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(GRID, *words)
    assert str(caught.value) == message


@pytest.mark.parametrize("path", sorted((ROOT / "studies" / "designs").glob("*.yaml")))
def test_shipped_designs_have_points(path: Path) -> None:
    request = design_request([str(path), "executor=serial"], pytest.fail)
    assert len(request.run.points) in (6, 200)
    assert all(point.point for point in request.run.points)
    assert request.file == path.read_bytes()
