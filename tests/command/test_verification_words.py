"""``run.py verify``: what its words mean, one line for what cannot be, exit codes."""

from pathlib import Path

import pytest

import run
from sim.command.verification import verification_request
from sim.scenario.errors import InputError
from tests.verify.reference_cases import SHIPPED

FILE = str(SHIPPED)


def test_the_whole_file_with_a_fixed_seed() -> None:
    request = verification_request([FILE])
    assert (len(request.cases), request.level, request.seed) == (78, "pull_request", 2017)


def test_what_words_choose() -> None:
    words = ["--level", "nightly", FILE, "--case", "train_cap20", "mm1_l3_m5", "executor.workers=3"]
    request = verification_request(words)
    assert [case.id for case in request.cases] == ["mm1_l3_m5", "train_cap20"]
    assert (request.level, request.workers) == ("nightly", 3)


def test_nights_have_fresh_seeds_that_can_be_given_again() -> None:
    seeds = {verification_request([FILE, "--level=nightly"]).seed for _ in range(3)}
    assert len(seeds) == 3
    again = verification_request([FILE, "--level=nightly", "experiment.seed=5"])
    assert again.seed == 5


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "verify: one file is expected, given 0; see verify --help"),
        (["a.json", "b.json"], "verify: one file is expected, given 2; see verify --help"),
        (
            [FILE, "--levle", "nightly"],
            "verify: unknown flag '--levle'; allowed: --level, --case; did you mean '--level'?",
        ),
        (
            [FILE, "--level", "night"],
            "--level: unknown level 'night'; allowed: nightly, pull_request; "
            "did you mean 'nightly'?",
        ),
        (
            [FILE, "--case", "mm1_l0.5"],
            "--case: unknown case 'mm1_l0.5'; the file has 78; did you mean 'mm1_l0.5_m1'?",
        ),
        (
            [FILE, "--case", "nope"],
            "--case: unknown case 'nope'; the file has 78; "
            "the nearest: train_cap20, mg1_uniform, mg_inf_dwell",
        ),
        (
            [FILE, "executor.worker=2"],
            "verify: unknown key 'executor.worker'; allowed: executor.workers, experiment.seed; "
            "did you mean 'executor.workers'?",
        ),
        (
            [FILE, "executor.workers=0"],
            "executor.workers: a whole number is expected, given '0'",
        ),
    ],
)
def test_a_word_that_has_no_place(words: list[str], message: str) -> None:
    with pytest.raises(InputError) as error:
        verification_request(words)
    assert str(error.value) == message


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["verify", FILE, "--case", "cal_arrive_at_close"]) == 0
    instant = '"arrival": 1020,\n     "start": 192'
    text = SHIPPED.read_text().replace(f"{instant}0", f"{instant}1")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text)
    assert run.main(["verify", str(wrong), "--case", "cal_arrive_at_close"]) == 1
    capsys.readouterr()
    assert run.main(["verify", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err == (
        "error: verify: reference file 'none.json': there is no such file, "
        f"looked for at '{tmp_path}/none.json'\n"
    )


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["verify", "--help"]) == 0
    assert "--level nightly" in capsys.readouterr().out
    assert run.main(["--help"]) == 0
    assert "run.py verify FILE.json" in capsys.readouterr().out
