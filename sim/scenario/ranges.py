"""Figures to be moved in a sensitivity study, and between which values."""

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Strict, Text
from sim.scenario.design import Factor


class Ranges(Strict):
    """Factors with a low and a high value, as those of a design; ``scenario`` is what has them."""

    scenario: Text | None = None
    factors: Annotated[tuple[Factor, ...], Field(min_length=1)]
