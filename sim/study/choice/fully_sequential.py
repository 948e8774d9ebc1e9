"""Procedures KN and KN++: replicate all, drop what has fallen behind, until one is left.

KN: Kim & Nelson 2001, ACM Transactions on Modeling and Computer Simulation 11, 251-273. Variances
come from the first stage; for normal values the probability is kept for any variances and any
correlation, so that systems may share their luck. KN++: Kim & Nelson 2006, Operations Research 54,
475-488, here with independent replications for its batches: variances are those of all values so
far, which needs fewer replications; its probability is kept in the limit of a narrow zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.study.choice.continuation import allowed_lag, slope_constant
from sim.study.choice.correct_selection import estimated_probability
from sim.study.choice.moments import Moments
from sim.study.choice.read_ahead import ReadAhead
from sim.study.choice.systems import (
    Basis,
    Floats,
    Prepare,
    Selection,
    Sense,
    Source,
    Step,
    System,
    already_there,
    sign,
)
from sim.study.intervals import paired


@dataclass(frozen=True)
class ZoneRule:
    """What a selection under an indifference zone is to keep.

    Attributes:
        sense: whether less or more is better.
        indifference: the least difference worth finding, in the unit of the values, above 0.
        confidence: probability of choosing the best where it is better than all others by that.
        first: replications of every system before the first is dropped, at least 2.
        ceiling: most replications of one system, at least ``first``.
        updated: whether variances are updated, as in KN++.
        batch: least number of replications to prepare at once; it changes no result.
    """

    sense: Sense
    indifference: float
    confidence: float
    first: int
    ceiling: int
    updated: bool
    batch: int = 1


def select_in_zone(
    names: Sequence[str], source: Source, rule: ZoneRule, prepare: Prepare = already_there
) -> Selection:
    """Choose the best of some systems.

    Of systems whose values are all equal, but for rounding, the first that is named stays. If the
    ceiling comes before the end, the best mean so far is chosen; its probability is only estimated.

    Args:
        names: of the systems.
        source: of their values; asked for those only that a decision rests on.
        rule: of the procedure.
        prepare: told some way ahead which values may be asked for.
    """
    return _Course(names, source, rule, prepare).run()


@dataclass(frozen=True)
class _Fall:
    """After how many replications a system was dropped, and which other one was ahead."""

    after: int
    by: int
    is_equal: bool


class _Course:
    def __init__(
        self, names: Sequence[str], source: Source, rule: ZoneRule, prepare: Prepare
    ) -> None:
        self._names, self._rule = names, rule
        self._values = ReadAhead(source, prepare, rule.first, rule.ceiling, rule.batch)
        self._moments = Moments(len(names))
        self._running = list(range(len(names)))
        self._out: dict[int, _Fall] = {}
        self._steps: list[Step] = []
        self._of_first_stage: Floats | None = None

    def run(self) -> Selection:
        rule, moments = self._rule, self._moments
        while moments.number < rule.first:
            self._replicate()
        while True:
            self._screen()
            self._record()
            if len(self._running) == 1 or moments.number == rule.ceiling:
                return self._selection()
            self._replicate()

    def _replicate(self) -> None:
        values = self._values.replication(
            self._moments.number, [self._names[system] for system in self._running]
        )
        self._moments.add(self._running, sign(self._rule.sense) * values)

    def _screen(self) -> None:
        """Drop systems whose mean lies too far behind that of another, or after an equal one."""
        if len(self._running) == 1:
            return
        rows = np.ix_(self._running, self._running)
        means = self._moments.means[self._running]
        lag = self._allowed_lag()[rows]
        ahead = paired(means[None, :], means[:, None]) - lag
        earlier = np.tri(len(means), k=-1, dtype=bool)
        beaten = (ahead > 0) | ((ahead == 0) & (lag == 0) & earlier)
        order = np.where(beaten, ahead, -np.inf).argmax(axis=1)
        kept = []
        for place, system in enumerate(self._running):
            if beaten[place].any():
                other = int(order[place])
                self._out[system] = _Fall(
                    self._moments.number, self._running[other], is_equal=not ahead[place, other] > 0
                )
            else:
                kept.append(system)
        self._running = kept

    def _allowed_lag(self) -> Floats:
        rule, moments = self._rule, self._moments
        if rule.updated:
            variances, degrees = moments.variances_of_differences(), moments.number - 1
        else:
            if self._of_first_stage is None:
                self._of_first_stage = moments.variances_of_differences()
            variances, degrees = self._of_first_stage, rule.first - 1
        constant = slope_constant(len(self._names), rule.confidence, degrees)
        return allowed_lag(constant, variances, rule.indifference, moments.number)

    def _record(self) -> None:
        spent = sum(self._number_of(system) for system in range(len(self._names)))
        self._steps += [
            Step(
                spent,
                self._names[system],
                self._moments.number,
                float(sign(self._rule.sense) * self._moments.means[system]),
            )
            for system in self._running
        ]

    def _number_of(self, system: int) -> int:
        return self._out[system].after if system in self._out else self._moments.number

    def _selection(self) -> Selection:
        rule = self._rule
        chosen = max(self._running, key=lambda system: self._moments.means[system])
        systems = tuple(self._fate(system) for system in range(len(self._names)))
        if len(self._running) == 1:
            probability = rule.confidence
            basis: Basis = "asymptotic" if rule.updated else "stated"
        else:
            samples = [self._values.until(system.n, system.name) for system in systems]
            better = [sign(rule.sense) * sample for sample in samples]
            probability = estimated_probability(better, chosen, rule.indifference)
            basis = "estimated"
        return Selection(self._names[chosen], probability, basis, systems, tuple(self._steps))

    def _fate(self, system: int) -> System:
        name, number = self._names[system], self._number_of(system)
        mean = float(self._values.until(number, name).mean())
        fall = self._out.get(system)
        if fall is None:
            return System(name, number, mean)
        return System(name, number, mean, self._names[fall.by], fall.is_equal)
