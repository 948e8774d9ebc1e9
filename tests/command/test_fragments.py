"""Fragments of steps: what workflows make of them, and what is refused."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sim.command.config_files import ROOT, load_library
from sim.command.configuration import composed_data
from sim.command.library import WORKFLOWS
from tests.command.runs import listing, refusal

FRAGMENTS = listing("configs/steps")
SEA_IMPORT = "configs/workflows/sea_import.yaml"
FORM = f"{SEA_IMPORT}: defaults: only '/steps: […]' and then '_self_' is allowed"
NO_GROUP = (
    "fragments are named in the files of workflows; a step is at workflows.<workflow>.steps.<step>"
)


def steps_of(workflow: str, words: list[str], root: Path = ROOT) -> dict[str, Any]:
    (data,) = composed_data(words, root=root).values()
    steps: dict[str, Any] = data["workflows"][workflow]["steps"]
    return steps


def written_steps() -> list[tuple[str, Any]]:
    """Name and content of every step as it is written."""
    library = load_library()
    workflows = [file.content["steps"] for file in library.groups[WORKFLOWS].values()]
    fragments = [file.content for file in library.fragments.values()]
    return [item for steps in (*workflows, *fragments) for item in steps.items()]


def test_every_fragment_is_shared() -> None:
    library = load_library()
    uses = Counter(
        name
        for file in library.groups[WORKFLOWS].values()
        if file.defaults
        for name in file.defaults[0]["/steps"]
    )
    assert {name for name in library.fragments if uses[name] < 2} == set()


def test_no_step_is_written_twice() -> None:
    complete = [item for item in written_steps() if {"label", "party"} <= set(item[1])]
    counted = Counter(json.dumps(item, sort_keys=True) for item in complete)
    assert [item for item, count in counted.items() if count > 1] == []


def test_steps_stand_where_they_are_written() -> None:
    steps = steps_of("sea_rail_transit", ["compare=[lianyungang_2017]"])
    assert list(steps) == [
        "manifest", "discharge", "exchange_delivery_order", "prepare_documents", "book_train",
        "declare_transit", "review_transit", "affix_seal", "issue_seal_paper", "release",
        "transfer", "board_train", "load_train", "depart",
    ]  # fmt: skip


def test_a_workflow_changes_single_fields_of_a_fragment() -> None:
    scan = steps_of("sea_import", ["compare=[serial]"])["scan_customs"]
    assert scan["after"] == ["pay_duty"]  # of duty_payment, over customs_site
    assert scan["needs"] == ["discharge"]  # of the workflow
    assert scan["uses"] == {"scanners": 1}  # of customs_site
    export = steps_of("sea_export", ["compare=[fujian_2015]"])["scan_customs"]
    assert export["after"] == ["review_customs_automatically", "review_customs_manually"]
    assert export["needs"] == ["store"]


def test_an_override_reaches_a_step_of_a_fragment_in_one_workflow_only() -> None:
    words = ["compare=[fujian_2015]", "workflows.sea_import.steps.examine_customs.duration.mode=2"]
    changed = steps_of("sea_import", words)["examine_customs"]["duration"]
    assert (changed["low"], changed["mode"], changed["high"]) == (1.0, 2, 3.5)
    assert steps_of("sea_export", words)["examine_customs"]["duration"]["mode"] == 1.5


def test_fragments_of_ones_own(copied_root: Path) -> None:
    (copied_root / "configs/steps/weighing.yaml").write_text(
        "weigh:\n"
        "  label: {en: Weighing, zh: 过磅}\n"
        "  party: port\n"
        "  kind: formality\n"
        "  after: [discharge]\n"
        "  duration: {dist: constant, value: 0.1, assumption: true}\n"
        "prepare_documents:\n"
        "  documents: 7\n",
        encoding="utf-8",
    )
    path = copied_root / SEA_IMPORT
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- audit\n", "- audit\n      - weighing\n"), encoding="utf-8")
    steps = steps_of("sea_import", ["compare=[serial]"], copied_root)
    names = list(steps)
    assert names[names.index("prepare_documents") - 1] == "weigh"
    assert steps["prepare_documents"]["documents"] == 7
    assert steps["prepare_documents"]["duration"]["mean"] == 18.7


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            SEA_IMPORT,
            "- duty_payment",
            "- duty_paymnt",
            f"{SEA_IMPORT}: defaults: unknown fragment 'duty_paymnt'; allowed: {FRAGMENTS}; "
            "did you mean 'duty_payment'?",
            id="unknown",
        ),
        pytest.param(
            SEA_IMPORT,
            "- duty_payment",
            "- audit",
            f"{SEA_IMPORT}: defaults: 'audit' is given twice",
            id="twice",
        ),
        pytest.param(SEA_IMPORT, "  - _self_\n", "", FORM, id="without the file itself"),
        pytest.param(SEA_IMPORT, "- /steps:", "- steps:", FORM, id="relative"),
        pytest.param(SEA_IMPORT, "- /steps:", "- /reforms:", FORM, id="of another group"),
        pytest.param(SEA_IMPORT, "- /steps:", "- override /steps:", FORM, id="override"),
        pytest.param(
            SEA_IMPORT,
            "defaults:\n",
            "defaults: audit\nothers:\n",
            f"{SEA_IMPORT}: defaults: a list is expected",
            id="no list",
        ),
        pytest.param(
            "configs/steps/audit.yaml",
            "audit_customs:\n",
            "defaults: [release]\naudit_customs:\n",
            "configs/steps/audit.yaml:2: 'defaults' is not allowed here",
            id="fragment of fragments",
        ),
        pytest.param(
            "configs/steps/audit.yaml",
            "visits: 1",
            "visits: -1",
            "workflows.sea_import.steps.audit_customs.visits: "
            "input should be greater than or equal to 0, given -1",
            id="wrong figure",
        ),
        pytest.param(
            SEA_IMPORT,
            "      - customs_site\n",
            "",
            "workflows.sea_import.steps.scan_customs.label: missing (and 3 more)",
            id="change of a step that is not there",
        ),
        pytest.param(
            "scenarios/all_together.yaml",
            "override /reforms",
            "override /steps",
            "scenarios/all_together.yaml: defaults: unknown group 'steps'; allowed: agencies, "
            "disruptions, experiment, holidays, hours, port, reforms, targets, tariff, traffic, "
            "workflows",
            id="chosen by a scenario",
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
    assert refusal([], root=copied_root) == message


def test_a_fragment_is_a_mapping(copied_root: Path) -> None:
    (copied_root / "configs/steps/audit.yaml").write_text("- audit_customs\n", encoding="utf-8")
    assert (
        refusal([], root=copied_root) == "configs/steps/audit.yaml:1: a mapping of keys is expected"
    )


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("steps=audit", f"steps: {NO_GROUP}"),
        ("+steps=[audit]", f"steps: {NO_GROUP}"),
        ("steps@workflows.sea_import.steps=[audit]", f"steps: {NO_GROUP}"),
        ("steps.audit_customs.visits=2", f"steps.audit_customs.visits: {NO_GROUP}"),
    ],
)
def test_a_fragment_is_not_chosen_on_the_command_line(word: str, message: str) -> None:
    assert refusal([word]) == message
