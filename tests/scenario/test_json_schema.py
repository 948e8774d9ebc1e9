"""JSON schemas accept what is shipped and refuse slips."""

from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from sim.command.config_files import ROOT, load_library
from sim.scenario.json_schema import (
    design_schema,
    factors_schema,
    reform_schema,
    scenario_schema,
)
from sim.scenario.strict_yaml import read_yaml
from sim.scenario.workflow import Direction, Flag, Milestone, Mode

REFORMS = sorted(ROOT.glob("configs/reforms/*.yaml"))
SCENARIOS = sorted(ROOT.glob("scenarios/*.yaml"))
GROUPS = ("agencies", "reforms")


def read(path: Path) -> dict[str, Any]:
    return read_yaml(path.read_text("utf-8"), path.name)


@pytest.fixture(scope="module")
def reforms() -> Draft202012Validator:
    return Draft202012Validator(reform_schema())


@pytest.fixture(scope="module")
def scenarios() -> Draft202012Validator:
    return Draft202012Validator(scenario_schema(load_library().groups))


@pytest.fixture
def reform() -> dict[str, Any]:
    return read(ROOT / "configs/reforms/single_window.yaml")


def faults(validator: Draft202012Validator, data: dict[str, Any]) -> set[str]:
    return {error.json_path for error in validator.iter_errors(data)}


def test_schemas_are_valid() -> None:
    for schema in (reform_schema(), scenario_schema(GROUPS), design_schema(), factors_schema()):
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", REFORMS, ids=lambda path: path.stem)
def test_shipped_reform_fits(reforms: Draft202012Validator, path: Path) -> None:
    assert faults(reforms, read(path)) == set()


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_shipped_scenario_fits(scenarios: Draft202012Validator, path: Path) -> None:
    assert faults(scenarios, read(path)) == set()


@pytest.mark.parametrize(
    ("schema", "folder"), [(design_schema(), "designs"), (factors_schema(), "sensitivity")]
)
def test_shipped_study_fits(schema: dict[str, Any], folder: str) -> None:
    paths = sorted((ROOT / "studies" / folder).glob("*.yaml"))
    assert paths
    for path in paths:
        assert faults(Draft202012Validator(schema), read(path)) == set()


def test_a_factor_of_a_sensitivity_study_has_two_ends() -> None:
    validator = Draft202012Validator(factors_schema())
    assert faults(validator, {"factors": [{"key": "a", "low": 1, "high": 2}]}) == set()
    assert faults(validator, {"factors": [{"key": "a", "low": 1}]}) == {"$.factors[0]"}
    assert faults(validator, {"factors": [{"key": "a", "values": [1, 2]}]}) == {"$.factors[0]"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param({"oder": 3}, "$", id="key"),
        pytest.param({"eligible": {"mode": ["sea"]}}, "$.eligible", id="key inside"),
        pytest.param(
            {"operators": [{"cancle": {"steps": ["a"]}}]}, "$.operators[0]", id="operator"
        ),
        pytest.param(
            {"operators": [{"cancel": {"steps": ["a"]}, "add": None}]},
            "$.operators[0]",
            id="two operators",
        ),
        pytest.param({"operators": [{"only": ["sea_import"]}]}, "$.operators[0]", id="no operator"),
        pytest.param({"adoption": {"share": 0.4}}, "$.adoption", id="no provenance"),
        pytest.param(
            {"adoption": {"share": 0.4, "assumption": False}}, "$.adoption", id="no assumption"
        ),
        pytest.param(
            {"adoption": {"share": 1.4, "assumption": True}}, "$.adoption.share", id="no share"
        ),
        pytest.param({"eligible": {"modes": ["ship"]}}, "$.eligible.modes[0]", id="mode"),
        pytest.param({"eligible": {"when": ["not lucky"]}}, "$.eligible.when[0]", id="flag"),
        pytest.param({"cost": {"My cost": {}}}, "$.cost", id="name"),
    ],
)
def test_slip_in_a_reform_is_marked(
    reforms: Draft202012Validator, reform: dict[str, Any], change: dict[str, Any], place: str
) -> None:
    assert faults(reforms, reform | change) == {place}


@pytest.mark.parametrize("key", ["label", "source", "order", "workflows", "adoption", "operators"])
def test_a_reform_is_whole(reforms: Draft202012Validator, reform: dict[str, Any], key: str) -> None:
    del reform[key]
    assert faults(reforms, reform) == {"$"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param({"agencis": {}}, "$", id="key"),
        pytest.param({"defaults": ["serial"]}, "$.defaults[0]", id="defaults of another form"),
        pytest.param({"defaults": [{"/reforms": []}]}, "$.defaults[0]", id="no override"),
        pytest.param({"hydra": {}}, "$", id="hydra"),
        pytest.param(
            {"agencies": {"customs": {"examinrs": 3}}}, "$.agencies.customs", id="key inside"
        ),
    ],
)
def test_slip_in_a_scenario_is_marked(
    scenarios: Draft202012Validator, change: dict[str, Any], place: str
) -> None:
    shipped = read(ROOT / "scenarios/all_together.yaml")
    assert faults(scenarios, shipped | change) == {place}


def test_a_scenario_lays_over_part_of_what_it_chooses(scenarios: Draft202012Validator) -> None:
    part = {
        "agencies": {"customs": {"examiners": 12}},
        "workflows": {"sea_import": {"steps": {"release": {"duration": {"mean": 2.0}}}}},
    }
    assert faults(scenarios, read(ROOT / "scenarios/serial.yaml") | part) == set()


def test_words_are_listed() -> None:
    definitions = reform_schema()["$defs"]
    eligible = definitions["Eligibility"]["properties"]
    assert eligible["modes"]["items"]["enum"] == list(get_args(Mode))
    assert eligible["directions"]["items"]["enum"] == list(get_args(Direction))
    flags = {word for flag in get_args(Flag) for word in (flag, f"not {flag}")}
    assert set(eligible["when"]["items"]["enum"]) == flags
    steps = definitions["StepSpec"]["properties"]
    assert steps["milestones"]["items"]["enum"] == list(get_args(Milestone))


def test_what_is_chosen_is_described() -> None:
    definitions = {**reform_schema()["$defs"], **scenario_schema(GROUPS)["$defs"]}
    undescribed = {name for name, part in definitions.items() if not part.get("description")}
    assert undescribed == {"JsonValue"}
