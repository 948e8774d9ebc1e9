"""Public holidays, and the working days at weekends that make up for them."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Label, Sourced
from sim.scenario.dates import IsoDate, days_after
from sim.scenario.hours import Weekday


class Holiday(Sourced):
    """Days in a row on which hours that follow holidays are closed, or like another weekday."""

    label: Label
    first: IsoDate
    days: Annotated[int, Field(strict=True, ge=1, le=366)]
    kept_as: Literal["closed", Weekday]

    @property
    def dates(self) -> list[str]:
        """The dates it covers."""
        return [days_after(self.first, number) for number in range(self.days)]
