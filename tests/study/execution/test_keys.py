"""Names of replications: another one for whatever may change a result, the same for mere words."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.command.configuration import composed_data
from sim.files import declarations
from sim.files.read_once import ReadOnce
from sim.scenario.errors import InputError
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.study.execution import keys
from sim.study.execution.keys import KeyMaker
from sim.study.inputs import input_files
from tests.builders import ASSUMED, Data, shipped, shipped_data, with_value
from tests.files.traffic_files import EXAMPLES

WORDS = ("label", "description", "source", "calibrated_to")
NOT_OF_A_REPLICATION = {"replications", "confidence", "traced_replications"}


def key(scenario: Scenario, number: int = 0) -> str:
    files = ReadOnce()
    for path in input_files(scenario):
        files(path, "file")
    return KeyMaker(scenario, files).key(number)


@cache
def reformed() -> Data:
    return composed_data(["scenario=all_together"])["all_together"]


def leaves(content: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(content, dict | list):
        entries = content.items() if isinstance(content, dict) else enumerate(content)
        for name, part in entries:
            yield from leaves(part, (*path, name))
    else:
        yield path


def changed(content: Any, path: tuple[str | int, ...], change: Any) -> Any:
    if not path:
        return change(content)
    copy = dict(content) if isinstance(content, dict) else list(content)
    copy[path[0]] = changed(copy[path[0]], path[1:], change)
    return copy


def other_figure(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else value * 0.9


def at(path: tuple[str | int, ...]) -> Any:
    content: Any = reformed()
    for part in path:
        content = content[part]
    return content


def is_figure(path: tuple[str | int, ...]) -> bool:
    of_replication = path[0] != "experiment" or path[1] not in NOT_OF_A_REPLICATION
    measured = path[0] != "targets" and path[-1] != "assumption"
    return isinstance(at(path), int | float) and of_replication and measured


FIGURES = [path for path in leaves(reformed()) if is_figure(path)]
TEXTS = [path for path in leaves(reformed()) if any(part in WORDS for part in path)]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(FIGURES))
def test_another_figure_makes_another_key(path: tuple[str | int, ...]) -> None:
    data = changed(reformed(), path, other_figure)
    assume(data != reformed())
    try:
        scenario = build_scenario(data)
    except InputError:
        assume(False)
    assert key(scenario) != key(build_scenario(reformed())), path


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(TEXTS))
def test_other_words_leave_the_key(path: tuple[str | int, ...]) -> None:
    scenario = build_scenario(changed(reformed(), path, lambda text: f"{text}, so to speak"))
    assert key(scenario) == key(build_scenario(reformed())), path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), "another"),
        (("targets",), {}),
        (("experiment", "replications"), 99),
        (("experiment", "confidence"), 0.5),
        (("experiment", "traced_replications"), 3),
    ],
)
def test_what_is_made_of_replications_leaves_the_key(path: tuple[str, ...], value: Any) -> None:
    scenario = build_scenario(changed(shipped_data("serial"), path, lambda _: value))
    assert key(scenario) == key(shipped("serial"))


def test_luck_and_tracing_make_other_keys() -> None:
    seeds = (
        shipped("serial"),
        build_scenario(with_value(shipped_data("serial"), "experiment.seed", 1)),
    )
    found = {key(scenario, number) for scenario in seeds for number in range(3)}
    data = with_value(shipped_data("serial"), "experiment.traced_replications", 0)
    assert len(found | {key(build_scenario(data))}) == 7


def test_the_order_of_steps_makes_another_key() -> None:
    steps = shipped_data("serial")["workflows"]["sea_import"]["steps"]
    turned = dict(reversed(steps.items()))
    data = shipped_data("serial")
    data["workflows"]["sea_import"]["steps"] = turned
    assert key(build_scenario(data)) != key(shipped("serial"))


def test_an_agency_may_be_called_like_a_word() -> None:
    data = shipped_data("serial")
    found = set()
    for reviewers in (3, 4):
        data["agencies"]["source"] = {**data["agencies"]["border"], "reviewers": reviewers}
        found.add(key(build_scenario(data)))
    assert len(found) == 2


def test_another_content_of_a_table_makes_another_key(monkeypatch, tmp_path: Path) -> None:
    before, table = key(shipped("serial")), tmp_path / "kcs_sea_imports.csv"
    table.write_text("a")
    monkeypatch.setattr(declarations, "FOLDER", tmp_path)
    assert key(shipped("serial")) != before


def listed(calls: Path, imports: Path) -> Scenario:
    data = shipped_data("serial")
    streams, flows = data["traffic"]["conveyances"], data["traffic"]["flows"]
    streams["liner_calls"]["arrivals"] = {"kind": "file", "path": str(calls), **ASSUMED}
    flows["sea_import"]["consignments"] = {"kind": "file", "path": str(imports), **ASSUMED}
    return build_scenario(data)


LISTS = EXAMPLES / "example_vessel_calls.csv", EXAMPLES / "example_sea_imports.csv"


def test_the_same_lists_elsewhere_leave_the_key(tmp_path: Path) -> None:
    copies = [tmp_path / f"{number}.csv" for number in range(2)]
    for copy, path in zip(copies, LISTS, strict=True):
        copy.write_bytes(path.read_bytes())
    assert key(listed(*copies)) == key(listed(*LISTS))


@pytest.mark.parametrize("place", [0, 1])
def test_another_list_in_any_place_makes_another_key(tmp_path: Path, place: int) -> None:
    other = tmp_path / LISTS[place].name
    other.write_bytes(LISTS[place].read_bytes() + b"\n")
    lists = [*LISTS]
    lists[place] = other
    assert key(listed(*lists)) != key(listed(*LISTS))
    assert key(listed(*LISTS)) != key(listed(*reversed(LISTS)))


def test_another_model_makes_another_key(monkeypatch) -> None:
    before = key(shipped("serial"))
    monkeypatch.setattr(keys, "model_version", lambda: "another")
    assert key(shipped("serial")) != before
