"""Scenarios of one's own, and paths, that cannot be used, in one line each."""

from pathlib import Path

import pytest

from tests.command.own_files import REFORM, SCENARIO, write_own_files
from tests.command.runs import refusal


@pytest.fixture(autouse=True)
def own(working_folder: Path) -> Path:
    return write_own_files(working_folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "examiners: 12",
            "examinrs: 12",
            "my_port.yaml:7: agencies.customs.examinrs: unknown key 'examinrs'",
            id="unknown key",
        ),
        pytest.param(
            "examiners: 12",
            "examiners: many",
            "my_port.yaml:7: agencies.customs.examiners: ",
            id="wrong value",
        ),
        pytest.param(
            "label: {en: My port, zh: 我的口岸}\n",
            "",
            "my_port.yaml:1: label: missing",
            id="missing",
        ),
        pytest.param(
            "baseline: serial",
            "hydra: {}",
            "my_port.yaml:6: 'hydra' is not allowed here",
            id="hydra",
        ),
        pytest.param(
            "baseline: serial",
            "compare: [serial]",
            "my_port.yaml:6: 'compare' is not allowed here",
            id="compare",
        ),
        pytest.param(
            "override /reforms: [single_window]",
            "/reforms: [single_window]",
            "my_port.yaml:2: defaults: only 'override /<group>: …' is allowed, given '/reforms'",
            id="no override",
        ),
        pytest.param(
            "override /reforms: [single_window]",
            "override /reforms@agencies: [single_window]",
            "my_port.yaml:2: defaults: only 'override /<group>: …' is allowed, "
            "given 'override /reforms@agencies'",
            id="another package",
        ),
        pytest.param(
            "  - override /reforms: [single_window]",
            "  - serial",
            "my_port.yaml:2: defaults: only 'override /<group>: …' is allowed, given 'serial'",
            id="another file",
        ),
        pytest.param(
            "override /reforms: [single_window]",
            'override /reforms: ["${x}"]',
            "my_port.yaml:2: '${' is not allowed here, given '${x}'",
            id="interpolation",
        ),
        pytest.param(
            "name: my_port",
            "name: port",
            "my_port.yaml: name: 'my_port' is expected, as the file is called",
            id="name",
        ),
        pytest.param(
            "baseline: serial",
            "baseline: serail",
            "my_port.yaml: baseline: unknown scenario 'serail'",
            id="baseline",
        ),
    ],
)
def test_a_scenario_that_cannot_be_used(own: Path, old: str, new: str, message: str) -> None:
    (own / "my_port.yaml").write_text(SCENARIO.replace(old, new), "utf-8")
    assert refusal(["scenario=my_port.yaml"]).startswith(message)


@pytest.mark.parametrize(
    ("name", "word", "message"),
    [
        pytest.param(
            "single_window.yaml",
            "reforms=[./single_window.yaml]",
            "reforms: 'single_window' is a shipped reform; name it without a path, or give your "
            "file './single_window.yaml' another name",
            id="name of a shipped one",
        ),
        pytest.param(
            "My-Reform.yaml",
            "reforms=[./My-Reform.yaml]",
            "./My-Reform.yaml: a file name has lower-case letters, digits and _ only",
            id="name",
        ),
        pytest.param(
            "null.yaml",
            "reforms=[./null.yaml]",
            "./null.yaml: 'null' is read as a value; give the file another name",
            id="name that is a value",
        ),
        pytest.param(
            "a_reform.yml",
            "reforms=[./a_reform.yml]",
            "reforms: the name of a file ends in '.yaml', given './a_reform.yml'",
            id="ending",
        ),
        pytest.param(
            "a_reform.yaml",
            "reforms=[./a_refrom.yaml]",
            "reforms: there is no such file, looked for at 'a_refrom.yaml'; "
            "did you mean 'a_reform.yaml'?",
            id="not there",
        ),
        pytest.param(
            "sub/my_reform.yaml",
            "reforms=[my_reform.yaml,sub/my_reform.yaml]",
            "reforms: two files are called 'my_reform'; rename one",
            id="name of another one",
        ),
        pytest.param(
            "sub/my_port.yaml",
            "port=sub/my_port.yaml",
            "port: unknown port 'sub/my_port.yaml'",
            id="another group",
        ),
    ],
)
def test_a_path_that_cannot_be_used(own: Path, name: str, word: str, message: str) -> None:
    (own / name).parent.mkdir(exist_ok=True)
    (own / name).write_text(REFORM, "utf-8")
    assert refusal([word]).startswith(message)


def test_the_same_file_twice_is_refused(own: Path) -> None:
    word = f"reforms=[./my_reform.yaml,{own}/my_reform.yaml]"
    assert refusal([word]) == "reforms: 'my_reform' is given twice"
