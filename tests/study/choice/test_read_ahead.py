"""What is prepared ahead, and that no more than allowed is, nor anything judged before its turn."""

import numpy as np

from sim.study.choice.read_ahead import ReadAhead


def test_prepares_enough_at_once_and_never_beyond_the_most() -> None:
    prepared, read = [], []

    def prepare(wanted):
        prepared.append({name: (one.start, one.stop) for name, one in wanted.items()})

    def source(wanted):
        read.append(set(wanted))
        return {name: np.arange(one.start, one.stop, dtype=float) for name, one in wanted.items()}

    values = ReadAhead(source, prepare, first=3, most=8, batch=4)
    assert [values.replication(n, ["a", "b", "c"]).tolist() for n in (0, 1, 2)] == [
        [0, 0, 0], [1, 1, 1], [2, 2, 2],
    ]  # fmt: skip
    assert values.replication(3, ["a", "c"]).tolist() == [3, 3]
    assert values.replication(4, ["c"]).tolist() == [4]
    assert values.replication(5, ["c"]).tolist() == [5]
    assert values.until(5, "c").tolist() == [0, 1, 2, 3, 4]
    assert values.until(9, "b").tolist() == [0, 1, 2]
    assert prepared == [
        {"a": (0, 3), "b": (0, 3), "c": (0, 3)},
        {"a": (3, 5), "c": (3, 5)},
        {"c": (5, 8)},
    ]
    assert read == [{"a", "b", "c"}] * 3 + [{"a", "c"}, {"c"}, {"c"}]
