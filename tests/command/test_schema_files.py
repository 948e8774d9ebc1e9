"""JSON schemas, as they are shipped and as a command writes them."""

from pathlib import Path

import pytest

import run
from sim.command.config_files import ROOT, load_library
from sim.command.schema_files import schema_texts

SHIPPED = ROOT / "configs" / "schemas"
FILES = [
    "reform.schema.json", "scenario.schema.json", "design.schema.json", "factors.schema.json",
]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_shipped_schema_is_current(name: str) -> None:
    """If it is not: make schemas."""
    assert (SHIPPED / name).read_text("utf-8") == schema_texts(load_library())[name]


def test_schemas_are_no_group() -> None:
    assert SHIPPED.is_dir()
    assert SHIPPED.name not in load_library().folders


@pytest.mark.parametrize("words", [[], ["schemas"]])
def test_schemas_are_written(
    words: list[str], working_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run.main(["schema", *words]) == 0
        assert capsys.readouterr().out.split() == [f"schemas/{name}" for name in FILES]
    for name in FILES:
        written = (working_folder / "schemas" / name).read_text("utf-8")
        assert written == (SHIPPED / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["a", "b"], "one folder at most, given 'a b'", id="two"),
        pytest.param(["--all"], "one folder at most, given '--all'", id="flag"),
        pytest.param(["a.json"], "'a.json' is a file, a folder is expected", id="file"),
    ],
)
def test_refusal(
    words: list[str], message: str, working_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (working_folder / "a.json").write_text("{}")
    assert run.main(["schema", *words]) == 2
    assert capsys.readouterr() == ("", f"error: schema: {message}\n")
    assert [path.name for path in working_folder.iterdir()] == ["a.json"]


def test_help(capsys: pytest.CaptureFixture[str], working_folder: Path) -> None:
    assert run.main(["schema", "-h"]) == 0
    assert "python run.py schema [FOLDER]" in capsys.readouterr().out
    assert list(working_folder.iterdir()) == []
