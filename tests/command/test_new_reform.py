"""The reform that users begin with."""

import re
from pathlib import Path
from typing import Any

import pytest

import run
from sim.command.config_files import ROOT, load_library
from sim.command.configuration import build_run
from sim.command.new_reform import new_reform_request, write_new_reform
from sim.scenario.json_schema import reform_schema
from sim.scenario.reform import Operator, Reform
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.validate import validated
from sim.study.inputs import load_inputs
from sim.study.preview import preview
from tests.command.runs import names

SCHEMA = "$schema="


@pytest.fixture
def template(working_folder: Path) -> str:
    """What is written."""
    assert run.main(["new-reform", "my_idea"]) == 0
    return (working_folder / "my_idea.yaml").read_text("utf-8")


def uncommented(template: str) -> str:
    """All that the template shows, in force; explanations stay comments."""
    first, _, rest = template.partition("\n")
    return f"{first}\n{re.sub('^# ', '', rest, flags=re.M)}"


def test_it_runs_as_it_stands(template: str) -> None:
    shipped, own = build_run(["reforms=[./my_idea.yaml]"]).points
    assert (shipped.name, own.name) == ("serial", "serial+my_idea")
    inputs = load_inputs([own.scenario])
    assert preview(own, inputs).unstable["pool"].tolist() == []


def test_it_goes_with_shipped_reforms(template: str) -> None:
    shipped = load_library().groups["scenario"]["all_together"].chosen()["reforms"]
    own = build_run([f"reforms=[{','.join(shipped)},./my_idea.yaml]"]).points[1]
    assert set(own.scenario.reforms) == {*shipped, "my_idea"}


def test_all_that_it_shows_is_a_reform(template: str) -> None:
    reform = validated(Reform, read_yaml(uncommented(template), "template"))
    used = {name for operator in reform.operators for name in operator.model_fields_set}
    assert used == set(Operator.model_fields)


def test_all_that_it_shows_runs(template: str, working_folder: Path) -> None:
    # A figure is the whole port's and does not go with eligibility; the template says so.
    text, _, parameters = uncommented(template).partition("  ## parameter")
    assert "such a reform has no 'eligible'" in parameters
    (working_folder / "my_idea.yaml").write_text(text, "utf-8")
    own = build_run(["reforms=[./my_idea.yaml]"]).points[1]
    assert len(own.written.reforms["my_idea"].operators) == 10


def test_it_names_every_key(template: str) -> None:
    definitions: dict[str, Any] = reform_schema()
    parts = [definitions, *definitions["$defs"].values()]
    keys = {
        key
        for part in parts
        if "dist" not in part.get("properties", {})
        for key in part.get("properties", {})
    }
    assert {key for key in keys if not re.search(rf"\b{key}\b", template)} == set()


def test_its_first_line_leads_to_the_schema(template: str, working_folder: Path) -> None:
    first = template.partition("\n")[0]
    assert first.startswith("# yaml-language-server: ")
    assert first.partition(SCHEMA)[2] == (ROOT / "configs/schemas/reform.schema.json").as_uri()


def test_it_may_go_among_the_shipped(copied_root: Path) -> None:
    request = new_reform_request(["my_idea", str(copied_root / "configs/reforms")], copied_root)
    write_new_reform(request)
    text = request.path.read_text("utf-8")
    assert text.partition("\n")[0].partition(SCHEMA)[2] == "../schemas/reform.schema.json"
    assert "run.py reforms=[my_idea]\n" in text


@pytest.mark.parametrize(
    ("words", "written", "option"),
    [
        pytest.param([], "my_idea.yaml", "./my_idea.yaml", id="here"),
        pytest.param(["sub"], "sub/my_idea.yaml", "sub/my_idea.yaml", id="folder"),
        pytest.param(
            ["sub/my_idea.yaml"], "sub/my_idea.yaml", "sub/my_idea.yaml", id="the file itself"
        ),
    ],
)
def test_place(
    words: list[str],
    written: str,
    option: str,
    working_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (working_folder / "sub").mkdir()
    assert run.main(["new-reform", "my_idea", *words]) == 0
    assert (working_folder / written).is_file()
    assert capsys.readouterr().out == (
        f"{written}: written; try: python run.py preview reforms=[{option}]\n"
    )
    assert names(build_run([f"reforms=[{option}]"]))[1] == "serial+my_idea"


NAME = "a name has lower-case letters, digits and _ only, and begins with a letter, given"
USAGE = "write it as new-reform NAME [PLACE]; see new-reform --help"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param([], USAGE, id="nothing"),
        pytest.param(["a", "b", "c"], USAGE, id="too much"),
        pytest.param(["--force", "a"], USAGE, id="flag"),
        pytest.param(["My-Idea"], f"{NAME} 'My-Idea'", id="capitals"),
        pytest.param(["../idea"], f"{NAME} '../idea'", id="path"),
        pytest.param(["1st"], f"{NAME} '1st'", id="digit"),
        pytest.param(["idea\n"], f"{NAME} 'idea '", id="line break"),
        pytest.param(["null"], "'null' is read as a value; take another name", id="value"),
        pytest.param(["on"], "'on' is read as a value; take another name", id="switch"),
        pytest.param(
            ["single_window"],
            "there is a shipped reform 'single_window'; take another name",
            id="shipped",
        ),
        pytest.param(["idea", "nowhere"], "there is no folder 'nowhere'", id="no folder"),
        pytest.param(
            ["idea", "other.yaml"],
            "a reform is called as its file is; write 'idea.yaml'",
            id="another name",
        ),
        pytest.param(
            ["taken"], "'taken.yaml' is there already; nothing is overwritten", id="taken"
        ),
    ],
)
def test_refusal(
    words: list[str], message: str, working_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (working_folder / "taken.yaml").write_text("mine", "utf-8")
    assert run.main(["new-reform", *words]) == 2
    assert capsys.readouterr() == ("", f"error: new-reform: {message}\n")
    assert [path.name for path in working_folder.iterdir()] == ["taken.yaml"]
    assert (working_folder / "taken.yaml").read_text("utf-8") == "mine"


def test_help(capsys: pytest.CaptureFixture[str], working_folder: Path) -> None:
    assert run.main(["new-reform", "--help"]) == 0
    assert "python run.py new-reform NAME [PLACE]" in capsys.readouterr().out
    assert list(working_folder.iterdir()) == []
