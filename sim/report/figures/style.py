"""One look for all figures: fonts, colours that colour-blind readers can tell apart, bytes."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from sim.report.figures.chinese_fonts import chinese_fonts
from sim.scenario.base import Language
from sim.study.settings import Point

INK = "#1f2933"
MUTED = "#616e7c"
GRID = "#dde2e8"
BASELINE = "#4a5563"
PNG_DPI = 200

STAGES = {
    "discharge": "#9fb3c8",
    "preparation": "#e9c46a",
    "clearance": "#1d5f9e",
    "pickup": "#a8d5ba",
    "after_release": "#e8b4a0",
    "departure": "#8d6a9f",
}
PARTIES = {
    "carrier": "#56b4e9",
    "port": "#b4bfca",
    "trader": "#e69f00",
    "customs": "#0072b2",
    "quarantine": "#009e73",
    "maritime": "#8c6d31",
    "border": "#d55e00",
    "joint": "#b5598c",
}
PAYERS = {"trader": "#e69f00", "carrier": "#56b4e9", "port": "#b4bfca", "government": "#0072b2"}
TIMES = {"working": "#1d5f9e", "waiting": "#e9963e", "off_shift": "#cbd2d9"}
_SCENARIOS = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#b5598c",
    "#d55e00",
    "#56b4e9",
    "#8c6d31",
    "#332288",
    "#999933",
)
_LATIN_FONT = "DejaVu Sans"
_SETTINGS: dict[Any, Any] = {
    "font.size": 8.5,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 8.0,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.5,
    "xtick.major.width": 0.6,
    "ytick.major.size": 0,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "hatch.linewidth": 0.4,
    "svg.fonttype": "path",
    "svg.hashsalt": "portclear",
    "figure.facecolor": "white",
}


@contextmanager
def house_style(language: Language = "en") -> Iterator[None]:
    """Draw and save within the house style, with a font for the language."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        mpl.rcParams["font.family"] = _fonts(language)
        if language == "zh":
            # Few Chinese fonts are there in bold.
            mpl.rcParams["axes.titleweight"] = "normal"
        yield


def _fonts(language: Language) -> list[str]:
    """The font matplotlib brings; for Chinese also one of the machine, where it has one."""
    return [_LATIN_FONT] if language == "en" else [_LATIN_FONT, *chinese_fonts()[:1]]


def title_weight() -> str:
    """Weight of what stands out; within the house style, one that the font has."""
    return str(mpl.rcParams["axes.titleweight"])


def svg_bytes(figure: Figure) -> bytes:
    """The figure as SVG; within the house style, the same bytes for the same figure."""
    return _saved(figure, "svg", {"Date": None, "Creator": None})


def png_bytes(figure: Figure) -> bytes:
    """The figure as PNG; within the house style, the same bytes for the same figure."""
    return _saved(figure, "png", {"Software": None})


def _saved(figure: Figure, form: str, metadata: dict[str, None]) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, dpi=PNG_DPI, metadata=metadata)
    return buffer.getvalue()


def scenario_colours(points: Sequence[Point]) -> dict[str, str]:
    """The baseline in grey, the others in turn."""
    colours = {points[0].name: BASELINE}
    for place, point in enumerate(points[1:]):
        colours[point.name] = _SCENARIOS[place % len(_SCENARIOS)]
    return colours


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    red, green, blue = to_rgb(colour)
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else "white"


def bare_rows(axes: Axes, labels: Sequence[str]) -> None:
    """Rows from top to bottom with their labels, and a light vertical grid."""
    axes.set_yticks(range(len(labels)), labels=list(labels))
    axes.set_ylim(len(labels) - 0.45, -0.55)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlim(left=0)


def total_interval(axes: Axes, row: float, low: float, high: float) -> None:
    """A thin whisker at a height between rows, where no number is."""
    axes.plot([low, high], [row, row], color=INK, linewidth=1.1, solid_capstyle="butt")
    for end in (low, high):
        axes.plot([end, end], [row - 0.08, row + 0.08], color=INK, linewidth=0.9)
