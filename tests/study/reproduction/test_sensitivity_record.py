"""What a sensitivity study was asked, noted down and asked again."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.command.sensitivity import sensitivity_request
from sim.report.best.direction import direction
from sim.scenario.errors import InputError
from sim.study.reproduction.sensitivity_record import SensitivityRecord
from sim.study.sensitivity.question import SensitivityQuestion

OPTIONS = "compare=[serial,joint_inspection]"


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def asked(*words: str) -> SensitivityQuestion:
    return sensitivity_request([*words, "only=[agencies.customs]"], direction).question


@pytest.mark.parametrize(
    "words",
    [("method=tornado",), ("method=morris", "trajectories=3"), ("method=ranking", OPTIONS)],
    ids=["tornado", "morris", "ranking"],
)
def test_the_same_is_asked_again(words: tuple[str, ...]) -> None:
    question = asked(*words)
    text = SensitivityRecord.of(question).model_dump_json()
    again = SensitivityRecord.model_validate_json(text).question(question.run)
    for name in ("method", "kpi", "sense", "fixed", "seed"):
        assert getattr(again, name) == getattr(question, name)
    for plan, before in zip(again.plans, question.plans, strict=True):
        np.testing.assert_array_equal(plan.places, before.places)
        assert (plan.names, plan.ends) == (before.names, before.ends)
        assert all(a is b for a, b in zip(plan.points, before.points, strict=True))
        assert plan.start is before.start


def test_points_without_places_are_told() -> None:
    question = asked("method=tornado")
    content = json.loads(SensitivityRecord.of(question).model_dump_json())
    number = len(content["plans"][0]["places"])
    content["plans"][0]["places"].pop()
    record = SensitivityRecord.model_validate_json(json.dumps(content))
    with pytest.raises(InputError) as caught:
        record.question(question.run)
    assert str(caught.value) == (
        f"study.plans: 'serial' has {number} points and {number - 1} places"
    )
