"""Names beside points; where there is no room for each, near points share one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from matplotlib.axes import Axes

from sim.report.figures.style import INK

_SIZE = 7.0
_OFFSET = 4.0
# Of the size: a letter is about so wide, a line so high.
_LETTER, _LINE = 0.62, 1.3
_NAMES_A_LINE = 3
# Beyond this part of the panel names are on the left of their points.
_TURN = 0.65


@dataclass(frozen=True)
class _Group:
    """Names at one place, in points from the lower left corner of the panel."""

    names: tuple[str, ...]
    across: float
    along: float
    is_left: bool

    @property
    def text(self) -> str:
        """Some names a line."""
        starts = range(0, len(self.names), _NAMES_A_LINE)
        return ",\n".join(", ".join(self.names[at : at + _NAMES_A_LINE]) for at in starts)

    def overlaps(self, other: _Group) -> bool:
        """Whether the two texts would touch."""
        (left, low, right, high), (start, foot, end, top) = self._box(), other._box()
        return left < end and start < right and low < top and foot < high

    def _box(self) -> tuple[float, float, float, float]:
        lines = self.text.split("\n")
        width = _LETTER * _SIZE * max(map(len, lines)) + _OFFSET
        left = self.across - width if self.is_left else self.across
        return left, self.along, left + width, self.along + _LINE * _SIZE * len(lines)

    def joined(self, other: _Group) -> _Group:
        """Both as one, at the place of this one."""
        return _Group((*self.names, *other.names), self.across, self.along, self.is_left)


def draw_names(axes: Axes, places: Mapping[str, tuple[float, float]]) -> None:
    """Write names beside points of a panel whose size and limits are settled.

    Args:
        axes: the panel.
        places: of the points, in data of the panel, by name.
    """
    figure = axes.get_figure()
    assert figure is not None
    axes.autoscale_view()
    box = axes.get_window_extent()
    scale = 72 / figure.dpi
    groups = []
    for name, place in places.items():
        across, along = axes.transData.transform(place)
        is_left = across - box.x0 > _TURN * box.width
        groups.append(_Group((name,), scale * (across - box.x0), scale * (along - box.y0), is_left))
    for group in _without_overlaps(groups):
        axes.annotate(group.text, places[group.names[0]],
                      (-_OFFSET if group.is_left else _OFFSET, _OFFSET),
                      textcoords="offset points", ha="right" if group.is_left else "left",
                      fontsize=_SIZE, color=INK)  # fmt: skip


def _without_overlaps(groups: list[_Group]) -> list[_Group]:
    while True:
        pair = next((two for two in combinations(groups, 2) if two[0].overlaps(two[1])), None)
        if pair is None:
            return groups
        first, second = pair
        groups = [first.joined(second) if one is first else one
                  for one in groups if one is not second]  # fmt: skip
