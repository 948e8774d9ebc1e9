"""What is read ahead, and that no more than allowed is."""

import numpy as np

from sim.study.ranking.read_ahead import ReadAhead


def test_asks_for_enough_at_once_and_never_beyond_the_most() -> None:
    asked = []

    def source(wanted):
        asked.append({name: (one.start, one.stop) for name, one in wanted.items()})
        return {name: np.arange(one.start, one.stop, dtype=float) for name, one in wanted.items()}

    values = ReadAhead(source, first=3, most=8, batch=4)
    assert [values.replication(n, ["a", "b", "c"]).tolist() for n in (0, 1, 2)] == [
        [0, 0, 0], [1, 1, 1], [2, 2, 2],
    ]  # fmt: skip
    assert values.replication(3, ["a", "c"]).tolist() == [3, 3]
    assert values.replication(4, ["c"]).tolist() == [4]
    assert values.replication(5, ["c"]).tolist() == [5]
    assert values.until(5, "c").tolist() == [0, 1, 2, 3, 4]
    assert asked == [
        {"a": (0, 3), "b": (0, 3), "c": (0, 3)},
        {"a": (3, 5), "c": (3, 5)},
        {"c": (5, 8)},
    ]
