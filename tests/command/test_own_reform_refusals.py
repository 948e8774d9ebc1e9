"""Reforms of one's own that cannot be used, in one line each."""

from pathlib import Path

import pytest

from tests.command.own_files import REFORM, write_own_files
from tests.command.runs import REFORMS, refusal

REFORMS_AND_OWN = ", ".join(sorted([*REFORMS.split(", "), "my_reform"]))


@pytest.fixture(autouse=True)
def own(working_folder: Path) -> Path:
    return write_own_files(working_folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "order: 60",
            "oder: 60",
            "my_reform.yaml:3: oder: unknown key 'oder'; allowed: adoption, conflicts, cost, "
            "eligible, label, operators, order, requires, source, workflows, yields_to; "
            "did you mean 'order'? (and 1 more)",
            id="unknown key",
        ),
        pytest.param(
            "capacity: 8",
            "capacity: 8, are: 2.0",
            "my_reform.yaml:7: operators.0.set.to.are: unknown key 'are'; allowed: area_m2, "
            "assumption, calibrated_to, capacity, discipline, end_of_shift, hours, source; "
            "did you mean 'area_m2'?",
            id="unknown key inside",
        ),
        pytest.param("order: 60\n", "", "my_reform.yaml:1: order: missing", id="missing"),
        pytest.param(REFORM, "# later\n", "my_reform.yaml: the file is empty", id="empty"),
        pytest.param(
            "workflows: [sea_import]",
            "workflows: []",
            "my_reform.yaml:4: workflows: 1 or more expected, given none",
            id="no workflow",
        ),
        pytest.param(
            "workflows: [sea_import]",
            "workflows: sea_import",
            "my_reform.yaml:4: workflows: a list is expected, given 'sea_import'",
            id="no list",
        ),
        pytest.param(
            "workflows: [sea_import]",
            "workflows: [Sea-import]",
            "my_reform.yaml:4: workflows.0: a name of lower-case letters, digits and _ is "
            "expected, given 'Sea-import'",
            id="no name",
        ),
        pytest.param(
            "  - set: {pool: gate_lanes, to: {capacity: 8, assumption: true}}\n",
            "  -\n",
            "my_reform.yaml:7: operators.0: a mapping of keys is expected, given None",
            id="no operator",
        ),
        pytest.param(
            "capacity: 8, ",
            "",
            "my_reform.yaml:7: operators.0.set: to: says nothing that changes",
            id="nothing changes",
        ),
        pytest.param(
            "set: {pool: gate_lanes, to: {capacity: 8, assumption: true}}",
            "parallelise: {branches: [[release, gate_out], [release]]}",
            "my_reform.yaml:7: operators.0.parallelise: 'release' is given twice",
            id="a step in two branches",
        ),
        pytest.param(
            "order: 60",
            "order: 60\nconflicts: [singl_window]",
            "my_reform.yaml:4: reforms.my_reform.conflicts: unknown reform 'singl_window'; "
            f"allowed: {REFORMS_AND_OWN}; did you mean 'single_window'?",
            id="conflicts with what is not there",
        ),
        pytest.param(
            "order: 60",
            "order: 60\nyields_to: [singl_window]",
            "my_reform.yaml:4: reforms.my_reform.yields_to: unknown reform 'singl_window'; "
            f"allowed: {REFORMS_AND_OWN}; did you mean 'single_window'?",
            id="yields to what is not there",
        ),
        pytest.param(
            "order: 60",
            "order: 60\nrequires: [singl_window]",
            "my_reform.yaml:4: reforms.my_reform.requires: unknown reform 'singl_window'; "
            f"allowed: {REFORMS_AND_OWN}; did you mean 'single_window'?",
            id="requires what is not there",
        ),
        pytest.param(
            "workflows: [sea_import]",
            "workflows: [train_run]",
            "my_reform.yaml:4: reforms.my_reform.workflows: none of them (train_run) is in "
            "scenario 'serial', which has: sea_import, vessel_call (in 'serial+single_window+"
            "my_reform')",
            id="workflows of other ports",
        ),
        pytest.param(
            "order: 60",
            "order: 060",
            'my_reform.yaml:3: 060 would be read as a number in base eight; write "060"',
            id="trap",
        ),
        pytest.param(
            "order: 60",
            "order: 60\norder: 61",
            "my_reform.yaml:4: key 'order' is given twice",
            id="twice",
        ),
        pytest.param(
            "order: 60",
            "order: !!python/name:os.system",
            "my_reform.yaml:3: the tag '!!python/name:os.system' is not used here",
            id="tag",
        ),
        pytest.param(
            "order: 60",
            "order: {_target_: os.system}",
            "my_reform.yaml:3: '_target_' is not allowed here",
            id="target",
        ),
        pytest.param(
            "order: 60",
            "order: ${oc.env:HOME}",
            "my_reform.yaml:3: '${' is not allowed here, given '${oc.env:HOME}'",
            id="interpolation",
        ),
        pytest.param(
            "order: 60",
            "order: range(1,5)",
            "my_reform.yaml:3: a call is not allowed here, given 'range(1,5)'",
            id="call",
        ),
        pytest.param(
            "- set:",
            "- os.system():",
            "my_reform.yaml:7: a call is not allowed here, given 'os.system()'",
            id="call as a key",
        ),
        pytest.param(
            "order: 60",
            "order: 60\nhydra: {run: {dir: /tmp}}",
            "my_reform.yaml:4: 'hydra' is not allowed here",
            id="hydra",
        ),
        pytest.param(
            "order: 60",
            "order: 60\ndefaults: [single_window]",
            "my_reform.yaml:4: 'defaults' is not allowed here",
            id="defaults",
        ),
    ],
)
def test_a_reform_that_cannot_be_used(own: Path, old: str, new: str, message: str) -> None:
    (own / "my_reform.yaml").write_text(REFORM.replace(old, new), "utf-8")
    assert refusal(["reforms=[single_window,my_reform.yaml]"]) == message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "pool: gate_lanes",
            "pool: gate_lane",
            "my_reform.yaml:7: reforms.my_reform.operators.0: unknown pool 'gate_lane'; allowed: ",
            id="pool",
        ),
        pytest.param(
            "capacity: 8",
            "hours: nigt",
            "my_reform.yaml:7: reforms.my_reform.operators.0.set.to.hours: unknown hours 'nigt'; ",
            id="hours",
        ),
        pytest.param(
            "set: {pool: gate_lanes, to: {capacity: 8, assumption: true}}",
            "cancel: {steps: [relase]}",
            "my_reform.yaml:7: reforms.my_reform.operators.0: unknown step of sea_import 'relase'",
            id="step",
        ),
        pytest.param(
            "order: 60",
            "order: 60\neligible: {when: [examind]}",
            "my_reform.yaml:4: reforms.my_reform.eligible: unknown condition 'examind'; ",
            id="condition",
        ),
        pytest.param(
            "set: {pool: gate_lanes, to: {capacity: 8, assumption: true}}",
            "parameter: {key: port.yard.are, to: 8, assumption: true}",
            "my_reform.yaml:7: reforms.my_reform.operators.0.parameter.key: ",
            id="parameter",
        ),
    ],
)
def test_a_name_in_a_reform_that_is_not_there(own: Path, old: str, new: str, message: str) -> None:
    (own / "my_reform.yaml").write_text(REFORM.replace(old, new), "utf-8")
    assert refusal(["reforms=[my_reform.yaml]"]).startswith(message)
