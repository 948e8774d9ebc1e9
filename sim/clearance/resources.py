"""Pools of the port after the reforms: staff of the agencies, facilities, and what was pooled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.clearance.reforms import reform_order
from sim.scenario.base import Label
from sim.scenario.errors import InputError, unknown_name
from sim.scenario.reform import Operator, PoolChange, SetPool
from sim.scenario.resources import ROLES, Agency, Discipline, EndOfShift, Facility, Slots
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Pool:
    """Equal units that steps ask for.

    Attributes:
        name: ``agency.role`` or a facility.
        label: of the facility, or of the agency whose staff it is.
        capacity: units on shift.
        hours: name of the working hours; None for slots.
        end_of_shift: whether work in hand is finished after hours or suspended.
        discipline: whether the first in line reserves what it still lacks.
        area_m2: floor area, if it has one.
        offered: whether conveyances offer the units, for good, at their cut-off.
        agencies: whose staff it is, with the share of each; empty if it is no staff.
    """

    name: str
    label: Label
    capacity: int
    hours: str | None
    end_of_shift: EndOfShift
    discipline: Discipline
    area_m2: float = 0.0
    offered: bool = False
    agencies: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Resources:
    """Pools by name, and where the name of a pool that was merged away now leads."""

    pools: Mapping[str, Pool]
    merged_into: Mapping[str, str]

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
    resources = Resources(_base_pools(scenario), {})
    for name in reform_order(scenario):
        reform = scenario.reforms[name]
        if reform.adoption.share > 0:
            for number, operator in enumerate(reform.operators):
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


def _staff(name: str, role: str, agency: Agency) -> Pool:
    return Pool(
        name=f"{name}.{role}",
        label=agency.label,
        capacity=getattr(agency, role),
        hours=agency.boarding_hours if role == "boarding_officers" else agency.hours,
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
    )


def _slots(name: str, slots: Slots) -> Pool:
    """Slots are there only at the instant in which a conveyance offers them."""
    return Pool(
        name=name,
        label=slots.label,
        capacity=0,
        hours=None,
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
        changed = _changed(resources.pools[name], operator.set.to)
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
    for field in ("hours", "end_of_shift", "discipline"):
        if getattr(pooling.to, field) is None and len({getattr(part, field) for part in parts}) > 1:
            raise InputError(f"{where}.to.{field}: missing; the pools differ in it")
    whole = replace(
        parts[0],
        name=pooling.into,
        label=pooling.label,
        capacity=sum(part.capacity for part in parts),
        area_m2=sum(part.area_m2 for part in parts),
        agencies=_shared_agencies(parts),
    )
    pools = {name: pool for name, pool in resources.pools.items() if name not in names}
    pools[pooling.into] = _changed(whole, pooling.to)
    merged = {**resources.merged_into, **dict.fromkeys(names, pooling.into)}
    return Resources(pools, merged)


def _shared_agencies(parts: list[Pool]) -> tuple[tuple[str, float], ...]:
    """Agencies of pooled staff, each with its share of the officers."""
    total = sum(part.capacity for part in parts if part.agencies)
    shares: dict[str, float] = {}
    for part in parts:
        for agency, share in part.agencies:
            weight = part.capacity / total if total else 1 / len(parts)
            shares[agency] = shares.get(agency, 0.0) + share * weight
    return tuple(shares.items())


def _changed(pool: Pool, change: PoolChange) -> Pool:
    provenance = {"source", "calibrated_to", "assumption"}
    fields = {
        name: getattr(change, name)
        for name in change.model_fields_set - provenance
        if getattr(change, name) is not None
    }
    return replace(pool, **fields)
