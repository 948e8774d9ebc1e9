from sim.report.diagram import Diagram, Node, mark_after, mark_before, without_shortcuts


def diagram(names: str, *edges: str, parts: dict[str, tuple[str, ...]] | None = None) -> Diagram:
    merged = parts or {}
    return Diagram(
        tuple(Node(name, name, "trader", merged.get(name, ())) for name in names.split()),
        tuple((edge[0], edge[1]) for edge in edges),
    )


BEFORE = diagram("a b c d e", "ab", "bc", "cd", "de")


def marks(marked: Diagram) -> dict[str, tuple[str, ...]]:
    return {node.name: node.marks for node in marked.nodes if node.marks}


def test_cancelled_and_merged_are_marked_before() -> None:
    after = diagram("a d x", "ax", "xd", parts={"x": ("b", "c")})
    assert marks(mark_before(BEFORE, after)) == {
        "b": ("merged",),
        "c": ("merged",),
        "e": ("cancelled",),
    }


def test_merged_new_moved_and_parallel_are_marked_after() -> None:
    after = diagram("a d e x n", "ax", "xd", "xe", "nd", parts={"x": ("b", "c")})
    found = mark_after(BEFORE, after, {"moved": {"e", "b"}, "parallel": {"d", "c"}})
    assert marks(found) == {
        "x": ("merged",),
        "n": ("new",),
        "e": ("moved",),
        "d": ("parallel",),
    }


def test_marks_of_two_variants_add_up() -> None:
    once = mark_before(BEFORE, diagram("a b c d"))
    twice = mark_before(once, diagram("a b c x", parts={"x": ("d", "e")}))
    assert marks(twice) == {"e": ("cancelled", "merged"), "d": ("merged",)}


def test_an_unchanged_workflow_has_no_marks() -> None:
    assert marks(mark_before(BEFORE, BEFORE)) == {}
    assert marks(mark_after(BEFORE, BEFORE, {})) == {}


def test_shortcuts_are_dropped() -> None:
    slim = without_shortcuts(diagram("a b c d", "ab", "bc", "ac", "cd", "ad"))
    assert slim.edges == (("a", "b"), ("b", "c"), ("c", "d"))
