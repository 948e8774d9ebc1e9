"""Replications as bytes: nothing is lost, and nothing that was altered is read."""

import struct
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.study.execution.encoding import decode, encode, is_intact
from sim.study.replication import Replication

KEY = "a" * 64
FLOATS = st.floats(width=64)
KPIS = st.lists(
    st.builds(Kpi, st.text(max_size=5), st.text(max_size=3), FLOATS, FLOATS), max_size=5
)
TICKS = arrays.arrays(np.int32, st.integers(0, 20))


def bits(kpis: Sequence[Kpi]) -> list[tuple[str, str, bytes]]:
    return [(kpi.key, kpi.unit, struct.pack("2d", kpi.value, kpi.absent)) for kpi in kpis]


@given(KPIS, st.dictionaries(st.text(max_size=5), TICKS, max_size=4))
def test_measures_come_back_to_the_bit(kpis, observed) -> None:
    found = decode(encode(KEY, Replication(Measures(tuple(kpis), observed)))).measures
    assert bits(found.kpis) == bits(kpis)
    assert list(found.observed) == list(observed)
    for key, ticks in observed.items():
        assert found.observed[key].dtype == np.int32
        np.testing.assert_array_equal(found.observed[key], np.sort(ticks))


def traced() -> Replication:
    rows = pd.DataFrame(
        {
            "case": np.arange(3, dtype=np.int64),
            # An order of its own, and one that nothing has.
            "step": pd.Categorical(["b", "a", "b"], categories=["c", "b", "a"]),
            "release": pd.Series([1, None, 3], dtype="Int64"),
            "finished": [True, False, True],
            "rate": [0.1, np.nan, -0.0],
        }
    )
    return Replication(Measures((Kpi("a", "h", 1.0),), {}), rows, rows[["step"]])


def test_tables_come_back_as_they_were() -> None:
    before, found = traced(), decode(encode(KEY, traced()))
    for name in ("consignments", "activities"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(before, name), check_exact=True)
    assert found.activities["step"].cat.categories.tolist() == ["c", "b", "a"]


def test_a_replication_has_the_same_bytes_whoever_writes_it() -> None:
    data = encode(KEY, traced())
    assert encode(KEY, decode(data)) == data


@given(st.data())
def test_what_is_not_as_it_was_written_is_noticed(data) -> None:
    written = encode(KEY, traced())
    place = data.draw(st.integers(0, len(written) - 1))
    flipped = bytearray(written)
    flipped[place] ^= data.draw(st.integers(1, 255))
    assert is_intact(KEY, written)
    assert not is_intact(KEY, bytes(flipped))
    assert not is_intact(KEY, written[:place])
    assert not is_intact(KEY, written + b"\0")


@pytest.mark.parametrize("other", ["b" * 64, ""])
def test_a_replication_of_another_key_is_not_this_one(other: str) -> None:
    assert not is_intact(other, encode(KEY, traced()))
