from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import kstest

from sim.traffic.draws import Draws, splitmix64_stream

ENTITIES = np.arange(20_000, dtype=np.int64)
LIMIT = 4 / np.sqrt(len(ENTITIES))


def column(seed: int = 1, replication: int = 0, purpose: str = "goods") -> NDArray[np.float64]:
    return Draws(seed, replication).uniform(purpose, ENTITIES)


def correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    return abs(float(np.corrcoef(first, second)[0, 1]))


def test_splitmix64_gives_the_published_outputs() -> None:
    assert splitmix64_stream(1234567, np.arange(5)).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_splitmix64_at_a_position_needs_none_before_it() -> None:
    assert splitmix64_stream(1234567, np.array([4])).tolist() == [16408922859458223821]


@given(st.lists(st.integers(0, 2**45), min_size=1, max_size=30))
def test_the_draw_of_an_entity_does_not_depend_on_the_others(asked: list[int]) -> None:
    entities = np.array(asked, dtype=np.int64)
    together = Draws(5, 2).uniform("goods", entities)
    alone = [Draws(5, 2).uniform("goods", entities[i : i + 1])[0] for i in range(len(asked))]
    assert together.tolist() == alone
    backwards = Draws(5, 2).uniform("goods", entities[::-1].copy())
    assert backwards[::-1].tolist() == alone


def test_the_order_of_purposes_changes_nothing() -> None:
    draws = Draws(1, 0)
    draws.uniform("containers", ENTITIES)
    assert (draws.uniform("goods", ENTITIES) == column()).all()


def test_asking_again_gives_the_same_column_which_nobody_can_write_to() -> None:
    draws = Draws(1, 0)
    first = draws.uniform("goods", ENTITIES)
    assert draws.uniform("goods", ENTITIES) is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 0.5


def scrambled(state: int) -> int:
    """Finalise as the published code of SplitMix64 does, in whole numbers of any size."""
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB % 2**64
    return state ^ (state >> 31)


@pytest.mark.parametrize("entity", [0, 1, 2**40, 2**45 + 7])
def test_draws_are_these_bits_on_every_platform(entity: int) -> None:
    digest = blake2b(b"2017/3/duration.sea_import.release", digest_size=16).digest()
    first, second = (int.from_bytes(half, "little") for half in (digest[:8], digest[8:]))
    hashed = scrambled((first + (entity + 1) * 0x9E3779B97F4A7C15) % 2**64)
    expected = ((scrambled(hashed ^ second) >> 12) + 0.5) / 2**52
    asked = np.array([entity], dtype=np.int64)
    assert Draws(2017, 3).uniform("duration.sea_import.release", asked)[0] == expected


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"seed": 2}, id="seed"),
        pytest.param({"replication": 1}, id="next replication"),
        pytest.param({"replication": 2}, id="another replication"),
        pytest.param({"purpose": "goods "}, id="purpose"),
        pytest.param({"purpose": "containers"}, id="another purpose"),
        pytest.param(
            {"seed": 10, "replication": 10}, id="seed and replication do not run together"
        ),
    ],
)
def test_other_keys_give_unrelated_draws(other: dict[str, int | str]) -> None:
    second = column(**other)  # type: ignore[arg-type]
    assert (column() != second).all()
    assert correlation(column(), second) < LIMIT
    assert kstest((column() + second) % 1, "uniform").pvalue > 0.001


def test_seed_and_replication_are_told_apart() -> None:
    assert (column(seed=1, replication=11) != column(seed=11, replication=1)).all()


@pytest.mark.parametrize("purpose", ["goods", "liner_calls/interarrival", "risk.shared"])
@pytest.mark.parametrize("replication", [0, 29])
def test_draws_are_uniform(purpose: str, replication: int) -> None:
    assert kstest(column(2017, replication, purpose), "uniform").pvalue > 0.001


@pytest.mark.parametrize(
    "entities",
    [
        pytest.param(ENTITIES << 20, id="first consignments of vessels"),
        pytest.param((ENTITIES << 8) + 3, id="fourth containers"),
    ],
)
def test_draws_of_spaced_entities_are_uniform_and_unrelated(entities: NDArray[np.int64]) -> None:
    found = Draws(1, 0).uniform("goods", entities)
    assert kstest(found, "uniform").pvalue > 0.001
    assert correlation(found[:-1], found[1:]) < LIMIT


def test_neighbouring_entities_are_unrelated() -> None:
    assert correlation(column()[:-1], column()[1:]) < LIMIT


def test_draws_lie_in_the_open_interval() -> None:
    many = Draws(1, 0).uniform("goods", np.arange(1_000_000, dtype=np.int64))
    assert 0 < many.min() < 1e-5
    assert 1 - 1e-5 < many.max() < 1
    assert len(np.unique(many)) == len(many)
