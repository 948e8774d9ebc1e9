"""Configuration files, and what they may not hold."""

from pathlib import Path

import pytest

from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from sim.scenario.strict_yaml import read_yaml
from tests.command.runs import REFORMS, SCENARIOS, examiners, names, refusal


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            "configs/experiment/default.yaml",
            "seed: 2017",
            "seed: 02017",
            "configs/experiment/default.yaml:<line>: 02017 would be read as a number in base "
            'eight; write "02017"',
            id="trap",
        ),
        pytest.param(
            "configs/port/xiamen.yaml",
            "handling:",
            "handling:\n  _target_: os.system",
            "configs/port/xiamen.yaml:<line>: '_target_' is not allowed here",
            id="target",
        ),
        pytest.param(
            "configs/reforms/single_window.yaml",
            "order: 35",
            "order: ${experiment.seed}",
            "configs/reforms/single_window.yaml:<line>: '${' is not allowed here, "
            "given '${experiment.seed}'",
            id="interpolation",
        ),
        pytest.param(
            "configs/reforms/single_window.yaml",
            "order: 35",
            "order: 35\ndefaults: [x]",
            "configs/reforms/single_window.yaml:<line>: 'defaults' is not allowed here",
            id="defaults",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "baseline: serial",
            "baseline: serial\nhydra: {}",
            "scenarios/all_together.yaml:<line>: 'hydra' is not allowed here",
            id="hydra",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "baseline: serial",
            "baseline: serail",
            f"scenarios/all_together.yaml: baseline: unknown scenario 'serail'; "
            f"allowed: {SCENARIOS}; did you mean 'serial'?",
            id="baseline",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "name: all_together",
            "name: together",
            "scenarios/all_together.yaml: name: 'all_together' is expected, as the file is called",
            id="name",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "override /reforms",
            "/reforms",
            "scenarios/all_together.yaml:<line>: defaults: only 'override /<group>: …' is allowed, "
            "given '/reforms'",
            id="no override",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "override /reforms",
            "override /hydra",
            "scenarios/all_together.yaml: defaults: unknown group 'hydra'; allowed: agencies, "
            "disruptions, experiment, holidays, hours, port, reforms, targets, tariff, traffic, "
            "workflows",
            id="unknown group",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "single_window",
            "single_windw",
            f"scenarios/all_together.yaml: defaults: unknown reform 'single_windw'; "
            f"allowed: {REFORMS}; did you mean 'single_window'?",
            id="unknown reform",
        ),
        pytest.param(
            "configs/targets/qingdao_2017.yaml",
            "pickup_stage:",
            "site_area:",
            "configs/targets/qingdao_2017.yaml: 'site_area' is also in "
            "configs/targets/fujian_2017.yaml",
            id="equal targets",
        ),
    ],
)
def test_file_that_cannot_be_used(
    copied_root: Path, file: str, old: str, new: str, message: str
) -> None:
    path = copied_root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text.partition(old)[0].count("\n") + new.count("\n") + 1
    assert refusal([], root=copied_root) == message.replace("<line>", str(line))


@pytest.mark.parametrize("spoilt", ["- port: xiamen", "- hours: china"])
def test_primary_file_that_names_what_is_not_there(copied_root: Path, spoilt: str) -> None:
    path = copied_root / "configs/config.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(spoilt, f"{spoilt}x"), encoding="utf-8")
    assert refusal([], root=copied_root).startswith("configs/config.yaml: ")


def test_file_name_is_checked(copied_root: Path) -> None:
    (copied_root / "configs/port/New-Port.yaml").write_text("{}", encoding="utf-8")
    assert refusal([], root=copied_root) == (
        "configs/port/New-Port.yaml: a file name has lower-case letters, digits and _ only"
    )


def test_reform_writes_only_below_its_own_name(copied_root: Path) -> None:
    path = copied_root / "configs/reforms/greedy.yaml"
    path.write_text("agencies: {customs: {examiners: 99}}", encoding="utf-8")
    message = refusal(["reforms=[greedy]"], root=copied_root)
    assert message.startswith("reforms.greedy.agencies: unknown key 'agencies'")


def test_scenario_file_changes_values(copied_root: Path) -> None:
    path = copied_root / "scenarios/night_shift.yaml"
    serial = (copied_root / "scenarios/serial.yaml").read_text(encoding="utf-8")
    path.write_text(
        serial.replace("name: serial", "name: night_shift")
        + "baseline: serial\nagencies: {customs: {examiners: 21, hours: around_the_clock}}\n",
        encoding="utf-8",
    )
    run = build_run(["scenario=night_shift"], root=copied_root)
    assert names(run) == ["serial", "night_shift"]
    assert examiners(run) == [14, 21]
    assert run.points[1].scenario.agencies["customs"].reviewers == 18


def test_delivered_files_have_no_traps() -> None:
    for folder in ("configs", "scenarios"):
        for path in (ROOT / folder).rglob("*.yaml"):
            read_yaml(path.read_text(encoding="utf-8"), path.name)
