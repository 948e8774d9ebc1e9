"""The committed effects are what the program finds."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from sim.command.catalogue import load_catalogue
from sim.command.config_files import ROOT
from sim.study.catalogue import Catalogue
from sim.study.probes import moved_trials
from sim.study.reference_tables import read_effects
from sim.study.settings import Settings
from sim.study.trials import measure_trials, stale_trials

REFORM = "extended_hours"


@cache
def shipped() -> Catalogue:
    return load_catalogue()


def effects() -> pd.DataFrame:
    return read_effects(ROOT / "results" / "reference")


def moved(names: tuple[str, ...]) -> list[str]:
    """Reforms of some names whose effect is of the scenarios as they are, not of the program."""
    trials = [shipped().trials[name] for name in names]
    stale = stale_trials(trials, effects())
    current = [trial for trial in trials if trial not in stale]
    assert current, "nothing to compare"
    found = moved_trials(current, effects(), Settings("serial", 1, Path()))
    return [trial.reform for trial in found]


@pytest.mark.slow
def test_every_effect_is_of_the_program_as_it_is() -> None:
    found = moved(tuple(shipped().trials))
    assert not found, f"run 'python run.py catalogue measure=effects'; out of date: {found}"


@pytest.mark.slow
def test_an_effect_of_the_table_is_found_again() -> None:
    trial = shipped().trials[REFORM]
    found = measure_trials([trial], Settings("pool", 2, Path()), lambda done, total: None)
    table = effects()
    committed = table.loc[table["reform"] == REFORM, found.columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(committed, found, rtol=1e-5, check_dtype=False)
