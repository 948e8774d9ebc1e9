"""What counts as the model: all code that a replication's result is made with."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim
from sim.study.execution import model_version as module
from sim.study.execution.model_version import model_version

ROOT = Path(sim.__file__).parent
# They say nothing but what their folder is.
NO_CODE = {path for path in ROOT.rglob("__init__.py") if path.read_text().count("\n") <= 1}


def imported(file: Path) -> Iterator[Path]:
    """Files of this program that a file imports from."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim"):
            for name in (node.module, *(f"{node.module}.{one.name}" for one in node.names)):
                place = ROOT.parent / str(name).replace(".", "/")
                yield from (
                    path
                    for path in (place.with_suffix(".py"), place / "__init__.py")
                    if path.is_file()
                )


def test_all_that_a_worker_imports_is_hashed() -> None:
    found, left = set[Path](), [ROOT / "study/execution/tasks.py", ROOT / "study/inputs.py"]
    while left:
        file = left.pop()
        if file not in found:
            found.add(file)
            left += imported(file)
    assert len(found) > 50
    assert found - NO_CODE <= set(module.sources())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("python_version", lambda: "3.99.0"),
        ("python_implementation", lambda: "Another"),
        ("version", lambda package: "99"),
        ("sources", lambda: [Path(__file__)]),
    ],
)
def test_another_python_package_or_source_makes_another_version(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    monkeypatch.setattr(module, name, value)
    if name == "sources":
        monkeypatch.setattr(module, "_ROOT", Path(__file__).parent)
    assert model_version.__wrapped__() != model_version()
