"""Selections beside those of sim-tools (Monks), on identical values.

Its KN looks up the variances of pairs as for systems in order of their means, its KN++ takes
systems as independent; cases are such that neither matters. Both replicate the winner once more.
"""

from dataclasses import replace

import numpy as np
import pytest

from sim.study.choice.allocation import allocation_weights
from sim.study.choice.budgeted import BudgetRule, select_within_budget
from sim.study.choice.fully_sequential import ZoneRule, select_in_zone
from tests.study.choice.sources import names, normals, of_columns

WHY = "the oracle sim-tools is not installed"
budget_oracle = pytest.importorskip("sim_tools.ovs.fixed_budget", reason=WHY)
zone_oracle = pytest.importorskip("sim_tools.ovs.indifference_zone", reason=WHY)

KN = ZoneRule("more", 0.5, 0.95, first=10, ceiling=4000, updated=False)


class Model:
    """Gives an oracle the values of each system in turn."""

    def __init__(self, values):
        self.values = [iter(column.tolist()) for column in values.values()]
        self.observers = []

    def register_observer(self, observer):
        self.observers.append(observer)

    def simulate(self, system):
        value = next(self.values[system])
        for observer in self.observers:
            observer.feedback(self, system, value)


@pytest.mark.parametrize("seed", range(20))
def test_allocation_within_a_budget(seed: int) -> None:
    means = np.random.default_rng(seed).permutation([10, 10.5, 11, 12, 13, 15.0])
    values = normals(means, seed)
    oracle = budget_oracle.OCBA(Model(values), 6, budget=260, delta=20, n_0=10, obj="min")
    chosen = oracle.solve()
    rule = BudgetRule("less", 1e-9, first=10, budget=260, increment=20)
    selection = select_within_budget(names(6), of_columns(values), rule)
    assert selection.chosen == f"s{chosen}"
    # Whole numbers are rounded otherwise; the oracle gives what is lost to the best.
    used = [system.n for system in selection.systems]
    np.testing.assert_allclose(used, oracle._allocations, atol=10)


@pytest.mark.parametrize("seed", range(20))
def test_shares_are_equal_before_they_are_rounded(seed: int) -> None:
    means = np.random.default_rng(seed).permutation([10, 10.5, 11, 12, 13, 15.0])
    oracle = budget_oracle.OCBA(Model(normals(means, seed)), 6, 100, delta=20, n_0=10, obj="min")
    oracle.reset()
    oracle._initialise()
    oracle._allocate()
    weights = allocation_weights(-oracle._means, oracle._vars, 1e-9)
    np.testing.assert_allclose(weights / weights.sum(), oracle._ratios / oracle._ratios.sum())


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("means", [[3.0, 3.5], [1.0, 1.8, 2.5, 3.0, 3.6]], ids=["two", "five"])
def test_eliminations_of_kn(means: list[float], seed: int) -> None:
    values = normals(means, seed)
    oracle = zone_oracle.KN(Model(values), len(means), delta=0.5, alpha=0.05, n_0=10, obj="max")
    (chosen,) = oracle.solve()
    selection = select_in_zone(names(len(means)), of_columns(values), KN)
    assert selection.chosen == f"s{chosen}"
    used = np.array([system.n for system in selection.systems])
    used[chosen] += 1
    assert used.tolist() == oracle._allocations.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_eliminations_of_kn_with_updated_variances(seed: int) -> None:
    """One system varies, the others do not, so that no pair varies together."""
    values = normals([30.0, 29.0, 27.0], seed, [2.0, 0.0, 0.0])
    oracle = zone_oracle.KNPlusPlus(Model(values), 3, delta=0.5, alpha=0.05, n_0=10, obj="max")
    (chosen,) = oracle.solve()
    # The oracle divides the error among pairs by independence, this one by Bonferroni.
    rule = replace(KN, updated=True, confidence=1 - 2 * (1 - 0.95 ** (1 / 2)))
    selection = select_in_zone(names(3), of_columns(values), rule)
    assert selection.chosen == f"s{chosen}"
    used = np.array([system.n for system in selection.systems])
    used[chosen] += 1
    assert used.tolist() == oracle._allocations.tolist()
