"""A synthetic study, shared by the report tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from synthetic_study import synthetic_study

from sim.study.settings import Run, Settings
from sim.study.study import Study

RunOf = Callable[[Study, Path], Run]


@pytest.fixture(scope="session")
def study() -> Study:
    return synthetic_study()


@pytest.fixture(scope="session")
def single_study() -> Study:
    return synthetic_study(["serial"])


@pytest.fixture(scope="session")
def run_of() -> RunOf:
    return lambda study, folder: Run(study.points, Settings("serial", 1, folder), ())
