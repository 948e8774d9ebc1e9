"""Every shipped target: what it says of its document, pinned, and for which scenarios."""

from pathlib import Path

import pytest

from sim.command.config_files import ROOT, load_library
from sim.scenario.target import Target
from tests.functional.published import PUBLISHED, Pinned

FILES = sorted((ROOT / "configs" / "targets").glob("*.yaml"))


def targets(file: str) -> dict[str, Target]:
    content = load_library().groups["targets"][file].content
    return {name: Target.model_validate(target) for name, target in content.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_target_is_of_shipped_scenarios_and_says_where_it_is_from(path: Path) -> None:
    for target in targets(path.stem).values():
        assert set(target.scenarios) <= load_library().groups["scenario"].keys()
        assert target.label.zh
        assert target.source


def test_every_file_is_pinned() -> None:
    assert {path.stem for path in FILES} == set(PUBLISHED)


@pytest.mark.parametrize("file", PUBLISHED)
def test_a_target_is_what_the_document_says(file: str) -> None:
    found = {
        name: Pinned(
            target.kpi, target.role, target.form, target.sense, target.value, target.scenarios
        )
        for name, target in targets(file).items()
    }
    assert found == PUBLISHED[file]


@pytest.mark.parametrize("file", PUBLISHED)
def test_a_tolerance_is_small_beside_its_figure(file: str) -> None:
    """Nothing is to be had by waiting for it: a tolerance is a quarter of the figure at most."""
    for name, target in targets(file).items():
        if target.tolerance:
            assert target.tolerance.value <= abs(target.value) / 4, name


@pytest.mark.parametrize(
    ("target", "reform"),
    [("permits_without_visit", "one_stop_counter"), ("train_papers_left", "paperless_rail")],
)
def test_a_figure_that_a_reform_puts_in_is_no_goal(target: str, reform: str) -> None:
    pinned = targets("lianyungang_2020")[target]
    assert pinned.role == "input"
    assert "put in" in pinned.source
    chosen = load_library().groups["scenario"]["lianyungang_2020"].chosen()
    assert reform in chosen["reforms"]
