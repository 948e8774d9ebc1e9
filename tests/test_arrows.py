"""Which rooms of sim/ may know which: arrows point one way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SIM = Path(__file__).resolve().parents[1] / "sim"
BELOW = {
    "scenario": "",
    "traffic": "scenario",
    "clearance": "scenario traffic",
    "engine": "scenario clearance",
    "measure": "scenario traffic clearance engine",
    "files": "scenario traffic",
    "calibrate": "scenario files measure",
    "study": "scenario files traffic clearance engine measure",
    "verify": "scenario traffic clearance engine measure study",
    "report": "scenario clearance study calibrate verify",
    "command": "scenario files clearance study calibrate verify",
    "actions": "scenario command report study calibrate verify",
}


def imported(path: Path) -> Iterator[str]:
    """Rooms that a file imports from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim."):
            yield (node.module or "").split(".")[1]


def test_every_room_has_its_place() -> None:
    assert {path.parent.name for path in SIM.glob("*/__init__.py")} == set(BELOW)


@pytest.mark.parametrize("room", sorted(BELOW))
def test_a_room_knows_only_those_below_it(room: str) -> None:
    allowed = {room, *BELOW[room].split()}
    wrong = {
        f"{path.relative_to(SIM)}: {found}"
        for path in (SIM / room).rglob("*.py")
        for found in imported(path)
        if found not in allowed
    }
    assert not wrong
