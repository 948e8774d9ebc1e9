"""What is compared: scenarios, and reforms on one of them."""

import pytest

from tests.command.runs import (
    refusal,
)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["compare=[serial,serial]"], "compare: 'serial' is given twice", id="twice in compare"
        ),
        pytest.param(
            ["reforms=[single_window,single_window]"],
            "reforms: 'single_window' is given twice",
            id="reform twice",
        ),
        pytest.param(
            ["compare=[]"], "compare: at least one scenario is expected", id="nothing to compare"
        ),
        pytest.param(
            ["compare=[serial]", "scenario=serial"],
            "compare and scenario cannot be given together",
            id="compare and scenario",
        ),
        pytest.param(
            ["compare=[serial]", "reforms=[]"],
            "compare and reforms cannot be given together",
            id="compare and reforms",
        ),
        pytest.param(["port=[xiamen]"], "port: one port is expected, not a list", id="two ports"),
        pytest.param(
            ["baseline=all_together"],
            "baseline: belongs to the scenario's file; write compare=[…] to choose",
            id="baseline",
        ),
    ],
)
def test_selection_that_cannot_be_run(words: list[str], message: str) -> None:
    assert refusal(words) == message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["experiment.seed=range(0,200)", "experiment.replications=range(2,200)"],
            "the sweep has more than 10000 points",
            id="endless product",
        ),
    ],
)
def test_selections_of_a_sweep_are_limited(words: list[str], message: str) -> None:
    assert refusal(words, multirun=True) == message
