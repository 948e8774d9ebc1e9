"""Keys of ``python run.py best`` that are no overrides of a run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sim.scenario.errors import InputError, unknown_name
from sim.study.ranking.question import Indifference, Procedure

KEYS = (
    "subsets", "kpi", "sense", "indifference", "detection", "procedure", "confidence", "first",
    "ceiling", "budget",
)  # fmt: skip
_OF_ZONE = ("confidence", "ceiling")
_OF_BUDGET = ("budget",)
_NUMBER = re.compile(r"\d+(\.\d+)?")
_DEFAULT_SHARE = 0.01
_DEFAULT_CONFIDENCE = 0.95
_LEAST_CONFIDENCE = 0.5

Option = TypeVar("Option", bound=str)


@dataclass(frozen=True)
class BestKeys:
    """Texts that were given, by key."""

    texts: Mapping[str, str]

    @classmethod
    def of(cls, words: Sequence[str]) -> BestKeys:
        """Read ``key=value`` words whose keys are known.

        Raises:
            InputError: a key without a value, or given twice.
        """
        texts: dict[str, str] = {}
        for word in words:
            key, _, value = word.partition("=")
            if not value:
                raise InputError(f"{key}: write it as {key}=<value>")
            if key in texts:
                raise InputError(f"{word}: '{key}' is given twice")
            texts[key] = value
        return cls(texts)

    def check_those_of(self, procedure: Procedure) -> None:
        """Raise an InputError for a key that the procedure has no use for."""
        for key in _OF_ZONE if procedure == "ocba" else _OF_BUDGET:
            if key in self.texts:
                others = "kn and kn++" if procedure == "ocba" else "ocba"
                raise InputError(f"{key}: is of {others}, not of procedure={procedure}")

    def text(self, key: str, default: str) -> str:
        """What a key was given."""
        return self.texts.get(key, default)

    def one_of(self, key: str, allowed: Sequence[Option], default: Option) -> Option:
        """One of some options.

        Raises:
            InputError: another one.
        """
        given = self.texts.get(key, default)
        for option in allowed:
            if option == given:
                return option
        raise unknown_name(key, "option", given, allowed)

    def whole(self, key: str, least: int, default: int) -> int:
        """A whole number.

        Raises:
            InputError: it is none, or too small.
        """
        given = self.texts.get(key, str(default))
        if not given.isdecimal() or int(given) < least:
            raise InputError(f"{key}: a whole number from {least} is expected, given '{given}'")
        return int(given)

    def confidence(self) -> float:
        """The probability of a correct choice.

        Raises:
            InputError: it is none, or no better than a toss.
        """
        given = self.texts.get("confidence", str(_DEFAULT_CONFIDENCE))
        if not _NUMBER.fullmatch(given) or not _LEAST_CONFIDENCE < float(given) < 1:
            raise InputError(
                f"confidence: a number above {_LEAST_CONFIDENCE} and below 1 is expected, "
                f"given '{given}'"
            )
        return float(given)

    def indifference(self) -> Indifference:
        """The least difference worth finding.

        Raises:
            InputError: it is no number above 0, with or without a per cent sign.
        """
        if "indifference" not in self.texts:
            return Indifference(_DEFAULT_SHARE, is_share=True)
        given = self.texts["indifference"]
        number, percent = given.removesuffix("%").rstrip(), given.endswith("%")
        if not _NUMBER.fullmatch(number) or not float(number):
            raise InputError(
                "indifference: a number above 0 is expected, in the unit of the KPI or with %, "
                f"given '{given}'"
            )
        return Indifference(float(number) / 100 if percent else float(number), percent)
