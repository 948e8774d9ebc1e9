"""The catalogue is complete, and its committed pages and tables are those of this configuration."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.command.catalogue import catalogue_request, load_catalogue
from sim.command.config_files import ROOT
from sim.report.catalogue.publish import catalogue_pages
from sim.scenario.errors import InputError
from sim.study.catalogue import Catalogue
from sim.study.influence import stale_figures
from sim.study.reference_tables import read_effects, read_influence
from sim.study.trials import stale_trials

TABLES = ROOT / "results" / "reference"
# The measures of the five documents, row by row.
MEASURES = """
    1 single_window, 2 time_standards, 3 three_ones, 4 joint_inspection, 5 one_stop_site,
    6 mutual_recognition, 7 parallel_agencies, 8 node_review, 9 advance_declaration,
    10 parallel_logistics, 11 integrated_transhipment, 12a consolidated_duty, 12b duty_guarantee,
    12c e_payment, 13 batch_declaration, 14 release_before_test, 15 green_channel,
    16 regional_integration, 17 origin_inspection, 18 post_release_control, 19 joint_boarding,
    20 conveyance_simplification, 21 operations_planning, 22 paperless_declaration,
    23 paperless_sea, 24 paperless_rail, 25 agency_merger, 26 random_selection, 27 risk_targeting,
    28 non_intrusive_inspection, 29 credit_tiers, 30 export_classification, 31 extended_hours,
    32 staff_reallocation, 33 joint_booking, 34 one_stop_counter, 35 efficiency_evaluation,
    36 fee_reform, 37 enforcement_assistance, 38 broker_quality, 39 public_rules, 40 dry_port,
    41 special_zone, 42 passenger_lanes, 43 emergency_response, 44 notification_commitment,
    45 enterprise_page, 46 enforcement_supervision
