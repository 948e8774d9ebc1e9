"""Scenarios of several places, each a scenario of its own."""

from typing import Annotated

from pydantic import Field

from sim.scenario.base import Label, Name, Strict
from sim.scenario.reform import Distinct


class SeveralPlaces(Strict):
    """What a document orders for several places: a scenario for each of them.

    Each is run against its own baseline, and has its own scorecard: nothing is summed over places.
    """

    name: Name
    label: Label
    description: Label
    places: Annotated[tuple[Name, ...], Field(min_length=2), Distinct]
