"""Every shipped target: whom it is about, and that it is about something measured."""

from pathlib import Path

import pytest

from sim.command.config_files import ROOT, load_library
from sim.scenario.target import Target

FILES = sorted((ROOT / "configs" / "targets").glob("*.yaml"))


def targets(path: Path) -> dict[str, Target]:
    content = load_library().groups["targets"][path.stem].content
    return {name: Target.model_validate(target) for name, target in content.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_target_is_of_shipped_scenarios_and_says_where_it_is_from(path: Path) -> None:
    for target in targets(path).values():
        assert set(target.scenarios) <= load_library().groups["scenario"].keys()
        assert target.label.zh
        assert target.source


@pytest.mark.parametrize(
    ("file", "figures"),
    [
        ("lianyungang_2018", {-0.3333, -100.0}),
        ("lianyungang_2020", {48.0, 0.85, 4.0}),
        ("zhejiang_2004", {24.0, 10.0, 8.0, 1.0}),
    ],
)
def test_goals_are_the_figures_of_the_documents(file: str, figures: set[float]) -> None:
    found = targets(ROOT / "configs" / "targets" / f"{file}.yaml").values()
    assert {target.value for target in found} == figures
    assert {target.role for target in found} == {"goal"}
