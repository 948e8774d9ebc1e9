"""The committed effects are what a run finds."""

from pathlib import Path

import pandas as pd
import pytest

from sim.command.catalogue import load_catalogue
from sim.command.config_files import ROOT
from sim.study.reference_tables import read_effects
from sim.study.settings import Settings
from sim.study.trials import measure_trials

REFORM = "extended_hours"


@pytest.mark.slow
def test_an_effect_of_the_table_is_found_again() -> None:
    trial = load_catalogue().trials[REFORM]
    found = measure_trials([trial], Settings("pool", 2, Path()), lambda done, total: None)
    table = read_effects(ROOT / "results" / "reference")
    committed = table[table["reform"] == REFORM].reset_index(drop=True)
    pd.testing.assert_frame_equal(committed, found, rtol=1e-5, check_dtype=False)
