"""Figures that are made, and saved blank: half of a small run is drawing, which has own tests."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

BLANK = {"svg": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "png": b"\x89PNG\r\n\x1a\n"}


@contextmanager
def undrawn_figures() -> Iterator[None]:
    """Save blank figures; the program as another process draws all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.report.figures.style._saved", lambda figure, form, _: BLANK[form])
        yield
