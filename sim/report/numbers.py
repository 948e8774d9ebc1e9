"""Numbers as people read them: digits by unit, a true minus sign, intervals, percentages."""

import math

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
MISSING = "\N{EN DASH}"
PERCENT_POINTS = "pp"

_DIGITS = {
    "h": 1,
    "CNY/TEU": 0,
    "CNY": 0,
    "CNY/year": 0,
    "CNY/consignment": 0,
    "items": 1,
    "m2": 0,
    "TEU": 0,
    "h/day": 1,
    "consignments": 1,
}
_HIDDEN_UNITS = {"1", ""}


def number(value: float, digits: int) -> str:
    """``-1234.5`` with one digit reads ``−1,234.5``; a rounded zero has no sign."""
    if not math.isfinite(value):
        return MISSING
    text = f"{value:,.{digits}f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    return text.replace("-", MINUS)


def signed(value: float, digits: int) -> str:
    """A number with its sign; a rounded zero has none."""
    text = number(value, digits)
    rises = value > 0 and bool(text.strip("0.,"))
    return f"+{text}" if rises else text


def digits_for(unit: str, *values: float) -> int:
    """Digits after the point that suit a unit, or else the largest of the values."""
    if unit == "1":
        return 1
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if unit in _DIGITS:
        small = unit != "m2" and 0 < largest < 1
        return max(_DIGITS[unit], 2) if small else _DIGITS[unit]
    return 0 if largest >= 1000 else 1 if largest >= 20 else 2


def amount(value: float, unit: str, digits: int | None = None) -> str:
    """A level without its unit, but shares as per cent."""
    places = digits_for(unit, value) if digits is None else digits
    return percent(value, places) if unit == "1" else number(value, places)


def change(value: float, unit: str, digits: int | None = None) -> str:
    """A difference with its sign; shares differ by percentage points."""
    places = digits_for(unit, value) if digits is None else digits
    if unit == "1":
        return f"{signed(100 * value, places)}{NO_BREAK}{PERCENT_POINTS}"
    return signed(value, places)


def percent(share: float, digits: int = 1) -> str:
    """``0.0846`` reads ``8.5 %``."""
    text = number(100 * share, digits)
    return text if text == MISSING else f"{text}{NO_BREAK}%"


def signed_percent(share: float, digits: int = 1) -> str:
    """``-0.4`` reads ``−40.0 %``."""
    text = signed(100 * share, digits)
    return text if text == MISSING else f"{text}{NO_BREAK}%"


def interval(low: float, high: float, unit: str, digits: int | None = None) -> str:
    """``−3.1 to 2.0``; nothing where there is no interval."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    places = digits_for(unit, low, high) if digits is None else digits
    scale = 100 if unit == "1" else 1
    return f"{number(scale * low, places)} to {number(scale * high, places)}"


def with_unit(text: str, unit: str) -> str:
    """A number and its unit, kept on one line."""
    return text if unit in _HIDDEN_UNITS or text == MISSING else f"{text}{NO_BREAK}{unit}"
