"""Walks through a model to the blocks that say where their figures come from."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from sim.scenario.base import Sourced
from sim.scenario.change import StepChange

Block = Sourced | StepChange


def sourced_blocks(content: Any, place: str = "") -> Iterator[tuple[str, Block]]:
    """Every block with a provenance and its dotted key, an outer one before those inside it."""
    if isinstance(content, Sourced | StepChange) and (basis(content) or content.assumption):
        yield place, content
    for name, part in _parts(content):
        yield from sourced_blocks(part, f"{place}.{name}" if place else name)


def basis(block: Block) -> str:
    """What the figures of a block rest on, in its words; nothing where they are assumed alone."""
    calibrated = block.calibrated_to if isinstance(block, Sourced) else None
    return block.source or calibrated or ""


def _parts(content: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(content, BaseModel):
        yield from ((name, getattr(content, name)) for name in type(content).model_fields)
    elif isinstance(content, Mapping):
        yield from ((str(name), part) for name, part in content.items())
    elif isinstance(content, tuple):
        yield from ((str(place), part) for place, part in enumerate(content))
