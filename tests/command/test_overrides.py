"""Overrides that cannot be read."""

import pytest

from tests.command.runs import (
    SCENARIOS,
    refusal,
)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["experiment.seed=1", "experiment.seed=2"],
            "experiment.seed=2: 'experiment.seed' is given twice",
            id="key twice",
        ),
        pytest.param(
            ["agencies.customs.examiners==3"],
            "agencies.customs.examiners==3: no valid override; extraneous input '='",
            id="two equal signs",
        ),
        pytest.param(
            ["experiment.seed=[1"],
            "experiment.seed=[1: no valid override; no viable alternative at input '[1'",
            id="open bracket",
        ),
        pytest.param(
            ["experiment.seed=five(3)"],
            "experiment.seed=five(3): no valid override; "
            "HydraException while evaluating 'five(3)': Unknown function 'five'",
            id="unknown function",
        ),
        pytest.param(
            ["agencies.customs.examiners=${experiment.seed}"],
            "agencies.customs.examiners=${experiment.seed}: "
            "neither '${…}' nor '_target_' is allowed in an override",
            id="interpolation",
        ),
        pytest.param(
            ["agencies.customs={_target_:os.system}"],
            "agencies.customs={_target_:os.system}: "
            "neither '${…}' nor '_target_' is allowed in an override",
            id="target",
        ),
        pytest.param(
            ["~agencies.customs"], "~agencies.customs: keys cannot be removed", id="removal"
        ),
        pytest.param(
            ["+scenario=serial"],
            "+scenario=serial: leave out the '+'; 'scenario' exists",
            id="group with a plus",
        ),
        pytest.param(
            ["port@harbour=xiamen"],
            "port@harbour=xiamen: '@harbour' is not used here",
            id="package",
        ),
    ],
)
def test_override_that_cannot_be_read(words: list[str], message: str) -> None:
    assert refusal(words) == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["scenario=glob(z*)"],
            f"scenario=glob(z*): matches nothing; allowed: {SCENARIOS}",
            id="glob without a match",
        ),
        pytest.param(
            ["experiment.seed=range(3,3)"],
            "experiment.seed=range(3,3): matches nothing",
            id="empty range",
        ),
        pytest.param(
            ["experiment.seed=interval(1,3)"],
            "experiment.seed=interval(1,3): an interval has no values to run one by one",
            id="interval",
        ),
        pytest.param(
            ["experiment.seed=range(0,1e12)"],
            "experiment.seed=range(0,1e12): more than 10000 values",
            id="endless range",
        ),
        pytest.param(
            ["experiment.seed=1,2,1"], "experiment.seed=1,2,1: '1' is given twice", id="twice"
        ),
    ],
)
def test_swept_override_that_cannot_be_read(words: list[str], message: str) -> None:
    assert refusal(words, multirun=True) == message
