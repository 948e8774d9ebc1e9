"""Waits of many-server lines with Poisson arrivals and exponential work (Erlang 1917)."""

from __future__ import annotations


def mean_wait(arrivals_per_hour: float, mean_hours: float, servers: int) -> float:
    """Mean hours in line of M/M/c, infinite where more work comes than can be done."""
    work = arrivals_per_hour * mean_hours
    if work >= servers:
        return float("inf")
    return _delay_probability(work, servers) * mean_hours / (servers - work)


def _delay_probability(work: float, servers: int) -> float:
    """Erlang's C formula by the recursion of his B formula, which does not overflow."""
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = work * blocked / (number + work * blocked)
    return servers * blocked / (servers - work * (1 - blocked))
