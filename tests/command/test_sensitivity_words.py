"""``python run.py sensitivity``: one line for words that cannot be."""

import pytest

from sim.command.sensitivity import sensitivity_request
from sim.command.sensitivity_keys import KEYS
from sim.report.best.direction import direction
from sim.scenario.errors import InputError


def refused(*words: str) -> str:
    with pytest.raises(InputError) as caught:
        sensitivity_request(words, direction)
    return str(caught.value)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        (
            "only=[agencies.customs.exam]",
            "only: no key of an assumed figure begins with the parts of 'agencies.customs.exam'; "
            "did you mean 'agencies.customs.examiners'?",
        ),
        (
            "only=[agencies.customs.examinrs]",
            "only: no key of an assumed figure begins with the parts of "
            "'agencies.customs.examinrs'; did you mean 'agencies.customs.examiners'?",
        ),
        ("only=[]", "only: names no figure, write it as only=[agencies.customs]"),
    ],
)
def test_figures_that_are_not_there(word: str, message: str) -> None:
    assert refused(word) == message


def test_own_keys_are_among_those_that_are_allowed() -> None:
    message = refused("methd=sobol")
    assert all(f" {key}," in message for key in KEYS)
    assert message.endswith("; did you mean 'method'?")