"""
DOCUMENTED = [tuple(measure.split()) for measure in MEASURES.split(",")]


@cache
def shipped() -> Catalogue:
    return load_catalogue()


def test_every_measure_of_the_documents_has_its_entry() -> None:
    entries = {entry.row: name for name, entry in shipped().entries.items()}
    lacking = [name for row, name in DOCUMENTED if entries.get(row) != name]
    assert len(DOCUMENTED) == 48
    assert not lacking, f"configs/catalogue.yaml: rows without their entry: {lacking}"
    others = {entry.row for name, entry in shipped().entries.items() if not entry.documents}
    assert entries.keys() - others == {row for row, _ in DOCUMENTED}


def test_every_shipped_reform_has_its_entry() -> None:
    files = {path.stem for path in (ROOT / "configs/reforms").glob("*.yaml")}
    assert files - shipped().entries.keys() == set()


def test_every_effect_is_of_the_scenarios_as_they_are() -> None:
    stale = stale_trials(shipped().trials.values(), read_effects(TABLES))
    names = [trial.reform for trial in stale]
    assert not names, f"run 'python run.py catalogue measure=effects'; out of date: {names}"


def test_every_assumption_of_the_baseline_was_moved_as_it_is() -> None:
    influence = read_influence(TABLES)
    baseline, *_ = shipped().surveys
    names = [figure.name for figure in stale_figures(baseline, influence)]
    assert not names, f"run 'python run.py catalogue measure=influence'; out of date: {names}"


def test_every_reform_has_a_survey_the_flagships_first() -> None:
    baseline, *of_reforms = shipped().surveys
    assert (baseline.point.name, baseline.reform) == ("serial", None)
    names = [survey.reform for survey in of_reforms]
    assert sorted(map(str, names)) == sorted(shipped().trials)
    flagship = {
        "advance_declaration", "joint_inspection", "mutual_recognition", "one_stop_site",
        "parallel_agencies", "single_window",
    }  # fmt: skip
    assert set(names[: len(flagship)]) == flagship
    homes = [survey.point.written.name for survey in of_reforms]
    assert homes == sorted(homes, key=lambda home: home != "serial")
    weeks = {survey.point.written.experiment.horizon_days for survey in shipped().surveys}
    assert weeks == {7.0}


def test_the_pages_are_those_of_the_configuration_and_the_tables() -> None:
    pages = catalogue_pages(shipped(), TABLES)
    assert len(pages) == 2
    stale = [
        name
        for name, text in pages.items()
        if not (ROOT / "docs" / name).exists() or (ROOT / "docs" / name).read_text("utf-8") != text
    ]
    assert not stale, f"run 'python run.py catalogue'; out of date: {stale}"


Spoil = Callable[[dict[str, Any], Path], object]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda _, root: (root / "configs/reforms/single_window.yaml").unlink(),
            "configs/catalogue.yaml: single_window: delivered as reform, but there is no "
            "configs/reforms/single_window.yaml",
        ),
        (
            lambda entries, _: entries["single_window"].update(
                delivered="governance", label={"en": "A", "zh": "甲"}, says={"en": "A", "zh": "甲"}
            ),
            "configs/catalogue.yaml: single_window: delivered as governance, but there is "
            "configs/reforms/single_window.yaml",
        ),
        (
            lambda entries, _: entries["single_window"].pop("home"),
            "configs/catalogue.yaml: single_window: home: missing; what is delivered as reform "
            "has it",
        ),
        (
            lambda entries, _: entries["single_window"].update(home="serail"),
            "configs/catalogue.yaml: single_window.home: unknown scenario 'serail'",
        ),
        (
            lambda entries, _: entries["single_window"].update(kpis=[]),
            "configs/catalogue.yaml: single_window.kpis: unknown key 'kpis'",
        ),
        (
            lambda entries, _: entries["single_window"].update(documents=["H-phase-4"]),
            "configs/catalogue.yaml: single_window.documents.0: 'H-phase-4' is no item of a "
            "document; such are H11-13, H-phase-2, L4, Z3(4), S12, F4 and F4-next",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(
    copied_root: Path, spoil: Spoil, message: str
) -> None:
    # No scenario may need the file that goes.
    shutil.rmtree(copied_root / "scenarios/of_several_places")
    for path in (copied_root / "scenarios").glob("*.yaml"):
        if "single_window" in path.read_text("utf-8"):
            path.unlink()
    config = copied_root / "configs/config.yaml"
    config.write_text(config.read_text("utf-8").replace("  - all_together\n", ""), "utf-8")
    path = copied_root / "configs/catalogue.yaml"
    entries = yaml.safe_load(path.read_text("utf-8"))
    spoil(entries, copied_root)
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
    with pytest.raises(InputError) as caught:
        load_catalogue(copied_root)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("words", "measured"),
    [
        ([], (False, False)),
        (["measure=effects"], (True, False)),
        (["measure=influence"], (False, True)),
        (["measure=all", "executor.workers=1"], (True, True)),
    ],
)
def test_words_say_what_is_measured(words: list[str], measured: tuple[bool, bool]) -> None:
    request = catalogue_request(words)
    assert (request.effects, request.influence) == measured
    assert request.takes(None)
    assert request.takes("e_payment")
    assert request.settings.workers == 1 or len(words) < 2


def test_what_is_measured_may_be_confined_to_some_reforms() -> None:
    request = catalogue_request(["measure=all", "reforms=[e_payment,random_selection]"])
    assert request.reforms == ("e_payment", "random_selection")
    assert request.takes("e_payment")
    assert not request.takes("single_window")
    assert not request.takes(None)
    with pytest.raises(InputError, match="catalogue: reforms: unknown reform 'e_paymnt'"):
        catalogue_request(["reforms=e_paymnt"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["measure=effect"],
            "catalogue: measure: unknown choice 'effect'; allowed: all, effects, influence; "
            "did you mean 'effects'?",
        ),
        (["measure=all", "measure=all"], "catalogue: measure: is given twice"),
        (["reforms=e_payment", "reforms=[]"], "catalogue: reforms: is given twice"),
        (
            ["scenario=serial"],
            "catalogue: unknown key 'scenario'; allowed: executor, measure, reforms",
        ),
    ],
)
def test_words_without_a_place_are_refused(words: list[str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        catalogue_request(words)
    assert str(caught.value) == message
