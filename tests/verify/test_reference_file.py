import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sim.scenario.errors import InputError
from sim.verify.reference_file import Metric, read_reference_file
from tests.verify.reference_cases import FILE, SHIPPED, metric


def test_the_shipped_file_is_whole() -> None:
    assert len(FILE.cases) == 78
    assert FILE.metrics == 471


@pytest.mark.parametrize(
    ("name", "quantile", "target", "is_trap"),
    [
        ("W", None, 7.0, False),
        ("W_q0.95", ("W", 0.95), 0.95, False),
        ("W_total_q0.5", ("W_total", 0.5), 0.5, False),
        ("cost_of_mean_time_WRONG", None, 7.0, True),
    ],
)
def test_what_the_name_of_a_metric_says(
    name: str, quantile: tuple[str, float] | None, target: float, is_trap: bool
) -> None:
    named = metric(7.0, name)
    assert (named.quantile, named.target, named.is_trap) == (quantile, target, is_trap)


def test_the_number_in_a_name() -> None:
    assert metric(name="E_N_t12.5").number_after("E_N_t") == 12.5
    assert metric(name="E_N_t12.5").number_after("E_N") is None
    assert metric(name="L").number_after("E_N_t") is None


@pytest.mark.parametrize(
    ("value", "tolerance", "message"),
    [
        (1.0, {"kind": "rel"}, "a tolerance of kind 'rel' needs 'rel'"),
        ([1, 2], {"kind": "ci"}, "a list of values is compared to the bit only"),
    ],
)
def test_a_value_and_its_tolerance_go_together(
    value: Any, tolerance: dict[str, str], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        Metric.model_validate({"name": "L", "value": value, "tolerance": tolerance})


def without(key: str) -> Any:
    def change(data: dict[str, Any]) -> None:
        del data["cases"][0][key]

    return change


def twice(data: dict[str, Any]) -> None:
    data["cases"].append(data["cases"][0])


def renamed(data: dict[str, Any]) -> None:
    data["cases"][0]["metrics"][0]["valeu"] = 3


def shorter(data: dict[str, Any]) -> None:
    data["cases"].pop()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(without("model"), "cases.0.model: missing", id="no model"),
        pytest.param(
            renamed,
            "cases.0.metrics.0.valeu: unknown key 'valeu'; allowed: estimator, formula, name, "
            "rel_diff, second_route, second_value, second_value_tail, tolerance, unit, value, "
            "value_digits; did you mean 'value'?",
            id="unknown key",
        ),
        pytest.param(twice, "case 'mm1_l0.5_m1' is given twice", id="twice"),
        pytest.param(shorter, "n_cases is 78, but there are 77", id="too few"),
    ],
)
def test_a_file_that_does_not_fit_gets_one_line(tmp_path: Path, change: Any, message: str) -> None:
    data = json.loads(SHIPPED.read_text())
    change(data)
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(data))
    with pytest.raises(InputError) as error:
        read_reference_file(path)
    assert str(error.value) == f"{path}: {message}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"cases": [}', ":1: no valid JSON: Expecting value"),
        (b"[]", ": an object with 'cases' is expected"),
        (b"\xff\xfe", ": no valid text"),
    ],
)
def test_what_is_no_reference_file(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_reference_file(path)
    assert str(error.value) == f"{path}{message}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cases\.json: No such file or directory$"):
        read_reference_file(tmp_path / "cases.json")
