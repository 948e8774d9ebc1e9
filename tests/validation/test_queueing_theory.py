"""The engine against exact results of queueing theory.

The acceptance rule is two-sided: the exact value lies within the t interval at 99.9 per cent, and
that interval is narrow, so that vagueness does not pass. Seeds are fixed.
"""

import math

import numpy as np
import pytest
from scipy import stats

from sim.engine.simulate import simulate
from tests.engine.plans import Task, make_plan, pool

TICKS = 10_000
CUSTOMERS = 14_000
WARM_UP = 1_000
REPLICATIONS = 12
A = ((0, 1),)


def mean_waits(arrival_rate, service, servers, seed):
    """Mean wait in line, in mean service times, of each replication."""
    waits = []
    for replication in range(REPLICATIONS):
        random = np.random.default_rng([seed, replication])
        gaps = random.exponential(1 / arrival_rate, CUSTOMERS)
        arrivals = np.rint(np.cumsum(gaps) * TICKS).astype(int).tolist()
        works = np.rint(service(random) * TICKS).astype(int).tolist()
        tasks = [
            Task(number, work, A, earliest=arrival)
            for number, (arrival, work) in enumerate(zip(arrivals, works, strict=True))
        ]
        trace = simulate(make_plan(tasks, [pool("servers", servers)]))
        waits.append((trace.start - trace.ready)[WARM_UP:].mean() / TICKS)
    return np.array(waits)


def assert_agrees(values, exact, widest):
    error = values.std(ddof=1) / math.sqrt(len(values))
    assert abs(values.mean() - exact) <= stats.t.ppf(0.9995, len(values) - 1) * error
    assert stats.t.ppf(0.975, len(values) - 1) * error <= widest * exact


def erlang_c_wait(arrival_rate, servers):
    """Mean wait of M/M/c with unit service rate (Erlang 1917)."""
    load = arrival_rate / servers
    waiting = arrival_rate**servers / math.factorial(servers) / (1 - load)
    empty = 1 / (sum(arrival_rate**k / math.factorial(k) for k in range(servers)) + waiting)
    return waiting * empty / (servers - arrival_rate)


def exponential(random):
    return random.exponential(1.0, CUSTOMERS)


@pytest.mark.parametrize(
    ("arrival_rate", "servers"),
    [(0.5, 1), pytest.param(1.4, 2, marks=pytest.mark.slow), (3.5, 5)],
    ids=["M/M/1", "M/M/2", "M/M/5"],
)
def test_wait_of_erlang_c(arrival_rate, servers):
    values = mean_waits(arrival_rate, exponential, servers, seed=servers)
    assert_agrees(values, erlang_c_wait(arrival_rate, servers), widest=0.1)


def test_wait_of_pollaczek_khinchine():
    """M/D/1 at load 0.6 waits half of what M/M/1 does."""
    values = mean_waits(0.6, lambda random: np.ones(CUSTOMERS), 1, seed=11)
    assert_agrees(values, 0.6 / (2 * (1 - 0.6)), widest=0.1)


@pytest.mark.slow
def test_pooled_servers_beat_split_ones():
    """Two lines of M/M/1 against one of M/M/2 at load 0.7: Erlang C gives the ratio."""
    pooled = mean_waits(1.4, exponential, 2, seed=21)
    split = mean_waits(0.7, exponential, 1, seed=22)
    exact = erlang_c_wait(0.7, 1) / erlang_c_wait(1.4, 2)
    assert split.mean() / pooled.mean() == pytest.approx(exact, rel=0.06)


def test_parallel_gains_the_longest_instead_of_the_sum():
    """Three exponential delays: 3 in series, 1 + 1/2 + 1/3 side by side."""
    random = np.random.default_rng(31)
    works = np.rint(random.exponential(1.0, (CUSTOMERS, 3)) * TICKS).astype(int)
    tasks = []
    for case, (first, second, third) in enumerate(works.tolist()):
        base = 4 * case
        tasks += [Task(case, work) for work in (first, second, third)]
        tasks.append(Task(case, 0, after=(base, base + 1, base + 2)))
    trace = simulate(make_plan(tasks, []))
    assert trace.end[3::4].mean() / TICKS == pytest.approx(1 + 1 / 2 + 1 / 3, rel=0.02)
    np.testing.assert_array_equal(trace.end[3::4], works.max(axis=1))
