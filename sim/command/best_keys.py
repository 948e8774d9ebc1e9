"""Keys of ``python run.py best`` that are no overrides of a run."""

from __future__ import annotations

from sim.command.own_keys import OwnKeys, plain_number
from sim.scenario.errors import InputError
from sim.study.choice.question import Indifference, Procedure

KEYS = (
    "subsets", "kpi", "sense", "indifference", "detection", "procedure", "confidence", "first",
    "ceiling", "budget",
)  # fmt: skip
_OF_ZONE = ("confidence", "ceiling")
_OF_BUDGET = ("budget",)
_DEFAULT_SHARE = 0.01
_DEFAULT_CONFIDENCE = 0.95
_LEAST_CONFIDENCE = 0.5


class BestKeys(OwnKeys):
    """Texts that were given, by key."""

    def check_those_of(self, procedure: Procedure) -> None:
        """Raise an InputError for a key that the procedure has no use for."""
        for key in _OF_ZONE if procedure == "ocba" else _OF_BUDGET:
            if key in self.texts:
                others = "kn and kn++" if procedure == "ocba" else "ocba"
                raise InputError(f"{key}: is of {others}, not of procedure={procedure}")

    def confidence(self) -> float:
        """The probability of a correct choice.

        Raises:
            InputError: it is none, or no better than a toss.
        """
        return self.between("confidence", _LEAST_CONFIDENCE, 1, _DEFAULT_CONFIDENCE)

    def indifference(self) -> Indifference:
        """The least difference worth finding.

        Raises:
            InputError: it is no number above 0, with or without a per cent sign.
        """
        if "indifference" not in self.texts:
            return Indifference(_DEFAULT_SHARE, is_share=True)
        given = self.texts["indifference"]
        amount, percent = plain_number(given.removesuffix("%").rstrip()), given.endswith("%")
        if not amount:
            raise InputError(
                "indifference: a number above 0 is expected, in the unit of the KPI or with %, "
                f"given '{given}'"
            )
        return Indifference(amount / 100 if percent else amount, percent)
