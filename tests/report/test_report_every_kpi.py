"""Every KPI of every ready-made scenario reads well in both languages."""

import pytest

from sim.clearance.compile import Compiler
from sim.command.configuration import build_run
from sim.report.labels import Labels, labels_of
from sim.study.inputs import load_inputs
from sim.study.quantiles import LEVELS
from sim.study.replication import replicate
from sim.study.settings import Point
from sim.traffic.draws import Draws
from tests.report.synthetic_study import ROOT

SCENARIOS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
# A few of them, with many reforms, with few and with none; the others take long.
WIDE = ("all_together", "heyuan_2020", "lianyungang_sea")
SHORT = [
    "experiment.warm_up_days=0.0",
    "experiment.horizon_days=3.0",
    "experiment.cool_down_days=0.0",
]


def short_run_keys(point: Point) -> set[str]:
    """KPIs of three days of a scenario."""
    scenario = point.scenario
    draws = Draws(scenario.experiment.seed, 0)
    replication = replicate(scenario, load_inputs([scenario]), Compiler(scenario), draws)
    observed = replication.measures.observed
    quantiles = {f"{key}.{level}" for key in observed for level in LEVELS}
    return quantiles | {kpi.key for kpi in replication.measures.kpis}


def without_words(labels: Labels, key: str) -> list[str]:
    """Words of a key that nothing says how to read; the key itself if it has no family."""
    found = labels.family(key)
    if found is None:
        return [key]
    return [
        f"{vocabulary} {word}"
        for vocabulary, word in found[1].items()
        if word not in labels.words.get(vocabulary, {}) and vocabulary != "hours"
    ]


@pytest.mark.parametrize(
    "scenario",
    [pytest.param(name, marks=[pytest.mark.slow] * (name not in WIDE)) for name in SCENARIOS],
)
def test_every_kpi_has_a_family_and_every_word_a_label(scenario: str) -> None:
    point = build_run([f"scenario={scenario}", *SHORT]).points[-1]
    keys = short_run_keys(point)
    assert len(keys) > 500
    for language in ("en", "zh"):
        labels = labels_of([point], language)
        assert {word for key in keys for word in without_words(labels, key)} == set()
