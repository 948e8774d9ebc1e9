"""Keys of commands that are no overrides: languages, directions and numbers."""

from math import inf

import pytest

from sim.command.own_keys import OwnKeys, plain_number
from sim.scenario.errors import InputError


def test_a_direction_is_known_or_given() -> None:
    assert OwnKeys({}).sense("any", "more") == "more"
    assert OwnKeys({"sense": "less"}).sense("any", "more") == "less"
    with pytest.raises(InputError) as caught:
        OwnKeys({}).sense("any", None)
    assert str(caught.value) == (
        "sense: it is not known whether less or more of 'any' is better; write sense=less or "
        "sense=more"
    )


def test_a_language_of_those_there_are() -> None:
    assert (OwnKeys({}).language(), OwnKeys({"language": "zh"}).language()) == ("en", "zh")
    with pytest.raises(InputError, match=r"^language: unknown language 'fr'; allowed: en, zh$"):
        OwnKeys({"language": "fr"}).language()


@pytest.mark.parametrize(
    ("given", "high", "told"),
    [
        ("1", 1, "up: a number above 0.5 and below 1 is expected, given '1'"),
        ("0.5", inf, "up: a number above 0.5 is expected, given '0.5'"),
        ("nan", inf, "up: a number above 0.5 is expected, given 'nan'"),
    ],
)
def test_a_number_between_two_others(given: str, high: float, told: str) -> None:
    assert OwnKeys({"up": "0.75"}).between("up", 0.5, high, 0.6) == 0.75
    assert OwnKeys({}).between("up", 0.5, high, 0.6) == 0.6
    with pytest.raises(InputError) as caught:
        OwnKeys({"up": given}).between("up", 0.5, high, 0.6)
    assert str(caught.value) == told


def test_a_plain_number_has_neither_sign_nor_exponent() -> None:
    assert [plain_number(text) for text in ("2", "0.25", "1e3", "-1")] == [2.0, 0.25, None, None]
