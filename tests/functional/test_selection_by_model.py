"""Agencies that select by the scores of a trained model, from the command line to the figures."""

import numpy as np
import pytest

from sim.measure.detection import detection_kpis
from sim.scenario.errors import InputError
from sim.study.study_runner import run_study

BY_MODEL = (
    "scenario=serial",
    "agencies.customs.selection.auc=null",
    "+agencies.customs.selection.model=kcs_2020",
)


def test_goods_and_violations_are_those_of_selection_by_area(observe):
    (by_area,), (by_model,) = observe("scenario=serial"), observe(*BY_MODEL)
    for column in ("value_fen", "tier", "containers"):
        np.testing.assert_array_equal(
            getattr(by_area.consignments, column), getattr(by_model.consignments, column)
        )
    one, other = by_area.consignments, by_model.consignments
    assert (one.violation["customs"] == other.violation["customs"]).all()
    assert (one.flags["customs_selected"] != other.flags["customs_selected"]).any()
    assert (one.flags["quarantine_selected"] == other.flags["quarantine_selected"]).all()


def test_the_achieved_area_is_near_that_of_the_table(observe):
    often = ("traffic.violations.probability.customs=0.4", "experiment.horizon_days=21")
    (observation,) = observe(*BY_MODEL, *often)
    kpis = {kpi.key: kpi.value for kpi in detection_kpis(observation)}
    assert kpis["detection.customs.auc"] == pytest.approx(0.794, abs=0.05)


def test_a_model_that_scored_nothing_is_refused_before_anything_runs(small_run):
    run = small_run(*BY_MODEL[:2], "+agencies.customs.selection.model=kcs_2019")
    with pytest.raises(InputError) as raised:
        run_study(run, lambda *_: pytest.fail("a replication has run"))
    assert str(raised.value) == (
        "agencies.customs.selection.model: unknown model 'kcs_2019'; allowed: kcs_2020; "
        "did you mean 'kcs_2020'?"
    )
