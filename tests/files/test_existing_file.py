from pathlib import Path

import pytest

from sim.files.existing_file import check_file
from sim.scenario.errors import InputError


def refused(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        check_file(path, "list")
    return str(raised.value)


def folder(path: Path, *names: str) -> Path:
    path.mkdir()
    for name in names:
        (path / name).touch()
    return path


def test_a_file_that_is_there(tmp_path: Path) -> None:
    check_file(folder(tmp_path / "lists", "calls.csv") / "calls.csv", "list")


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    lists = folder(tmp_path / "lists", "calls.csv", "imports.csv")
    assert refused(lists / "cals.csv") == (
        f"list: there is no such file, looked for at '{lists}/cals.csv'; did you mean 'calls.csv'?"
    )


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none" / "calls.csv"
    assert refused(path) == f"list: there is no such file, looked for at '{path}'"


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ((), "it holds no file"),
        (("b.csv",), "did you mean '{lists}/b.csv'?"),
        (("b.csv", "a.csv"), "it holds a.csv, b.csv"),
        (("f", "e", "d", "c", "b", "a"), "it holds a, b, c, d, e, …"),
    ],
)
def test_a_folder_says_what_it_holds(tmp_path: Path, names: tuple[str, ...], hint: str) -> None:
    lists = folder(tmp_path / "lists", *names)
    assert refused(lists) == (
        f"list: '{lists}' is a folder, a file is expected; {hint.format(lists=lists)}"
    )


def test_a_file_of_another_kind_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "night_gate.yml").write_text("", "utf-8")
    path = tmp_path / "night_gat.yaml"
    with pytest.raises(InputError) as caught:
        check_file(path, "reforms")
    assert str(caught.value) == f"reforms: there is no such file, looked for at '{path}'"
