"""Keys of ``python run.py sensitivity`` that are no overrides of a run."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from sim.command.own_keys import OwnKeys
from sim.scenario.errors import InputError
from sim.study.sensitivity.question import Method

_OF_METHOD: Mapping[str, tuple[Method, ...]] = {
    "sense": ("ranking",),
    "trajectories": ("morris",),
    "levels": ("morris",),
    "samples": ("sobol",),
    "sampling_seed": ("morris", "sobol"),
}
_OF_ASSUMED = ("only", "down", "up")
KEYS = ("method", "factors", "kpi", "language", *_OF_METHOD, *_OF_ASSUMED)
ASSUMED = "assumed"
_DOWN, _UP = 0.8, 1.2
_SAMPLES, _TRAJECTORIES, _LEVELS, _SEED = 64, 10, 4, 2017


class SensitivityKeys(OwnKeys):
    """Texts that were given, by key."""

    @property
    def factors(self) -> str:
        """``assumed``, or a file."""
        return self.text("factors", ASSUMED)

    def check_those_of(self, method: Method) -> None:
        """Raise an InputError for a key that the method or its factors have no use for."""
        for key, methods in _OF_METHOD.items():
            if key in self.texts and method not in methods:
                raise InputError(f"{key}: is of method={'|'.join(methods)}, not of method={method}")
        for key in _OF_ASSUMED:
            if key in self.texts and self.factors != ASSUMED:
                raise InputError(f"{key}: is of factors={ASSUMED}; a file has 'low' and 'high'")

    def check_numbers(self) -> None:
        """Raise an InputError for a number that cannot be used, before anything is composed."""
        for read in (self.ends, self.samples, self.trajectories, self.levels, self.sampling_seed):
            read()

    def ends(self) -> tuple[float, float]:
        """What assumed figures are multiplied by, down and up.

        Raises:
            InputError: no number, or one on the wrong side of 1.
        """
        return self.between("down", 0, 1, _DOWN), self.between("up", 1, inf, _UP)

    def only(self) -> tuple[str, ...]:
        """Beginnings of the names of figures to be moved.

        Raises:
            InputError: an empty list.
        """
        given = self.text("only", "").removeprefix("[").removesuffix("]")
        parts = tuple(part.strip() for part in given.split(",") if part.strip())
        if "only" in self.texts and not parts:
            raise InputError("only: names no figure, write it as only=[agencies.customs]")
        return parts

    def samples(self) -> int:
        """Points of each sample of a Sobol study.

        Raises:
            InputError: no power of two.
        """
        number = self.whole("samples", 2, _SAMPLES)
        if number & (number - 1):
            below = 1 << number.bit_length() - 1
            raise InputError(
                f"samples: a power of two is expected, such as {below} or {2 * below}, "
                f"given {number}"
            )
        return number

    def trajectories(self) -> int:
        """Walks of a Morris study."""
        return self.whole("trajectories", 2, _TRAJECTORIES)

    def levels(self) -> int:
        """Levels of the grid that walks go through.

        Raises:
            InputError: an odd number.
        """
        levels = self.whole("levels", 2, _LEVELS)
        if levels % 2:
            raise InputError(f"levels: an even number is expected, given {levels}")
        return levels

    def sampling_seed(self) -> int:
        """Seed of samples and bootstraps; that of luck is ``experiment.seed``."""
        return self.whole("sampling_seed", 0, _SEED)
