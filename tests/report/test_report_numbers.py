import math

import pytest

from sim.report.numbers import (
    amount,
    change,
    digits_for,
    interval,
    number,
    percent,
    signed,
    signed_percent,
    with_unit,
)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234.56, 1, "1,234.6"),
        (-3.14, 1, "−3.1"),
        (-0.04, 1, "0.0"),
        (0.0, 0, "0"),
        (math.nan, 1, "–"),
        (math.inf, 1, "–"),
    ],
)
def test_number(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "+2.0"), (-2.0, "−2.0"), (0.04, "0.0"), (-0.04, "0.0"), (0.0, "0.0")]
)
def test_signed_has_no_sign_at_zero(value: float, text: str) -> None:
    assert signed(value, 1) == text


def test_per_cent_has_a_true_minus_and_a_no_break_space() -> None:
    assert percent(0.0846) == "8.5\N{NO-BREAK SPACE}%"
    assert signed_percent(-0.4) == "\N{MINUS SIGN}40.0\N{NO-BREAK SPACE}%"
    assert signed_percent(math.nan) == "–"


def test_interval_reads_from_to() -> None:
    assert interval(-3.14, 2.0, "h") == "−3.1 to 2.0"
    assert interval(0.081, 0.092, "1") == "8.1 to 9.2"
    assert interval(math.nan, 2.0, "h") == ""


def test_shares_differ_by_percentage_points() -> None:
    assert change(-0.006, "1") == "−0.6\N{NO-BREAK SPACE}pp"
    assert change(12.0, "CNY/TEU") == "+12"
    assert amount(0.205, "1") == "20.5\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("unit", "value", "digits"),
    [("h", 103.0, 1), ("h", 0.05, 2), ("CNY/TEU", 6300.0, 0), ("furlong", 3.0, 2), ("m2", 0.5, 0)],
)
def test_digits_suit_the_unit(unit: str, value: float, digits: int) -> None:
    assert digits_for(unit, value) == digits


def test_shares_and_missing_numbers_have_no_unit() -> None:
    assert with_unit("8.5", "1") == "8.5"
    assert with_unit("–", "h") == "–"
    assert with_unit("8.5", "h") == "8.5\N{NO-BREAK SPACE}h"
