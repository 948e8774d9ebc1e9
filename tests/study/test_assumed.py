from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.provenance import sourced_blocks
from sim.scenario.scenario import Scenario
from sim.scenario.validate import build_scenario
from sim.study.assumed import AssumedFigure, assumed_figures, moved, other_assumptions, shown
from tests.builders import shipped_data


@cache
def serial() -> Scenario:
    return build_scenario(shipped_data("serial"))


@cache
def figures() -> dict[str, AssumedFigure]:
    return {figure.name: figure for figure in assumed_figures(serial())}


def values(name: str, factor: float) -> str | None:
    found = moved(serial(), figures()[name], factor)
    return shown(found.values) if found else None


@pytest.mark.parametrize(
    ("name", "down", "up"),
    [
        ("agencies.customs.examiners", "11", "17"),
        ("port.facilities.pilots.capacity", "2", "4"),
        ("port.facilities.scanners.capacity", None, "2"),
        (
            "agencies.customs.selection.rate",
            "0.00456 0.024 0.064 0.67808",
            "0.00684 0.036 0.096 1",
        ),
        ("traffic.traders.tier_share", None, None),
        ("workflows.steps.pay_duty.duration.cv", "0.48", "0.72"),
        ("workflows.steps.examine_customs.duration", "0.8 1.2 2.8", "1.2 1.8 4.2"),
        ("tariff.fees.moving.amount", "200", "300"),
    ],
)
def test_a_figure_moves_within_what_is_possible(
    name: str, down: str | None, up: str | None
) -> None:
    assert (values(name, 0.8), values(name, 1.2)) == (down, up)


def test_a_pool_is_not_moved_below_what_a_step_needs() -> None:
    data = shipped_data("serial")
    data["port"]["facilities"]["cranes"]["capacity"] = 4
    scenario = build_scenario(data)
    figure = AssumedFigure("cranes", ("port.facilities.cranes.capacity",), (4,))
    cranes = max(
        step.takes.get("cranes", 0) + step.uses.get("cranes", 0)
        for step in scenario.workflows["vessel_call"].steps.values()
    )
    assert cranes > 3
    assert moved(scenario, figure, 0.8) is None
    assert moved(scenario, figure, 1.2) is not None


def test_only_the_figure_moves() -> None:
    figure = figures()["workflows.steps.release.duration"]
    found = moved(serial(), figure, 1.2)
    assert found is not None
    before, after = serial().model_dump(), found.scenario.model_dump()
    for data in (before, after):
        del data["workflows"]["sea_import"]["steps"]["release"]["duration"]["value"]
    assert before == after


def test_every_assumed_number_is_a_figure_or_named_beside_them() -> None:
    others = other_assumptions(serial())
    assert "workflows.sea_import" in others
    assert "quarantine_chapters" in others["traffic.goods"]
    assert not any(figure.name in others for figure in figures().values())


def test_what_a_source_says_is_not_moved() -> None:
    assert "workflows.steps.prepare_documents.duration" not in figures()


@given(st.integers(1, 10_000), st.sampled_from([0.8, 1.2]))
def test_a_whole_number_stays_whole_and_near(number: int, factor: float) -> None:
    data = shipped_data("serial")
    data["agencies"]["customs"]["reviewers"] = number
    scenario = build_scenario(data)
    figure = AssumedFigure("x", ("agencies.customs.reviewers",), (number,))
    found = moved(scenario, figure, factor)
    if found is None:
        assert (number, factor) == (1, 0.8)
        return
    (value,) = found.values
    assert isinstance(value, int)
    assert value != number
    assert abs(value - number * factor) <= (0.5 if number > 2 else 1)


def test_what_judges_results_is_no_figure_that_they_rest_on() -> None:
    """Tolerances of targets and the margin of detection are assumed, and move no KPI."""
    assumed = [place for place, block in sourced_blocks(serial()) if block.assumption]
    judging = [place for place in assumed if place.startswith(("targets.", "experiment."))]
    assert "experiment.detection_margin" in judging
    assert "targets.recognised_share.tolerance" in judging
    rested_on = [*figures(), *other_assumptions(serial())]
    assert not [name for name in rested_on if name.startswith(("targets.", "experiment."))]
