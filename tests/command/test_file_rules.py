"""What no configuration file may hold."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.command.file_rules import refuse_instructions, refuse_other_defaults
from sim.scenario.errors import InputError
from sim.scenario.strict_yaml import read_yaml

WORDS = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=8)
VALUES = st.recursive(
    WORDS | st.integers() | st.booleans(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(WORDS, inside, max_size=3),
    max_leaves=8,
)
INSTRUCTIONS = ["${a}", "x ${now:} y", "os.system(rm)", "choice(a,b)", "exit()", "see f() there"]


def refusal(content: dict[str, Any], refused: set[str] | None = None) -> str:
    text = json.dumps(content, indent=1)
    with pytest.raises(InputError) as caught:
        refuse_instructions("f.yaml", text, content, refused or set())
    return str(caught.value)


@given(VALUES)
def test_data_passes(value: Any) -> None:
    refuse_instructions("f.yaml", json.dumps({"a": value}), {"a": value}, {"hydra"})


@given(st.lists(VALUES, max_size=3), st.sampled_from(INSTRUCTIONS), WORDS)
def test_an_instruction_is_found_wherever_it_is(
    before: list[Any], instruction: str, key: str
) -> None:
    content = {"before": before, "here": [{key: [instruction]}]}
    lines = json.dumps(content, indent=1).splitlines()
    line = next(number for number, text in enumerate(lines, 1) if instruction in text)
    assert refusal(content).startswith(f"f.yaml:{line}: ")


@pytest.mark.parametrize(
    "value",
    [
        "FTZ best practices 2017, case 4 (1)",
        "Examination (customs)",
        "$5 {a}",
        "() 2017",
        "查验（一次）",
    ],
)
def test_words_in_parentheses_are_no_call(value: str) -> None:
    if "()" in value:
        assert refusal({"a": value}) == f"f.yaml:2: a call is not allowed here, given '{value}'"
    else:
        refuse_instructions("f.yaml", "{}", {"a": value}, set())


def test_a_key_is_refused_at_the_top_only() -> None:
    assert refusal({"a": 1, "hydra": {}}, {"hydra"}) == "f.yaml:3: 'hydra' is not allowed here"
    refuse_instructions("f.yaml", "{}", {"a": {"hydra": 1}}, {"hydra"})


def test_a_target_is_refused_anywhere() -> None:
    assert refusal({"a": [{"_target_": "x"}]}) == "f.yaml:4: '_target_' is not allowed here"


@pytest.mark.parametrize(
    ("entry", "given_as"),
    [
        ("serial", "serial"),
        ("{override /hydra/launcher: x}", "override /hydra/launcher"),
        ("{override /reforms@port: x}", "override /reforms@port"),
        ("{optional /reforms: x}", "optional /reforms"),
        ("{override /a: u, override /b: v}", "override /a, override /b"),
        ("[override /a]", "['override /a']"),
    ],
)
def test_defaults_of_another_form(entry: str, given_as: str) -> None:
    text = f"defaults:\n  - override /port: xiamen\n  - {entry}\n"
    with pytest.raises(InputError) as caught:
        refuse_other_defaults("f.yaml", text, read_yaml(text, "f.yaml")["defaults"])
    assert str(caught.value) == (
        f"f.yaml:3: defaults: only 'override /<group>: …' is allowed, given '{given_as}'"
    )
