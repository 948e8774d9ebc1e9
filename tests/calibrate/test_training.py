from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from sim.calibrate.examined import read_examined
from sim.calibrate.request import TrainingRequest
from sim.calibrate.risk_model import cross_fitted_scores, fit, score
from sim.calibrate.training import Training, train
from sim.calibrate.training_files import write_training
from sim.command.training import training_request
from sim.files.declarations import FOLDER
from sim.measure.ranking import area_under_curve
from sim.scenario.errors import InputError
from tests.calibrate.examined import request


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> TrainingRequest:
    return request(tmp_path_factory.mktemp("training"))


@cache
def trained(asked: TrainingRequest) -> Training:
    return train(asked)


def test_a_model_learns_whom_examinations_caught(asked: TrainingRequest) -> None:
    training = trained(asked)
    assert training.area.low > 0.7
    assert training.area.low < training.area.value < training.area.high
    hits = [found.hit_rate for found in training.at_rates]
    assert min(hits) > 2 * training.validation.fraud_share
    assert training.at_rates[-1].recall > training.at_rates[0].recall
    assert (training.training.rows, training.validation.rows) == (900, 300)
    assert (training.training.first[:7], training.validation.last[:7]) == ("2020-05", "2020-06")


def test_the_same_seed_gives_the_same_scores(asked: TrainingRequest) -> None:
    training, later = read_examined(asked.training), read_examined(asked.validation)
    one, again, other = (score(fit(training, seed), later) for seed in (7, 7, 8))
    assert (one == again).all()
    assert (one != other).any()


def test_a_table_keeps_its_rows_and_gets_scores(asked: TrainingRequest) -> None:
    (table,) = trained(asked).tables
    plain = pd.read_csv(asked.tables[0], dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(table.rows[plain.columns], plain, check_dtype=False)
    assert table.rows["score_made_up"].str.fullmatch(r"0\.\d{4}").all()
    assert (table.cross_fitted, len(table.rows)) == (100, 130)
    assert table.area.value > 0.7


def test_the_outcome_of_a_declaration_is_not_in_its_score(asked: TrainingRequest) -> None:
    examined = read_examined(asked.training)
    rng = np.random.default_rng(1)
    noise = examined.assign(
        fraud=rng.random(len(examined)) < 0.3,
        importer=[f"T{number}" for number in range(len(examined))],
        net_mass_kg=1.0,
    )
    fraud = noise["fraud"].to_numpy()
    # What cannot be learned is not: one importer each, so only a leak could tell them apart.
    assert area_under_curve(cross_fitted_scores(noise, 7), fraud) == pytest.approx(0.5, abs=0.05)
    assert area_under_curve(score(fit(noise, 7), noise), fraud) > 0.6


def test_later_scores_do_not_depend_on_later_outcomes(asked: TrainingRequest) -> None:
    model = fit(read_examined(asked.training), 7)
    later = read_examined(asked.validation)
    turned = later.assign(fraud=~later["fraud"])
    assert (score(model, later) == score(model, turned)).all()


def test_a_model_is_judged_on_what_came_later(asked: TrainingRequest) -> None:
    with pytest.raises(InputError) as raised:
        train(replace(asked, validation=asked.training))
    training = trained(asked).training
    assert str(raised.value) == (
        f"validation: 'training.csv' begins on {training.first}, before the training file ends on "
        f"{training.last}; a model is judged on what came later"
    )


def test_a_declaration_is_in_one_file(asked: TrainingRequest, tmp_path: Path) -> None:
    later = pd.read_csv(asked.validation, keep_default_na=False)
    later.loc[2, "declaration"] = 5
    later.to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(InputError, match=r"'x.csv': declaration 5 is in the training file too"):
        train(replace(asked, validation=tmp_path / "x.csv"))


def test_tables_name_known_declarations(asked: TrainingRequest, tmp_path: Path) -> None:
    for lines, expected in (
        ("declaration\n1\n5000\n", "row 3: declaration: 5000 is neither in the training nor in"),
        ("importer\n1\n", ": missing column 'declaration'"),
    ):
        (tmp_path / "x.csv").write_text(lines)
        with pytest.raises(InputError, match=f"^declaration table 'x.csv'.*{expected}"):
            train(replace(asked, tables=(tmp_path / "x.csv",)))


def test_what_is_written(asked: TrainingRequest, tmp_path: Path) -> None:
    training = trained(asked)
    description = yaml.safe_load((tmp_path / write_training(training, tmp_path)).read_text("utf-8"))
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["made_up.yaml", "table.csv"]
    assert description["model"] == "made_up"
    assert description["seed"] == 7
    assert description["validation"]["auc"]["value"] == round(training.area.value, 4)
    assert description["tables"]["table"]["rows"] == 130
    assert pd.read_csv(tmp_path / "table.csv")["score_made_up"].between(0, 1).all()


@pytest.mark.slow
def test_the_shipped_scores_are_those_of_the_shipped_declarations(tmp_path: Path) -> None:
    write_training(train(training_request([f"output={tmp_path}"])), tmp_path)
    for name in ("kcs_sea_imports", "kcs_air_imports"):
        made, shipped = (pd.read_csv(folder / f"{name}.csv") for folder in (tmp_path, FOLDER))
        pd.testing.assert_frame_equal(made, shipped, atol=2e-3)
    made_text, shipped_text = (
        yaml.safe_load((folder / "models" / "kcs_2020.yaml").read_text("utf-8"))
        for folder in (tmp_path, FOLDER)
    )
    assert made_text["validation"]["auc"]["value"] == pytest.approx(
        shipped_text["validation"]["auc"]["value"], abs=0.002
    )
