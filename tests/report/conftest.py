"""A synthetic study, shared by the report tests."""

from pathlib import Path

import pytest
from synthetic_study import synthetic_study

from sim.study.settings import Run, Settings
from sim.study.study import Study


@pytest.fixture(scope="session")
def study() -> Study:
    return synthetic_study()


@pytest.fixture(scope="session")
def single_study() -> Study:
    return synthetic_study(["serial"])


def run_of(study: Study, folder: Path) -> Run:
    return Run(study.points, Settings("serial", 1, folder), ())
