"""What does not fit a scenario is said in one line that names the key as the user wrote it."""

from collections.abc import Callable
from copy import deepcopy
from math import inf, nan
from typing import Any

import pytest

from sim.command.config_files import load_library
from sim.command.configuration import composed_data
from sim.scenario.errors import InputError, MisfitError
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario, check_keys

REVIEW = ("workflows", "sea_import", "steps", "review_quarantine")
ADOPTION = ("reforms", "advance_declaration", "adoption")
OPERATOR = ("reforms", "one_stop_site", "operators", 4)


@pytest.fixture(scope="module")
def all_together() -> dict[str, Any]:
    return composed_data(["scenario=all_together"])["all_together"]


@pytest.fixture
def error_of(all_together: dict[str, Any]) -> Callable[[tuple[str | int, ...], Any], str]:
    """Validate the scenario with one value replaced and return the error."""

    def build(path: tuple[str | int, ...], value: Any) -> str:
        data = deepcopy(all_together)
        here: Any = data
        for part in path[:-1]:
            here = here[part]
        here[path[-1]] = value
        with pytest.raises(InputError) as caught:
            build_scenario(data)
        return str(caught.value)

    return build


def test_scenario_files_as_delivered_have_known_keys() -> None:
    for file in load_library().groups["scenario"].values():
        check_keys(Scenario, file.content)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"agencis": {}}, "agencis: unknown key 'agencis'"),
        ({"port": {"facilities": {"x": {"are": 1}}}}, "port.facilities.x.are: unknown key 'are'"),
        (
            {"tariff": {"stay_charges": {"x": {"bands": [{"first": 1}, {"frist": 2}]}}}},
            "tariff.stay_charges.x.bands.1.frist: unknown key 'frist'",
        ),
    ],
)
def test_unknown_key_of_a_part(part: dict[str, Any], message: str) -> None:
    with pytest.raises(MisfitError) as caught:
        check_keys(Scenario, part)
    assert str(caught.value).startswith(message)
    assert ".".join(caught.value.path) == message.partition(":")[0]


def test_scenario_as_delivered_is_valid(all_together: dict[str, Any]) -> None:
    assert build_scenario(all_together).name == "all_together"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        *(
            pytest.param(
                ("experiment", name),
                3661.0,
                f"experiment.{name}: input should be less than or equal to 3660, given 3661.0",
                id=f"long {name}",
            )
            for name in ("warm_up_days", "horizon_days", "cool_down_days")
        ),
        pytest.param(
            ("experiment", "seed"),
            2**63,
            "experiment.seed: input should be less than or equal to 9223372036854775807, "
            "given 9223372036854775808",
            id="seed of more than 64 bits",
        ),
        pytest.param(
            ("agencies", "customs", "examiners"),
            -1,
            "agencies.customs.examiners: input should be greater than or equal to 0, given -1",
            id="negative count",
        ),
        pytest.param(
            ("agencies", "customs", "examiners"),
            2.5,
            "agencies.customs.examiners: input should be a valid integer, given 2.5",
            id="fraction of an officer",
        ),
        pytest.param(
            ("agencies", "customs", "examiners"),
            True,
            "agencies.customs.examiners: input should be a valid integer, given True",
            id="true is no number",
        ),
        pytest.param(
            (*ADOPTION, "share"),
            1.5,
            "reforms.advance_declaration.adoption.share: "
            "input should be less than or equal to 1, given 1.5",
            id="probability above one",
        ),
        pytest.param(
            ("tariff", "carrying", "rate"),
            nan,
            "tariff.carrying.rate: input should be a finite number, given nan",
            id="not a number",
        ),
        pytest.param(
            ("tariff", "carrying", "rate"),
            inf,
            "tariff.carrying.rate: input should be a finite number, given inf",
            id="infinite",
        ),
        pytest.param(
            ("experiment", "confidence"),
            nan,
            "experiment.confidence: input should be less than 1, given nan",
            id="bounded and not a number",
        ),
        pytest.param(
            ("hours", "office", "week"),
            {"mnd": []},
            "hours.office.week.mnd: input should be "
            "'mon', 'tue', 'wed', 'thu', 'fri', 'sat' or 'sun', given 'mnd'; did you mean 'mon'?",
            id="unknown weekday",
        ),
        pytest.param(
            ("hours", "office", "week", "mon"),
            ["17:00-08:30"],
            "hours.office.week.mon: '17:00-08:30' does not end after it starts within one day",
            id="span backwards",
        ),
        pytest.param(
            ("agencies", "customs", "hours"),
            "offce",
            "agencies.customs.hours: unknown hours 'offce'; "
            "allowed: around_the_clock, business, daytime, every_day, office, out_of_hours; "
            "did you mean 'office'?",
            id="dangling name",
        ),
        pytest.param(("port", "label"), {"en": "Port"}, "port.label.zh: missing", id="missing"),
    ],
)
def test_value_that_does_not_fit(
    error_of: Callable[..., str], path: tuple[str | int, ...], value: object, message: str
) -> None:
    assert error_of(path, value) == message


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        pytest.param(
            ("agncies",),
            {},
            "agncies: unknown key 'agncies'; allowed: agencies, baseline, description, "
            "disruptions, experiment, holidays, hours, label, name, port, reforms, targets, "
            "tariff, traffic, workflows; did you mean 'agencies'?",
            id="at the top",
        ),
        pytest.param(
            (*ADOPTION, "shar"),
            0.5,
            "reforms.advance_declaration.adoption.shar: unknown key 'shar'; "
            "allowed: assumption, by_tier, calibrated_to, share, source; did you mean 'share'?",
            id="in a mapping",
        ),
        pytest.param(
            (*REVIEW, "duration"),
            {"dist": "lognormal", "men": 1.0, "cv": 0.5, "assumption": True},
            "workflows.sea_import.steps.review_quarantine.duration.men: unknown key 'men'; "
            "allowed: assumption, calibrated_to, cv, dist, mean, source; "
            "did you mean 'mean'? (and 1 more)",
            id="of the distribution meant",
        ),
        pytest.param(
            (*REVIEW, "trigger"),
            {"arrival_offst": {}},
            "workflows.sea_import.steps.review_quarantine.trigger.arrival_offst: "
            "unknown key 'arrival_offst'; allowed: ahead, arrival_offset, hours, since; "
            "did you mean 'arrival_offset'? (and 1 more)",
            id="in an optional model",
        ),
        pytest.param(
            (*OPERATOR, "pool", "to", "capcity"),
            3,
            "reforms.one_stop_site.operators.4.pool.to.capcity: unknown key 'capcity'; allowed: "
            "area_m2, assumption, calibrated_to, capacity, discipline, end_of_shift, hours, source;"
            " did you mean 'capacity'?",
            id="in a list",
        ),
    ],
)
def test_unknown_key(
    error_of: Callable[..., str], path: tuple[str | int, ...], value: object, message: str
) -> None:
    assert error_of(path, value) == message


