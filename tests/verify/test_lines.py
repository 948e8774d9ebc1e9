import numpy as np
import pytest

from sim.scenario.errors import InvariantError
from sim.verify.line_measures import Visits
from sim.verify.lines import check_line, queues_side_by_side, visits_of

ARRIVAL, WORK = np.array([0, 2, 3, 20]), np.array([4, 3, 1, 5])


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_the_engine_serves_a_line() -> None:
    visits = visits_of(ARRIVAL, WORK, 1)
    assert visits.start.tolist() == [0, 4, 7, 20]
    assert visits.end.tolist() == [4, 7, 8, 25]


def test_servers_without_number_serve_at_once() -> None:
    assert visits_of(ARRIVAL, WORK, None).start.tolist() == ARRIVAL.tolist()


def test_urgent_ones_go_first_and_interrupt_nobody() -> None:
    visits = visits_of(ints(0, 1, 2), ints(5, 5, 5), 1, priority=ints(1, 1, 0))
    assert visits.start.tolist() == [0, 10, 5]


def test_queues_side_by_side_do_not_meet() -> None:
    queue, arrival, work = ints(0, 0, 1), ints(0, 1, 1), ints(10, 10, 10)
    assert queues_side_by_side(queue, arrival, work, 1).start.tolist() == [0, 10, 1]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ((0, 4, 6, 20), (4, 7, 7, 25), "more were served than there are servers"),
        ((0, 4, 9, 20), (4, 7, 10, 25), "a server idled while one waited"),
        ((0, 5, 4, 20), (4, 8, 5, 25), "one overtook another"),
        ((0, 4, 7, 20), (4, 7, 8, 24), "one did not get its work"),
        ((0, 1, 7, 20), (4, 4, 8, 25), "one started before it arrived"),
    ],
)
def test_laws_of_every_path(start: tuple[int, ...], end: tuple[int, ...], message: str) -> None:
    visits = Visits(ARRIVAL, ints(*start), ints(*end))
    with pytest.raises(InvariantError, match=message):
        check_line(visits, ARRIVAL, WORK, 1, in_turn=True)


def test_one_more_server_never_makes_anybody_later() -> None:
    random = np.random.default_rng(3)
    arrival = np.cumsum(random.integers(0, 10, 500))
    work = random.integers(1, 25, 500)
    fewer, more = visits_of(arrival, work, 2), visits_of(arrival, work, 3)
    assert (more.end <= fewer.end).all()
    assert (visits_of(arrival, work // 2, 2).end <= fewer.end).all()


def test_another_unit_of_time_scales_every_time() -> None:
    random = np.random.default_rng(4)
    arrival = np.cumsum(random.integers(0, 10, 500))
    work = random.integers(1, 25, 500)
    np.testing.assert_array_equal(
        60 * visits_of(arrival, work, 3).end, visits_of(60 * arrival, 60 * work, 3).end
    )
