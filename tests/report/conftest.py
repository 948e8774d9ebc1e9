"""A synthetic study, shared by the report tests."""

from collections.abc import Iterator

import pytest
from synthetic_study import RunOf, synthetic_study

from sim.study.settings import Run, Settings
from sim.study.study import Study
from tests.undrawn import undrawn_figures


@pytest.fixture(scope="session")
def study() -> Study:
    return synthetic_study()


@pytest.fixture(scope="session")
def single_study() -> Study:
    return synthetic_study(["serial"])


@pytest.fixture(scope="session")
def run_of() -> RunOf:
    return lambda study, folder: Run(study.points, Settings("serial", 1, folder), ())


@pytest.fixture
def undrawn() -> Iterator[None]:
    with undrawn_figures():
        yield
