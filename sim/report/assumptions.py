"""Which figures of a scenario are assumed, and which have a source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from sim.scenario.provenance import Block, basis, sourced_blocks
from sim.study.settings import Point


@dataclass(frozen=True)
class Provenance:
    """A block of figures of a scenario: where it is, what it says, where that comes from."""

    place: str
    figures: str
    basis: str
    is_assumption: bool

    @property
    def area(self) -> str:
        """The part of the scenario it belongs to."""
        return self.place.partition(".")[0]


def provenance(points: Sequence[Point]) -> list[Provenance]:
    """Every block of figures of a run's scenarios as written, each place and text once."""
    found: dict[tuple[str, str], Provenance] = {}
    for point in points:
        for entry in provenance_of(point.written):
            found.setdefault((entry.place, entry.figures), entry)
    return list(found.values())


def provenance_of(content: BaseModel) -> Iterator[Provenance]:
    """Every block of figures in a scenario or a reform."""
    for place, block in sourced_blocks(content):
        yield _entry(place, block)


def _entry(place: str, block: Block) -> Provenance:
    return Provenance(place, _figures(block), basis(block), block.assumption)


def _figures(block: Block) -> str:
    """The block's own plain values, without the nested blocks that are listed themselves."""
    shown = [
        f"{name} {_plain(value)}"
        for name in type(block).model_fields
        if name in block.model_fields_set - _NO_FIGURES
        for value in [getattr(block, name)]
        if value is not None and _is_plain(value)
    ]
    return ", ".join(shown)


def _is_plain(value: object) -> bool:
    """Whether it is a number or a word, or a list or a table of such, as of hours or shares."""
    if isinstance(value, Mapping):
        return bool(value) and all(_is_plain(part) for part in value.values())
    if isinstance(value, tuple):
        return bool(value) and all(_is_plain(part) for part in value)
    return isinstance(value, str | int | float)


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_plain(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        return " ".join(_plain(part) for part in value)
    return str(value)


_NO_FIGURES = {"source", "calibrated_to", "assumption", "label"}
