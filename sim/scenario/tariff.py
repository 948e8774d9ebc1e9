"""What things cost, who pays and who is paid."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.base import Label, Name, NonNegative, Positive, Sourced, Strict
from sim.scenario.workflow import Kind, Mode

# Who pays, and who is paid: a payment without a payee among them leaves the four together poorer.
Payer = Literal["trader", "carrier", "port", "government"]
PAYERS: tuple[Payer, ...] = ("trader", "carrier", "port", "government")
Basis = Literal[
    "case", "container", "teu", "kg", "document", "data_item", "visit", "hour", "duty",
]  # fmt: skip
Stay = Literal["yard", "discharge_to_gate_out", "discharge_to_return", "gate_out_to_return"]
StayBasis = Literal["case", "teu", "container", "unit_load", "kg"]


class Charge(Sourced):
    """Who pays whom, for consignments of some flows and modes of transport or for all."""

    label: Label
    payer: Payer
    payee: Payer | None = None
    flows: tuple[Name, ...] = ()
    modes: tuple[Mode, ...] = ()

    @model_validator(mode="after")
    def _pays_another(self) -> Self:
        if self.payee == self.payer:
            raise ValueError(f"payee: '{self.payer}' pays already and cannot be paid")
        return self


class Fee(Charge):
    """CNY for each unit of a basis, of the steps of some kinds or of all steps.

    Those by case, kilogram and duty are charged once for a consignment that meets such a step; by
    duty, the amount is a share of it. A fee that is waived where no examination found anything is
    then paid by ``waived_paid_by``, or by nobody: who does the work has it for nothing.
    """

    amount: NonNegative
    per: Basis
    kinds: tuple[Kind, ...] = ()
    waived_without_finding: Annotated[bool, Field(strict=True)] = False
    waived_paid_by: Payer | None = None

    @model_validator(mode="after")
    def _pays_what_is_waived(self) -> Self:
        if self.waived_paid_by and not self.waived_without_finding:
            raise ValueError("'waived_paid_by' needs 'waived_without_finding: true'")
        return self


class BoxFee(Charge):
    """CNY for each container of twenty or of forty feet."""

    twenty_foot: NonNegative
    forty_foot: NonNegative


class Band(Strict):
    """A rate from a started day or hour of the stay on."""

    first: Annotated[int, Field(strict=True, ge=1)]
    rate: NonNegative


class StayCharge(Charge):
    """CNY for each unit of a basis and each started day or hour of a stay, in rising bands.

    What comes before the first band is free. The stay is that in the yard (from discharge or
    gate-in until it leaves); or, as carriers count, from discharge to gate-out or to the return of
    the empty box; or from gate-out to that return. An empty box is returned ``turn_days`` after
    gate-out. By container, the rate is for twenty feet; one of forty pays ``forty_foot_factor``
    times as much.
    """

    stay: Stay
    per: StayBasis
    started: Literal["day", "hour"] = "day"
    forty_foot_factor: Positive | None = None
    turn_days: NonNegative | None = None
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        starts = [band.first for band in self.bands]
        if starts != sorted(set(starts)):
            raise ValueError(f"bands start at {starts}; they must rise")
        self._require("turn_days", self.stay.endswith("_to_return"), f"a stay '{self.stay}'")
        self._require("forty_foot_factor", self.per == "container", f"a charge by {self.per}")
        return self

    def _require(self, field: str, is_needed: bool, what: str) -> None:
        if is_needed != (getattr(self, field) is not None):
            raise ValueError(f"{field}: {what} {'needs' if is_needed else 'does not take'} it")


class Rate(Sourced):
    """A single rate."""

    label: Label
    payer: Payer
    rate: NonNegative


class UsDollar(Sourced):
    """What a US dollar is worth."""

    cny: Positive


class Appraisal(Sourced):
    """How far ahead, and at which yearly rate, costs and benefits of reforms are discounted."""

    discount_rate: NonNegative
    horizon_years: Annotated[int, Field(strict=True, ge=1, le=100)]


class Tariff(Strict):
    """All prices. Money is CNY.

    ``conveyance_hours`` is by workflow, ``area`` for a square metre and year, ``carrying`` a share
    of the value a day.
    """

    us_dollar: UsDollar
    fees: dict[Name, Fee]
    box_fees: dict[Name, BoxFee]
    stay_charges: dict[Name, StayCharge]
    carrying: Rate
    conveyance_hours: dict[Name, Rate]
    area: Rate
    appraisal: Appraisal