@pytest.mark.parametrize(
    ("duration", "message"),
    [
        pytest.param(
            {"dist": "lognorml", "mean": 1.0},
            ".dist: unknown dist 'lognorml'; allowed: constant, erlang, exponential, gamma, "
            "hyperexponential, lognormal, triangular, uniform; did you mean 'lognormal'?",
            id="unknown distribution",
        ),
        pytest.param({"mean": 1.0, "cv": 1.0}, ".dist: missing", id="no distribution"),
        pytest.param(
            {"dist": "uniform", "low": 2.0, "high": 1.0, "assumption": True},
            ": low 2 is above high 1",
            id="bounds crossed",
        ),
        pytest.param(
            {"dist": "constant", "value": 1.0},
            ": needs one of 'source', 'calibrated_to' or 'assumption: true'",
            id="no provenance",
        ),
        pytest.param(
            {"attribute": "discharge_hour"},
            ".attribute: input should be 'unload_hours', 'load_hours', 'unload_offset' "
            "or 'load_offset', given 'discharge_hour'",
            id="unknown attribute",
        ),
    ],
)
def test_duration_is_explained_by_the_alternative_meant(
    error_of: Callable[..., str], duration: dict[str, object], message: str
) -> None:
    where = "workflows.sea_import.steps.review_quarantine.duration"
    assert error_of((*REVIEW, "duration"), duration) == f"{where}{message}"


def test_key_of_either_alternative_is_allowed_where_both_fit_alike(
    error_of: Callable[..., str],
) -> None:
    message = error_of(OPERATOR, {"set": {"pool": "cranes", "to": {"capcity": 3}}})
    assert message.startswith("reforms.one_stop_site.operators.4.set.to.capcity: unknown key")
    assert message.endswith("did you mean 'capacity'?")


def test_step_may_be_called_like_a_distribution(error_of: Callable[..., str]) -> None:
    steps = {"uniform": {"label": {"en": "A", "zh": "A"}}}
    message = error_of(("workflows", "sea_import", "steps"), steps)
    assert message == "workflows.sea_import.steps.uniform.party: missing (and 2 more)"


def test_parameters_of_an_alternative_in_a_reform_are_found(error_of: Callable[..., str]) -> None:
    trigger = {"arrival_offset": {"dist": "constant", "valu": 1.0, "assumption": True}}
    message = error_of(
        ("reforms", "advance_declaration", "operators", 1, "move", "trigger"), trigger
    )
    assert message == (
        "reforms.advance_declaration.operators.1.move.trigger.arrival_offset.valu: "
        "unknown key 'valu'; allowed: assumption, calibrated_to, dist, source, value; "
        "did you mean 'value'? (and 1 more)"
    )
