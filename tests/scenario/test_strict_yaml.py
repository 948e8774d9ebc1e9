"""YAML traps are refused with the line they stand in; honest YAML is read as it looks."""

import pytest

from sim.scenario.errors import InputError
from sim.scenario.strict_yaml import MOST_VALUES, line_at, read_yaml

TRAPS = [
    pytest.param("12:30", "a number in base sixty", id="time of day"),
    pytest.param("-1:30:00", "a number in base sixty", id="signed duration"),
    pytest.param("010", "a number in base eight", id="leading zero"),
    pytest.param("NO", "true or false", id="Norway"),
    pytest.param("off", "true or false", id="switch"),
    pytest.param("2017-02-28", "a date", id="date"),
]


@pytest.mark.parametrize(("scalar", "meaning"), TRAPS)
def test_trap_is_refused_with_the_advice_to_quote(scalar: str, meaning: str) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(f"first: 1\nsecond: {scalar}\n", "port.yaml")
    assert str(caught.value) == (
        f'port.yaml:2: {scalar} would be read as {meaning}; write "{scalar}"'
    )


@pytest.mark.parametrize(("scalar", "meaning"), TRAPS)
@pytest.mark.parametrize("quote", ["'", '"'], ids=["single", "double"])
def test_quoted_trap_is_text(scalar: str, meaning: str, quote: str) -> None:
    assert read_yaml(f"a: {quote}{scalar}{quote}", "f") == {"a": scalar}


def test_trap_as_a_key_is_refused() -> None:
    with pytest.raises(InputError, match=r'^f:1: on would be read as true or false; write "on"$'):
        read_yaml("on: 1", "f")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("a: 3", {"a": 3}, id="integer"),
        pytest.param("a: -0.5", {"a": -0.5}, id="number"),
        pytest.param("a: true", {"a": True}, id="true"),
        pytest.param("a: null\nb: ~\nc:", {"a": None, "b": None, "c": None}, id="nothing"),
        pytest.param("a: {b: [u, v]}", {"a": {"b": ["u", "v"]}}, id="nested"),
        pytest.param("a: 串联", {"a": "串联"}, id="Chinese"),
        pytest.param("a: |\n  yes", {"a": "yes"}, id="block text"),
        pytest.param("a: &x [1]\nb: *x", {"a": [1], "b": [1]}, id="alias"),
    ],
)
def test_reads_what_is_written(text: str, content: dict[str, object]) -> None:
    assert read_yaml(text, "f") == content


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a: 1\nb: 2\na: 3", "f:3: key 'a' is given twice", id="duplicate key"),
        pytest.param("a:\n  b: 1\n  b: 2", "f:3: key 'b' is given twice", id="nested duplicate"),
        pytest.param("- a", "f:1: a mapping of keys is expected", id="list at the top"),
        pytest.param(
            "a: {[x]: 1}", "f:1: a key is a single word, not a list or mapping", id="list as key"
        ),
        pytest.param("a: !!int abc", "f:1: 'abc' is no int", id="wrong tag"),
        pytest.param("a: !!set {x}", "f:1: the tag '!!set' is not used here", id="set"),
        pytest.param(
            "a: !!python/name:os.system",
            "f:1: the tag '!!python/name:os.system' is not used here",
            id="python object",
        ),
        pytest.param("a: 1\n<<: {b: 1}", "f:2: the tag '!!merge' is not used here", id="merge key"),
        pytest.param("a: *u", "f:1: found undefined alias", id="undefined alias"),
        pytest.param("a: &x [*x]", "f:1: found unconstructable recursive node", id="recursive"),
        pytest.param("a: b: c", "f:1: mapping values are not allowed in this context", id="colons"),
    ],
)
def test_refuses_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "f")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: [1", id="open list"),
        pytest.param("\ta: 1", id="tab"),
        pytest.param("a: 1\n---\nb: 2", id="two documents"),
        pytest.param("a: \x00", id="control character"),
        pytest.param("a: '\ud800'", id="half a character"),
    ],
)
def test_any_syntax_error_is_one_line_with_the_file(text: str) -> None:
    with pytest.raises(InputError, match=r"^f[:\d]*: [^\n]+$"):
        read_yaml(text, "f")


def test_aliases_cannot_blow_up_the_content() -> None:
    rows = ["a0: &a0 [1, 2]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(InputError, match=f"more than {MOST_VALUES} values"):
        read_yaml("\n".join(rows), "f")


PLACED = """\
a: 1
b:
  - c: 2
    d: {e: 3,
        f: 4}
  - - 5
    - 6
7: true
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("b",), 2),
        (("b", "0", "c"), 3),
        (("b", "0", "d", "f"), 5),
        (("b", "1", "1"), 7),
        (("7",), 8),
        (("b", "0", "d", "not_there"), 4),
        (("not_there",), 1),
        ((), 1),
    ],
)
def test_line_of_a_place(path, line):
    assert line_at(PLACED, path) == line
