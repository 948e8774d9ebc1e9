from collections.abc import Mapping

import pytest

from sim.clearance.graph import Workflow
from sim.clearance.template import make_template, relevant_flags
from tests.builders import step
from tests.graphs import graph


def edges_of(workflow: Workflow, containers: int = 1, **flags: bool) -> set[tuple[str, str]]:
    """Edges as names of steps, with the number of the container behind those per container."""
    template = make_template(workflow, flags, containers)

    def name(slot: int) -> str:
        one = template.slots[slot]
        return one.step.name + (str(one.container) if one.step.per == "container" else "")

    found = [(name(before), name(after)) for before, after in template.edges]
    found += [(before, name(after)) for before, after in template.cross_edges]
    assert len(found) == len(set(found))
    return set(found)


CONDITIONAL = (
    step("a"),
    step("b", "a", when=["licensed"]),
    step("c", "b", when=["licensed", "not trusted"]),
    step("d", "c"),
)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        pytest.param((True, False), {"ab", "bc", "cd"}, id="all met"),
        pytest.param((True, True), {"ab", "bd"}, id="one skipped"),
        pytest.param((False, False), {"ad"}, id="two in a row skipped"),
    ],
)
def test_skipped_steps_are_spliced(flags: tuple[bool, bool], expected: set[str]) -> None:
    licensed, trusted = flags
    found = edges_of(graph(*CONDITIONAL), licensed=licensed, trusted=trusted)
    assert found == {tuple(edge) for edge in expected}


def test_splicing_a_join_gives_each_edge_once() -> None:
    workflow = graph(
        step("a"),
        step("b", "a", when=["licensed"]),
        step("c", "a", when=["licensed"]),
        step("d", "b", "c"),
    )
    assert edges_of(workflow, licensed=False) == {("a", "d")}


def test_splicing_reaches_the_conveyance() -> None:
    workflow = graph(step("b", "vessel_call.berth", when=["licensed"]), step("d", "b"))
    assert edges_of(workflow, licensed=False) == {("vessel_call.berth", "d")}


NEEDING = (
    step("discharge"),
    step("book"),
    step("move", "book", needs=["discharge"], when=["customs_selected"]),
    step("release", "move"),
)


def test_what_a_step_needs_is_waited_for_where_it_is_met() -> None:
    assert edges_of(graph(*NEEDING), customs_selected=True) == {
        ("book", "move"), ("discharge", "move"), ("move", "release"),
    }  # fmt: skip


def test_what_a_skipped_step_needed_is_not_waited_for() -> None:
    assert edges_of(graph(*NEEDING), customs_selected=False) == {("book", "release")}


def test_a_needed_step_that_is_skipped_is_spliced() -> None:
    workflow = graph(
        step("a"), step("b", "a", when=["licensed"]), step("c"), step("d", "c", needs=["b"])
    )
    assert edges_of(workflow, licensed=False) == {("c", "d"), ("a", "d")}


BOXES = (
    step("book"),
    step("move", "book", per="container"),
    step("examine", "move", per="container"),
    step("release", "examine"),
)


def test_containers_link_like_to_like() -> None:
    assert edges_of(graph(*BOXES), 2) == {
        ("book", "move0"),
        ("book", "move1"),
        ("move0", "examine0"),
        ("move1", "examine1"),
        ("examine0", "release"),
        ("examine1", "release"),
    }


@pytest.mark.parametrize("containers", [1, 2, 12])
def test_one_slot_a_container(containers: int) -> None:
    template = make_template(graph(*BOXES), {}, containers)
    assert [slot.container for slot in template.slots] == [
        0,
        *range(containers),
        *range(containers),
        0,
    ]
    assert len(template.edges) == 3 * containers


def test_containers_spliced_between_cases_link_all() -> None:
    workflow = graph(
        step("a", per="container"),
        step("b", "a", when=["licensed"]),
        step("c", "b", per="container"),
    )
    assert edges_of(workflow, 2, licensed=False) == {("a0", "c0"), ("a1", "c1")}
    assert edges_of(workflow, 2, licensed=True) == {
        ("a0", "b"), ("a1", "b"), ("b", "c0"), ("b", "c1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "roots"),
    [({"licensed": True}, ["a"]), ({"licensed": False}, ["b"])],
    ids=["first met", "first skipped"],
)
def test_roots_wait_for_nothing(flags: Mapping[str, bool], roots: list[str]) -> None:
    workflow = graph(step("a", when=["licensed"]), step("b", "a"), step("c", "vessel_call.berth"))
    template = make_template(workflow, flags, 1)
    assert [template.slots[slot].step.name for slot in template.roots] == roots


def test_only_flags_of_conditions_are_relevant() -> None:
    assert relevant_flags(graph(*CONDITIONAL)) == ("licensed", "trusted")
    assert relevant_flags(graph(*BOXES)) == ()


BOARDING = (
    step("release"),
    step("board", "release", per="container", takes={"train_slots": 1}),
    step("lift", "board", per="container"),
    step("leave", "lift"),
    step("paper", "release"),
)


@pytest.mark.parametrize(
    ("name", "container", "boardings", "before"),
    [
        pytest.param("release", 0, [("board", 0), ("board", 1)], True, id="before it boards"),
        pytest.param("board", 1, [("board", 1)], False, id="boarding itself"),
        pytest.param("lift", 1, [("board", 1)], False, id="of its own box"),
        pytest.param("leave", 0, [("board", 0), ("board", 1)], False, id="of all boxes"),
        pytest.param("paper", 0, [("board", 0), ("board", 1)], False, id="side by side"),
    ],
)
def test_slots_taken_by_the_boxes_of_a_step(
    name: str, container: int, boardings: list[tuple[str, int]], before: bool
) -> None:
    template = make_template(graph(*BOARDING), {}, 2)
    named = [(slot.step.name, slot.container) for slot in template.slots]
    slot = named.index((name, container))
    found = template.boardings(slot, {"train_slots"})
    assert [named[slot] for slot in found] == boardings
    assert template.is_before_boarding(slot, {"train_slots"}) == before
    assert template.is_after_boarding(slot, {"train_slots"}) != before


def test_who_takes_no_slot_is_neither_before_boarding_nor_after() -> None:
    template = make_template(graph(*BOARDING), {}, 2)
    for slot in range(len(template.slots)):
        assert template.boardings(slot, {"flight_slots"}) == []
        assert not template.is_before_boarding(slot, {"flight_slots"})
        assert not template.is_after_boarding(slot, {"flight_slots"})


def test_ancestors_of_a_box_are_its_own() -> None:
    template = make_template(graph(*BOARDING), {}, 2)
    named = [(slot.step.name, slot.container) for slot in template.slots]
    before = template.ancestors[named.index(("lift", 1))]
    assert {named[slot] for slot in before} == {("release", 0), ("board", 1)}
