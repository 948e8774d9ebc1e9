"""Effects go out of date with the program: small runs beside them tell."""

from pathlib import Path

import pandas as pd
import pytest

from sim.scenario.validate import build_scenario
from sim.study.probes import moved_trials, probe, with_probes
from sim.study.reference_tables import read_effects, renew_effects
from sim.study.settings import Point, Settings
from sim.study.trials import COLUMNS, PROBE, Trial, stale_trials
from tests.builders import shipped_data

OVERALL, JOINTLY = "all.overall_clearance_time.mean", "step.book_jointly.share"
SETTINGS = Settings("serial", 1, Path())


def point(name: str) -> Point:
    data = shipped_data(name)
    data["experiment"].update({"warm_up_days": 0.0, "horizon_days": 3.0, "replications": 2})
    return Point(name, build_scenario(data))


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial("joint_inspection", (OVERALL, JOINTLY), point("serial"), point("joint_inspection"))


@pytest.fixture(scope="module")
def effects(trial: Trial) -> pd.DataFrame:
    rows = [(trial.reform, "serial", kpi, *[None] * 8, trial.sha256) for kpi in trial.kpis]
    return with_probes(pd.DataFrame(rows, columns=COLUMNS), probe([trial], SETTINGS))


def test_the_same_program_gives_what_the_probe_gave(trial: Trial, effects: pd.DataFrame) -> None:
    assert effects[PROBE].gt(0).all()
    assert moved_trials([trial], effects, SETTINGS) == []


def test_another_number_of_one_kpi_tells(trial: Trial, effects: pd.DataFrame) -> None:
    others = effects.assign(**{PROBE: effects[PROBE] * [1.0, 1.0001]})
    assert stale_trials([trial], others) == []
    assert moved_trials([trial], others, SETTINGS) == [trial]


def test_a_kpi_that_is_defined_by_now_tells(trial: Trial, effects: pd.DataFrame) -> None:
    lost = effects.assign(**{PROBE: [effects[PROBE].iloc[0], float("nan")]})
    assert moved_trials([trial], lost, SETTINGS) == [trial]


@pytest.mark.slow
def test_an_effect_whose_probe_has_moved_is_measured_again(trial: Trial, tmp_path: Path) -> None:
    told: list[int] = []
    renew_effects(tmp_path, [trial], [trial], SETTINGS, lambda done, total: told.append(done))
    path = tmp_path / "catalogue.csv"
    table = read_effects(tmp_path)
    table.assign(**{PROBE: 1.0, "difference": 99.0}).to_csv(path, index=False)
    renew_effects(tmp_path, [trial], [trial], SETTINGS, lambda done, total: told.append(done))
    assert told == [*range(5), *range(5)]
    pd.testing.assert_frame_equal(read_effects(tmp_path), table)
