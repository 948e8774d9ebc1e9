"""Every shipped reform fits every shipped baseline that has one of its workflows."""

import re
from collections.abc import Iterable, Iterator

import pytest

from sim.clearance.parameters import effect_of
from sim.clearance.resources import resources_of
from sim.clearance.validate import check_effect
from sim.report.content import content
from sim.scenario.base import Label, Sourced, Strict
from sim.scenario.provenance import basis, sourced_blocks
from sim.scenario.reform import Reform
from sim.scenario.validate import build_scenario, validated
from tests.catalogue import (
    BASELINES,
    CATALOGUE,
    REFORMS,
    concerned,
    with_required,
    without_conflicts,
    without_reforms,
)

CHINESE = re.compile("[\u4e00-\u9fff]")


def check(scenario: str, reforms: Iterable[str]) -> None:
    """Validate a scenario with reforms in force as a run would; nothing is simulated."""
    in_force = {name: REFORMS[name] for name in reforms}
    check_effect(effect_of(build_scenario({**without_reforms(scenario), "reforms": in_force})))


def parts_of(value: object) -> Iterator[Strict]:
    """A model and all models in it."""
    inside: Iterable[object] = ()
    if isinstance(value, Strict):
        yield value
        inside = [getattr(value, name) for name in type(value).model_fields]
    elif isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, tuple):
        inside = value
    for item in inside:
        yield from parts_of(item)


# At its home each is built by whatever reads the catalogue.
@pytest.mark.slow
@pytest.mark.parametrize("scenario", BASELINES)
def test_every_reform_fits_a_baseline_by_itself(scenario: str) -> None:
    for name in concerned(scenario):
        check(scenario, with_required([name]))


@pytest.mark.parametrize("scenario", BASELINES)
def test_all_reforms_that_go_together_fit_a_baseline(scenario: str) -> None:
    names = concerned(scenario)
    for reforms in {frozenset(without_conflicts(order)) for order in (names, names[::-1])}:
        check(scenario, reforms)


@pytest.mark.parametrize("scenario", BASELINES)
def test_regional_integration_pools_reviewers_and_hires_nobody(scenario: str) -> None:
    reforms = {"regional_integration": REFORMS["regional_integration"]}
    before, after = (
        resources_of(build_scenario({**without_reforms(scenario), "reforms": in_force})).pools
        for in_force in ({}, reforms)
    )
    for agency in ("customs", "quarantine"):
        alone, pooled = before[f"{agency}.reviewers"], after[f"regional_{agency}_reviewers"]
        assert sum(pooled.roster.values()) == sum(alone.roster.values())
        assert f"{agency}.home_office_reviewers" not in after


@pytest.mark.parametrize("name", REFORMS)
def test_a_reform_of_the_catalogue_has_a_home(name: str) -> None:
    home = CATALOGUE[name]["home"]
    assert name in concerned(home)
    assert not CATALOGUE[name].keys() - {"row", "home", "kpi", "documents"}


@pytest.mark.parametrize("name", REFORMS)
def test_a_reform_speaks_both_languages_and_says_where_its_figures_come_from(name: str) -> None:
    parts = list(parts_of(validated(Reform, REFORMS[name])))
    labels = [part for part in parts if isinstance(part, Label)]
    assert [label for label in labels if CHINESE.search(label.en)] == []
    assert [label for label in labels if not CHINESE.search(label.zh)] == []
    figures = [part for part in parts if isinstance(part, Sourced)]
    assert all(part.source or part.calibrated_to or part.assumption for part in figures)
    assert REFORMS[name]["source"].strip()


@pytest.mark.parametrize("name", REFORMS)
def test_what_figures_of_a_reform_rest_on_is_said_in_chinese_too(name: str) -> None:
    known = content()["words"]["basis"]
    blocks = [*sourced_blocks(validated(Reform, REFORMS[name]))]
    bases = {basis(block) for _, block in blocks if basis(block)}
    assert [text for text in bases if text not in known] == []
