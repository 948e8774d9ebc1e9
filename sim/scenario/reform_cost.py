"""What it costs to bring a reform about and to keep it going."""

from collections.abc import Collection
from typing import Self

from pydantic import model_validator

from sim.scenario.base import Label, Name, NonNegative, Positive, Sourced
from sim.scenario.tariff import Payer


class ReformCost(Sourced):
    """CNY once and CNY a year. What was bought once is bought again when its life is over.

    ``only`` keeps it to scenarios that have any of these workflows of the reform. Staff and floor
    area that a reform changes have their price in the tariff and are not repeated here.
    """

    only: tuple[Name, ...] = ()
    label: Label
    payer: Payer
    one_off: NonNegative = 0
    per_year: NonNegative = 0
    life_years: Positive | None = None

    def concerns(self, workflows: Collection[str]) -> bool:
        """Whether it is paid in a scenario that has these workflows."""
        return not self.only or any(workflow in workflows for workflow in self.only)

    @model_validator(mode="after")
    def _costs_something(self) -> Self:
        if not (self.one_off or self.per_year):
            raise ValueError("needs 'one_off' or 'per_year', in CNY")
        if self.life_years and not self.one_off:
            raise ValueError("'life_years' is for what 'one_off' buys")
        return self
