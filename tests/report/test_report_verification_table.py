import io

from rich.console import Console

from sim.report.verification_table import print_verification, summary
from sim.verify.verification import VerificationRequest, verify
from tests.verify.reference_cases import FILE, case_of

CASES = (case_of("cal_arrive_at_close"), case_of("kat_mrg32k3a"))
REQUEST = VerificationRequest(FILE, CASES, "pull_request", seed=11, workers=1)


def test_a_line_a_metric_and_the_counts() -> None:
    rows = verify(REQUEST, lambda done, total: None)
    file = io.StringIO()
    print_verification(Console(file=file), REQUEST, rows)
    lines = [line.split() for line in file.getvalue().splitlines()]
    assert ["cal_arrive_at_close", "mean_wait_to_start", "900", "900", "0", "pass"] in lines
    assert ["schedule_instants", "2", "2", "0", "pass"] in lines
    assert any(line[:1] == ["kat_mrg32k3a"] and "unsupported" in line for line in lines)
    assert file.getvalue().splitlines()[-1] == summary(REQUEST, rows)


def test_the_summary_states_rule_and_seed() -> None:
    assert summary(REQUEST, verify(REQUEST, lambda done, total: None)) == (
        "4 pass, 1 unsupported. 5 metrics of 2 cases, level pull_request, seed 11; "
        "error of the family over 471 metrics."
    )
