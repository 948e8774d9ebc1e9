"""The distinct steps of a plan and, for each, the indices its activities carry."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.clearance.capacity import OpenTime, common_time, most_units, open_time
from sim.clearance.plan import PoolDemand, Request
from sim.clearance.resources import Resources
from sim.clearance.step import PoolUnits, Step
from sim.scenario.errors import InputError, unknown_name

Ints = NDArray[np.int64]
Item = TypeVar("Item")
_NONE = -1


class _Interned(dict[Item, int]):
    """Numbers things in the order they are first met."""

    def number(self, item: Item) -> int:
        return self.setdefault(item, len(self))


class StepTable:
    """Collects the distinct steps of a plan and what they ask of calendars and pools."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._pool_names = list(resources.pools)
        self._calendars: _Interned[OpenTime] = _Interned()
        self._steps: _Interned[Step] = _Interned()
        self._requests: _Interned[Request] = _Interned()
        self._returns: _Interned[PoolDemand] = _Interned()
        self._offers: _Interned[PoolDemand] = _Interned()
        self._rows: list[tuple[int, int, int, int]] = []
        self.pools = tuple(resources.pools.values())
        self.capacity = tuple(resources.capacity[name] for name in resources.pools)
        self.pool_calendar = tuple(
            self._calendars.number(open_time(capacity)) for capacity in self.capacity
        )

    def row(self, step: Step) -> int:
        """Return the index of a step, entering it if it is new."""
        number = self._steps.number(step)
        if number == len(self._rows):
            self._rows.append(self._indices(step))
        return number

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps entered so far."""
        return tuple(self._steps)

    @property
    def calendars(self) -> tuple[OpenTime, ...]:
        """The calendars in use."""
        return tuple(self._calendars)

    @property
    def requests(self) -> tuple[Request, ...]:
        """The distinct requests."""
        return tuple(self._requests)

    @property
    def returns(self) -> tuple[PoolDemand, ...]:
        """The distinct sets of units given back."""
        return tuple(self._returns)

    @property
    def offers(self) -> tuple[PoolDemand, ...]:
        """The distinct sets of slots offered."""
        return tuple(self._offers)

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Request, returned units, offered slots and calendar of every step, as indices."""
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 4)
        return rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]

    def _indices(self, step: Step) -> tuple[int, int, int, int]:
        demand = self._demand(step.name, (*step.uses, *step.takes))
        back = self._demand(step.name, (*step.uses, *step.returns))
        request = self._requests.number(self._request(step, demand)) if demand else _NONE
        returned = self._returns.number(back) if back else _NONE
        slots = self._demand(step.name, step.offers)
        offered = self._offers.number(slots) if slots else _NONE
        calendar = _NONE
        if step.hours:
            calendar = self._calendars.number(open_time(self._resources.hours[step.hours]))
        return request, returned, offered, calendar

    def _demand(self, step: str, wanted: PoolUnits) -> PoolDemand:
        total: Counter[str] = Counter()
        for pool, number in wanted:
            resolved = self._resources.resolve(pool)
            if resolved not in self._resources.pools:
                raise unknown_name(f"step '{step}'", "pool", pool, self._resources.pools)
            total[resolved] += number
        return tuple(sorted((self._pool_names.index(pool), n) for pool, n in total.items()))

    def _request(self, step: Step, demand: PoolDemand) -> Request:
        self._check_supply(step, demand)
        suspending = [
            self.capacity[pool] for pool, _ in demand if self.pools[pool].end_of_shift == "suspend"
        ]
        if not suspending:
            return Request(demand, _NONE)
        shift = common_time(suspending, [1] * len(suspending))
        return Request(demand, self._calendars.number(shift))

    def _check_supply(self, step: Step, demand: PoolDemand) -> None:
        """Pools that have staff must have enough of it, and all at the same time."""
        demand = tuple((pool, units) for pool, units in demand if not self.pools[pool].offered)
        if not demand:
            return
        most = [most_units(self.capacity[pool].weekly) for pool, _ in demand]
        for (pool, units), there in zip(demand, most, strict=True):
            if 0 < there < units:
                raise InputError(
                    f"step '{step.name}' needs {units} of '{self.pools[pool].name}', "
                    f"which has {there}"
                )
        together = common_time(
            [self.capacity[pool] for pool, _ in demand], [units for _, units in demand]
        )
        if all(most) and not together.weekly:
            raise InputError(
                f"step '{step.name}': its pools never have what it needs at the same time"
            )
