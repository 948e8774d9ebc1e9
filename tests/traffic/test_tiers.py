"""Credit tiers that move: against a sequential walk, consignment by consignment."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.resources import TIERS
from sim.scenario.traffic import Record
from sim.traffic.inspection import Inspection
from sim.traffic.tiers import with_record
from tests.builders import ASSUMED

DAY = 86_400


def record(days: float = 10.0, falls: int = 1, rises: int = 2) -> Record:
    return Record.model_validate(
        {"review_days": days, "downgrade_findings": falls, "upgrade_clean": rises, **ASSUMED}
    )


def walk(
    spec: Record, arrival: np.ndarray, trader: np.ndarray, tier: np.ndarray, luck: np.ndarray
) -> np.ndarray:
    """Shape (n,): tier of each consignment; luck decides what is opened and found under it."""
    moved = np.empty_like(tier)

    def inspect(positions: np.ndarray, tiers: np.ndarray) -> Inspection:
        opened, finding = outcome(luck[positions], tiers)
        nothing = np.zeros_like(opened)
        flags = {
            "customs_opened": opened, "customs_finding": finding, "quarantine_opened": nothing,
            "quarantine_finding": nothing, "customs_selected": opened,
        }  # fmt: skip
        return Inspection(flags, {}, {})

    for positions, tiers, _ in with_record(spec, arrival, trader, tier, inspect):
        moved[positions] = tiers
    return moved


def outcome(luck: np.ndarray, tier: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Say what is opened and found: the lower the tier, the more of both."""
    opened = luck < 0.3 + 0.2 * tier
    return opened, opened & (luck < 0.1 + 0.05 * tier)


def naive(
    spec: Record, arrival: np.ndarray, trader: np.ndarray, tier: np.ndarray, luck: np.ndarray
) -> list[int]:
    """The same, one consignment after another."""
    current = dict(zip(trader.tolist(), tier.tolist(), strict=True))
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    reviewed = 0
    found = [0] * len(arrival)
    for number in sorted(range(len(arrival)), key=lambda each: arrival[each]):
        while arrival[number] >= (reviewed + 1) * spec.review_days * DAY:
            for one, (opened, findings) in counts.items():
                if findings >= spec.downgrade_findings:
                    current[one] = min(len(TIERS) - 1, current[one] + 1)
                elif findings == 0 and opened >= spec.upgrade_clean:
                    current[one] = max(0, current[one] - 1)
            counts.clear()
            reviewed += 1
        one = int(trader[number])
        found[number] = current[one]
        was_opened, was_found = outcome(luck[number], np.int64(current[one]))
        counts[one][0] += bool(was_opened)
        counts[one][1] += bool(was_found)
    return found


@st.composite
def histories(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Arrivals over sixty days of up to four traders, who each start in one tier."""
    number = draw(st.integers(1, 40))
    days = draw(st.lists(st.integers(0, 60), min_size=number, max_size=number))
    traders = draw(st.lists(st.integers(0, 3), min_size=number, max_size=number))
    first = draw(st.lists(st.integers(0, 3), min_size=4, max_size=4))
    luck = draw(st.lists(st.floats(0, 1), min_size=number, max_size=number))
    trader = np.array(traders)
    return np.array(sorted(days)) * DAY, trader * 100, np.array(first)[trader], np.array(luck)


@given(histories(), st.floats(1, 30), st.integers(1, 3), st.integers(1, 4))
def test_tiers_move_as_in_a_sequential_walk(
    history: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    days: float,
    falls: int,
    rises: int,
) -> None:
    spec = record(days, falls, rises)
    assert walk(spec, *history).tolist() == naive(spec, *history)


def of_one_trader(days: list[int], luck: list[float], tier: int, **fields: int) -> list[int]:
    number = len(days)
    return walk(
        record(**fields),
        np.array(days) * DAY,
        np.full(number, 7),
        np.full(number, tier),
        np.array(luck),
    ).tolist()


CLEAN, FOUND, UNOPENED = 0.29, 0.0, 1.0


@pytest.mark.parametrize(
    ("luck", "then"),
    [
        pytest.param([FOUND, UNOPENED], 2, id="one finding: a tier down"),
        pytest.param([CLEAN, CLEAN], 0, id="clean often enough: a tier up"),
        pytest.param([CLEAN, UNOPENED], 1, id="clean once is not enough"),
        pytest.param([FOUND, CLEAN], 2, id="a finding outweighs what is clean"),
        pytest.param([UNOPENED, UNOPENED], 1, id="never opened: nothing is known"),
    ],
)
def test_what_a_review_makes_of_a_record(luck: list[float], then: int) -> None:
    assert of_one_trader([1, 2, 11], [*luck, UNOPENED], 1) == [1, 1, then]


def test_a_record_begins_anew_after_each_review() -> None:
    assert of_one_trader([1, 11, 21], [CLEAN, CLEAN, UNOPENED], 1) == [1, 1, 1]


@pytest.mark.parametrize(("tier", "luck"), [(3, FOUND), (0, CLEAN)])
def test_nobody_leaves_the_scale(tier: int, luck: float) -> None:
    assert of_one_trader([1, 2, 11], [luck] * 3, tier) == [tier] * 3


def test_what_is_found_later_changes_nothing_earlier() -> None:
    history = np.arange(200) % 60
    arrival, trader = np.sort(history) * DAY, np.arange(200) % 5
    tier, luck = trader % 4, np.random.default_rng(1).random(200)
    other = luck.copy()
    other[100:] = np.random.default_rng(2).random(100)
    one, two = (walk(record(), arrival, trader, tier, each) for each in (luck, other))
    period = arrival // (10 * DAY)
    early = period <= period[100]
    assert (one[early] == two[early]).all()
    assert (one != two).any()
