import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.dates import days_between


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("2017-01-02", "2017-01-02", 0),
        ("2017-01-02", "2017-01-01", -1),
        ("2016-02-28", "2016-03-01", 2),
        ("2017-01-02", "2018-01-02", 365),
    ],
)
def test_days_between(first: str, second: str, days: int) -> None:
    assert days_between(first, second) == days


@given(st.dates(), st.dates(), st.dates())
def test_days_add_up(first: object, second: object, third: object) -> None:
    a, b, c = map(str, (first, second, third))
    assert days_between(a, b) + days_between(b, c) == days_between(a, c)
