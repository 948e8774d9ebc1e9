"""Pools of the port after the reforms: staff of the agencies, facilities, and what was pooled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sim.clearance.capacity import Capacity
from sim.clearance.disruptions import disrupted
from sim.clearance.reforms import reform_order
from sim.clearance.working_hours import rostered, working_hours
from sim.scenario.base import Label
from sim.scenario.change import PoolChange
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import Operator, SetPool
from sim.scenario.resources import (
    ROLES,
    Agency,
    Discipline,
    EndOfShift,
    Facility,
    NumberOrRoster,
    Role,
    Roster,
    Slots,
)
from sim.scenario.scenario import Scenario

_NOBODY = Capacity(((0, 0),))


@dataclass(frozen=True)
class Pool:
    """Equal units that steps ask for.

    Attributes:
        name: ``agency.role`` or a facility.
        label: of the facility, or of the agency whose staff it is.
        capacity: units in its hours, or a roster that brings hours of its own.
        hours: name of the working hours; empty for slots.
        end_of_shift: whether work in hand is finished after hours or suspended.
        discipline: whether the first in line reserves what it still lacks.
        area_m2: floor area, if it has one.
        examination_site: whether boxes stand there to be examined.
        offered: whether conveyances offer the units, for good, at their cut-off.
        agencies: whose staff it is, with the share of each; empty if it is no staff.
    """

    name: str
    label: Label
    capacity: NumberOrRoster
    hours: str
    end_of_shift: EndOfShift
    discipline: Discipline
    area_m2: float = 0.0
    examination_site: bool = False
    offered: bool = False
    agencies: tuple[tuple[str, float], ...] = ()

    @property
    def roster(self) -> Roster:
        """Units by the hours they are there."""
        return {self.hours: self.capacity} if isinstance(self.capacity, int) else self.capacity


@dataclass(frozen=True)
class Resources:
    """Pools by name, and where the name of a pool that was merged away now leads."""

    scenario: Scenario = field(compare=False)
    pools: Mapping[str, Pool]
    merged_into: Mapping[str, str]

    @cached_property
    def hours(self) -> Mapping[str, Capacity]:
        """Working hours by name, as one unit that is there while they are open."""
        return working_hours(self.scenario)

    @cached_property
    def capacity(self) -> Mapping[str, Capacity]:
        """Units of every pool over time, with holidays and disruptions.

        Raises:
            InputError: a disruption names a pool that is not there.
        """
        planned = {
            name: _NOBODY if pool.offered else rostered(pool.roster, self.hours)
            for name, pool in self.pools.items()
        }
        return disrupted(planned, self.scenario, self.resolve)

    def resolve(self, name: str) -> str:
        """Return the pool that now answers to a name."""
        while name in self.merged_into:
            name = self.merged_into[name]
        return name


def resources_of(scenario: Scenario) -> Resources:
    """Return the pools with the changes of all reforms in force.

    A reform that nobody adopts changes no pool.

    Raises:
        InputError: an operator names a pool that is not there.
    """
    resources = Resources(scenario, _base_pools(scenario), {})
    for name in reform_order(scenario):
        reform = scenario.reforms[name]
        if reform.adoption.by_anybody:
            for number, operator in enumerate(reform.operators):
                if operator.concerns(scenario.workflows):
                    resources = _apply(resources, operator, f"reforms.{name}.operators.{number}")
    return resources


def _base_pools(scenario: Scenario) -> dict[str, Pool]:
    pools: dict[str, Pool] = {}
    for name, agency in scenario.agencies.items():
        for role in ROLES:
            pools[f"{name}.{role}"] = _staff(name, role, agency)
    for name, facility in scenario.port.facilities.items():
        pools[name] = _facility(name, facility)
    for name, slots in scenario.port.slots.items():
        pools[name] = _slots(name, slots)
    return pools


def _staff(name: str, role: Role, agency: Agency) -> Pool:
    return Pool(
        name=f"{name}.{role}",
        label=agency.label,
        capacity=getattr(agency, role),
        hours=agency.role_hours.get(role, agency.hours),
        end_of_shift=agency.end_of_shift,
        discipline=agency.discipline,
        agencies=((name, 1.0),),
    )


def _facility(name: str, facility: Facility) -> Pool:
    return Pool(
        name=name,
        label=facility.label,
        capacity=facility.capacity,
        hours=facility.hours,
        end_of_shift=facility.end_of_shift,
        discipline=facility.discipline,
        area_m2=facility.area_m2 or 0.0,
        examination_site=facility.examination_site,
    )


def _slots(name: str, slots: Slots) -> Pool:
    """Slots are there only at the instant in which a conveyance offers them."""
    return Pool(
        name=name,
        label=slots.label,
        capacity={},
        hours="",
        end_of_shift="finish",
        discipline="strict",
        offered=True,
    )


def _apply(resources: Resources, operator: Operator, where: str) -> Resources:
    if operator.pool is not None:
        names = [_known(resources, name, where) for name in operator.pool.pools]
        if len(set(names)) < len(names):
            listed = ", ".join(operator.pool.pools)
            raise InputError(f"{where}.pools: of {listed}, some are one pool already")
        return _pooled(resources, names, operator, where)
    if isinstance(operator.set, SetPool):
        name = _known(resources, operator.set.pool, where)
        changed = _changed(resources.pools[name], operator.set.to, f"{where}.set.to")
        return replace(resources, pools={**resources.pools, name: changed})
    return resources


def _known(resources: Resources, name: str, where: str) -> str:
    resolved = resources.resolve(name)
    if resolved not in resources.pools:
        raise unknown_name(where, "pool", name, resources.pools)
    return resolved


def _pooled(resources: Resources, names: list[str], operator: Operator, where: str) -> Resources:
    pooling = operator.pool
    assert pooling is not None
    if pooling.into in resources.pools or pooling.into in resources.merged_into:
        raise InputError(f"{where}.into: there is already a pool '{pooling.into}'")
    parts = [resources.pools[name] for name in names]
    for key in _common_fields(parts):
        if getattr(pooling.to, key) is None and len({getattr(part, key) for part in parts}) > 1:
            raise InputError(f"{where}.to.{key}: missing; the pools differ in it")
    whole = replace(
        parts[0],
        name=pooling.into,
        label=pooling.label,
        capacity=_added(parts),
        area_m2=sum(part.area_m2 for part in parts),
        examination_site=any(part.examination_site for part in parts),
        agencies=_shared_agencies(parts),
    )
    pools = {name: pool for name, pool in resources.pools.items() if name not in names}
    pools[pooling.into] = _changed(whole, pooling.to, f"{where}.pool.to")
    merged = {**resources.merged_into, **dict.fromkeys(names, pooling.into)}
    return replace(resources, pools=pools, merged_into=merged)


def _common_fields(parts: list[Pool]) -> tuple[str, ...]:
    """What pools must agree in, where the change does not say it; rosters bring their hours."""
    has_roster = any(not isinstance(part.capacity, int) for part in parts)
    return ("end_of_shift", "discipline") if has_roster else ("hours", "end_of_shift", "discipline")


def _added(parts: list[Pool]) -> NumberOrRoster:
    """A number where all have one, else all rosters added up."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part.roster)
    return sum(total.values()) if "hours" in _common_fields(parts) else dict(total)


def _shared_agencies(parts: list[Pool]) -> tuple[tuple[str, float], ...]:
    """Agencies of pooled staff, each with its share of the officers on all rosters."""
    officers = [sum(part.roster.values()) if part.agencies else 0 for part in parts]
    total = sum(officers)
    shares: dict[str, float] = {}
    for part, number in zip(parts, officers, strict=True):
        for agency, share in part.agencies:
            weight = number / total if total else 1 / len(parts)
            shares[agency] = shares.get(agency, 0.0) + share * weight
    return tuple(shares.items())


def _changed(pool: Pool, change: PoolChange, where: str) -> Pool:
    provenance = {"source", "calibrated_to", "assumption"}
    fields = {
        name: getattr(change, name)
        for name in change.model_fields_set - provenance
        if getattr(change, name) is not None
    }
    changed = replace(pool, **fields)
    if change.hours and not isinstance(changed.capacity, int):
        raise InputError(f"{where}.hours: '{pool.name}' has a roster, which brings its hours")
    return changed
