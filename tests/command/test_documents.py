"""The examples of the documents are true: YAML validates, commands are accepted."""

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_args

import pytest

from sim import actions
from sim.command.best import build_question
from sim.command.catalogue import catalogue_request
from sim.command.command_line import help_text, parse_arguments
from sim.command.config_files import ROOT, load_library
from sim.command.configuration import build_run
from sim.command.contribution import build_contributions
from sim.command.design import design_request
from sim.command.maps import maps_request
from sim.command.new_reform import new_reform_request
from sim.command.places import build_runs, composed_runs
from sim.command.rerun import rerun_request
from sim.command.schema_files import schema_folder
from sim.command.sensitivity import sensitivity_request
from sim.command.training import training_request
from sim.command.verification import verification_request
from sim.report.best.direction import direction
from sim.scenario.scenario import Scenario
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.workflow import Flag, Kind, Milestone
from sim.study.inputs import load_inputs
from sim.study.preview import preview

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = ["README.md", *(path.relative_to(ROOT).as_posix() for path in DOCS)]
REFERENCE = "docs/configuration.md"
BLOCK = re.compile(
    r"^```yaml\n# (?P<path>\S+\.yaml)(?P<is_part>, in part)?\n(?P<text>.*?)^```$", re.M | re.S
)
COMMAND = re.compile(r"^    (?:\.venv/bin/)?python run\.py(?P<words>.*)$", re.M)
EXAMPLE = re.compile(r"^  python run\.py(?P<words>.*)$", re.M)
# In the place of words that ask for many points; what they mean is checked all the same.
SMALLER = {
    ("best", "subsets"): ["subsets=1"],
    ("sensitivity", "only"): ["only=[agencies.customs.examiners]"],
    ("sensitivity", "factors"): ["samples=2"],
}


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(is_part: bool) -> Iterator[tuple[str, str, str]]:
    """Page, path and text of every YAML block that is part of a shipped file, or is none."""
    for page in PAGES:
        for match in BLOCK.finditer(text_of(page)):
            if bool(match["is_part"]) is is_part:
                yield page, match["path"], match["text"]


def commands() -> list[Any]:
    return [
        pytest.param(shlex.split(match["words"], comments=True), id=f"{page}:{match['words']}")
        for page in PAGES
        for match in COMMAND.finditer(text_of(page))
    ]


def helps() -> dict[str, str]:
    """What ``--help`` says, by command."""
    modules = [
        import_module(module.name) for module in iter_modules(actions.__path__, "sim.actions.")
    ]
    texts = {module.__name__: module.HELP for module in modules if hasattr(module, "HELP")}
    return {"run.py": help_text(load_library(ROOT)), **texts}


def examples() -> list[Any]:
    """Words of every example of a help that is in no document."""
    known = {match["words"] for page in PAGES for match in COMMAND.finditer(text_of(page))}
    return [
        pytest.param(shlex.split(match["words"]), id=f"{name}:{match['words']}")
        for name, text in helps().items()
        for match in EXAMPLE.finditer("".join(re.split(r"^Examples?$", text, flags=re.M)[1:]))
        if match["words"] not in known
    ]


def smaller(words: list[str]) -> list[str]:
    """The words of an example, about fewer points."""
    action, *given = words
    keys = [word.partition("=")[0] for word in given]
    more = [word for key in keys for word in SMALLER.get((action, key), [])]
    less = {word.partition("=")[0] for word in more}
    return [word for word, key in zip(given, keys, strict=True) if key not in less] + more


def not_in(part: Any, whole: Any, place: str = "") -> list[str]:
    """Keys of a part whose value is another one in the whole, or that are not there."""
    if not isinstance(part, Mapping) or not isinstance(whole, Mapping):
        return [] if part == whole else [place]
    return [
        found
        for key, value in part.items()
        for found in (
            not_in(value, whole[key], f"{place}.{key}") if key in whole else [f"{place}.{key}"]
        )
    ]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped configuration with the files that the documents tell people to write."""
    root = tmp_path_factory.mktemp("documents")
    for folder in ("configs", "scenarios", "studies/designs"):
        shutil.copytree(ROOT / folder, root / folder)
    for _, path, text in blocks(is_part=False):
        assert not (root / path).exists(), f"{path} is there already"
        (root / path).write_text(text, "utf-8")
    return root


def test_every_yaml_block_says_which_file_it_is() -> None:
    for page in PAGES:
        text = text_of(page)
        assert len(BLOCK.findall(text)) == text.count("```yaml"), page


@pytest.mark.parametrize(
    ("path", "text"),
    [pytest.param(path, text, id=f"{page}:{path}") for page, path, text in blocks(is_part=True)],
)
def test_an_excerpt_is_in_its_file(path: str, text: str) -> None:
    shipped = read_yaml((ROOT / path).read_text("utf-8"), path)
    assert not_in(read_yaml(text, path), shipped) == []


@pytest.mark.parametrize("words", commands())
def test_a_command_is_accepted(
    words: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = parse_arguments(words)
    monkeypatch.chdir(ROOT if command.action in ("train", "verify") else root)
    match command.action:
        case "run" | "preview":
            for run in build_runs(command.words, command.multirun, root).by_place.values():
                load_inputs(point.scenario for point in run.points)
        case "show":
            assert composed_runs(command.words, command.multirun, root)
        case "contribution" if "--help" not in words:
            build_contributions(command.words, root)
        case "new-reform":
            new_reform_request(command.words, root)
        case "schema":
            schema_folder(command.words)
        case "train" if "--help" not in words:
            training_request(command.words)
        case "verify" if "--help" not in words:
            verification_request(command.words)
        case "design" if "--help" not in words:
            design_request(command.words, pytest.fail, root)
        case "maps":
            maps_request(command.words, command.multirun)
        case "catalogue" if "--help" not in words:
            catalogue_request(command.words)


@pytest.mark.slow
@pytest.mark.parametrize("words", examples())
def test_an_example_of_a_help_is_accepted(
    words: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    match words:
        case ["best", *_]:
            assert build_question(smaller(words), direction).run.points
        case ["sensitivity", *_]:
            assert sensitivity_request(smaller(words), direction).question.run.points
        case ["rerun", folder, *_]:
            assert rerun_request(words[1:]).path == Path(folder)
        case _:
            test_a_command_is_accepted(words, root, monkeypatch)


def test_no_pool_of_the_example_is_asked_for_more_than_it_has(root: Path) -> None:
    for point in build_run(["scenario=my_port"], root=root).points:
        pools = preview(point, load_inputs([point.scenario])).unstable["pool"]
        assert pools.tolist() == []


def test_the_reference_names_every_key() -> None:
    definitions = Scenario.model_json_schema()["$defs"].values()
    keys = {key for definition in definitions for key in definition.get("properties", {})}
    text = text_of(REFERENCE)
    unnamed = {key for key in keys if not re.search(rf"\b{key}\b", text)}
    assert unnamed == set()


@pytest.mark.parametrize("words", [Flag, Milestone, Kind])
def test_the_reference_names_every_word(words: Any) -> None:
    text = text_of(REFERENCE)
    assert [word for word in get_args(words) if f"`{word}`" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", text_of(page))
    assert [
        target for target in targets if not (ROOT / page).parent.joinpath(target).exists()
    ] == []
