"""Runs that words ask for, as the tests of commands look at them."""

from pathlib import Path

import pytest

from sim.command.config_files import ROOT
from sim.command.configuration import build_run
from sim.scenario.errors import InputError
from sim.study.settings import Run

FLAGSHIP = [
    "serial",
    "parallel_agencies",
    "joint_inspection",
    "joint_inspection_recognition",
    "advance_declaration",
    "all_together",
]
SHARE = "reforms.advance_declaration.adoption.share"
REVIEW = "workflows.sea_import.steps.review_quarantine"


def names(run: Run) -> list[str]:
    return [point.name for point in run.points]


def examiners(run: Run) -> list[int | dict[str, int]]:
    return [point.scenario.agencies["customs"].examiners for point in run.points]


def refusal(words: list[str], multirun: bool = False, root: Path = ROOT) -> str:
    with pytest.raises(InputError) as caught:
        build_run(words, multirun, root)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def listing(folder: str) -> str:
    """Names of the files of a folder, as error texts list them."""
    return ", ".join(sorted(path.stem for path in (ROOT / folder).glob("*.yaml")))


SCENARIOS, REFORMS, PORTS = map(listing, ("scenarios", "configs/reforms", "configs/port"))
# With documents of several places.
DOCUMENTS_TOO = ", ".join(sorted(path.stem for path in (ROOT / "scenarios").rglob("*.yaml")))
TOP = (
    "agencies, compare, description, disruptions, document, executor, experiment, holidays, hours, "
    "hydra, label, port, precision, progress, reforms, scenario, store, targets, tariff, traffic, "
    "workflows"
)
