"""The quick part of the shipped reference file; ``make verify`` runs it whole."""

import pytest

from sim.verify.reference_file import Case
from tests.verify.reference_cases import FILE, rows_of

RANDOM = {
    "breakdown_scanner",
    "delay_erlang2_pair",
    "inspection_detection",
    "mt_minf_daynight_lowrate",
    "prio_np_mg1_two_rates",
    "random_arrival_to_shift",
    "storage_started_days",
}
PASSED = {"pass", "pass (no engine)", "trap avoided"}
WITHOUT_CHANCE = ("exact-deterministic", "statistics", "known-answer")
LONGER = dict.fromkeys(
    ("breakdown_scanner", "inspection_detection", "prio_np_mg1_two_rates"), pytest.mark.slow
)
QUICK = [case for case in FILE.cases if case.id in RANDOM or case.tier in WITHOUT_CHANCE]


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.id, marks=LONGER.get(case.id, ())) for case in QUICK],
)
def test_reproduced(case: Case) -> None:
    verdicts = {name: row.judgement.verdict for name, row in rows_of(case, seed=2017).items()}
    assert set(verdicts.values()) <= PASSED | {"unsupported"}, verdicts
    assert case.kind in ("rng", "dst") or "unsupported" not in verdicts.values()
