"""What things cost, and who pays."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import Label, Name, NonNegative, Positive, Sourced, Strict
from sim.scenario.workflow import Kind

# Who pays, and who is paid: a payment without a payee among them leaves the four together poorer.
Payer = Literal["trader", "carrier", "port", "government"]
PAYERS: tuple[Payer, ...] = ("trader", "carrier", "port", "government")
Basis = Literal["case", "container", "teu", "document", "data_item", "visit", "hour"]


class Fee(Sourced):
    """CNY for each unit of a basis, of the steps of some kinds or of all steps."""

    label: Label
    payer: Payer
    payee: Payer | None = None
    amount: NonNegative
    per: Basis
    kinds: tuple[Kind, ...] = ()


class BoxFee(Sourced):
    """CNY for each box of twenty or of forty feet."""

    label: Label
    payer: Payer
    payee: Payer | None = None
    twenty_foot: NonNegative
    forty_foot: NonNegative


class Band(Strict):
    """A daily rate from a day on."""

    from_day: Annotated[int, Field(strict=True, ge=1)]
    rate: NonNegative


class DailyCharge(Sourced):
    """CNY per TEU and started day between discharge and gate-out, in rising bands."""

    label: Label
    payer: Payer
    payee: Payer | None = None
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        days = [band.from_day for band in self.bands]
        if days != sorted(set(days)):
            raise ValueError(f"bands start at days {days}; they must rise")
        return self


class Rate(Sourced):
    """A single rate."""

    label: Label
    payer: Payer
    rate: NonNegative


class UsDollar(Sourced):
    """What a US dollar is worth."""

    cny: Positive


class Tariff(Strict):
    """All prices. Money is CNY."""

    us_dollar: UsDollar
    fees: dict[Name, Fee]
    box_fees: dict[Name, BoxFee]
    daily_charges: dict[Name, DailyCharge]
    carrying: Rate
    vessel_hour: Rate
