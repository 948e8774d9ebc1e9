from pathlib import Path

import pytest

import run
from sim.actions.exit_codes import USAGE_ERROR
from sim.command.training import HELP, training_request
from sim.scenario.errors import InputError
from tests.calibrate.examined import request


def test_what_is_not_given_is_what_is_shipped() -> None:
    asked = training_request([])
    assert asked.training.is_file()
    assert asked.validation.is_file()
    assert [path.name for path in asked.tables] == ["kcs_sea_imports.csv", "kcs_air_imports.csv"]
    assert (asked.model, asked.seed) == ("kcs_2020", 2020)
    assert asked.output.parts[0] == "results"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["modl=x"],
         "train: unknown key 'modl'; allowed: model, output, seed, tables, training, validation; "
         "did you mean 'model'?"),
        (["model"], "train: model: write it as model=<value>"),
        (["seed=1", "seed=2"], "train: seed: is given twice"),
        (["seed=-1"], "train: seed: a whole number of up to nine digits, given '-1'"),
        (["model=My Model"],
         "train: model: a name has lower-case letters, digits and _ only, given 'My Model'"),
        (["tables=a/x.csv,b/x.csv"], "train: tables: 'x' is given twice"),
        (["training=x.csv"], "train: tables: needed with a training file of your own"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_used(words: list[str], expected: str) -> None:
    with pytest.raises(InputError) as raised:
        training_request(words)
    assert str(raised.value) == expected


def test_results_go_into_a_new_folder(tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    with pytest.raises(InputError, match=r"is not empty; results go into a new folder$"):
        training_request([f"output={tmp_path}"])


def test_the_command_trains_and_says_how_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = request(tmp_path)
    words = [
        f"training={asked.training}", f"validation={asked.validation}",
        f"tables=[{asked.tables[0]}]", "model=made_up", f"output={asked.output}",
    ]  # fmt: skip
    assert run.main(["train", *words]) == 0
    said = capsys.readouterr().out
    assert "AUC           0." in said
    assert "Scored table: 130 rows, 100 of them by cross-fitting; AUC 0." in said
    assert (asked.output / "models" / "made_up.yaml").is_file()
    assert (asked.output / "table.csv").is_file()
    assert run.main(["train", *words]) == USAGE_ERROR
    assert "is not empty" in capsys.readouterr().err


def test_each_row_that_does_not_fit_has_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = request(tmp_path)
    asked.tables[0].write_text("declaration\n1\n8000\n9000\n")
    words = [f"training={asked.training}", f"validation={asked.validation}"]
    assert run.main(["train", *words, f"tables={asked.tables[0]}"]) == USAGE_ERROR
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" is neither")[0] for line in lines] == [
        f"error: declaration table 'table.csv', row {row}: declaration: {number}"
        for row, number in ((3, 8000), (4, 9000))
    ]


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["train", "--help"]) == 0
    assert capsys.readouterr().out == HELP
