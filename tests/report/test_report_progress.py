"""How far a run is, as a user sees it."""

import pytest
from rich.console import Console

from sim.report.progress import progress


def test_progress_without_a_terminal_is_ten_lines_at_most(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress(Console()) as on_progress:
        for done in range(201):
            on_progress(done, 200)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert lines[-1].startswith("replications 200/200, ")
    assert lines[-1].endswith(", 0:00:00 left")


def test_progress_goes_on_when_there_is_more_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Console()) as on_progress:
        for done, total in ((0, 10), (10, 10), (10, 40), (30, 40), (40, 40)):
            on_progress(done, total)
    shown = [line.split(",")[0] for line in capsys.readouterr().out.splitlines()]
    assert shown == ["replications 10/10", "replications 30/40", "replications 40/40"]


def test_what_was_found_is_said_first_and_is_no_part_of_the_rate(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter((0.0, 10.0, 20.0))
    monkeypatch.setattr("sim.report.progress.time.monotonic", lambda: next(seconds))
    with progress(Console()) as on_progress:
        for done in (80, 90, 100):
            on_progress(done, 100)
    assert capsys.readouterr().out.splitlines() == [
        "found 80 of 100 replications in the store",
        "replications 90/100, 1/s, 0:00:10 left",
        "replications 100/100, 1/s, 0:00:00 left",
    ]


def test_parts_of_one_work_have_one_course(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter((0.0, 10.0, 20.0, 40.0))
    monkeypatch.setattr("sim.report.progress.time.monotonic", lambda: next(seconds))
    with progress(Console()) as course:
        first = course.part(10, later=30)
        first(0, 10)
        first(10, 10)
        second = course.part(30, later=0)
        for done in (10, 20, 30):
            second(done, 30)
    assert capsys.readouterr().out.splitlines() == [
        "replications 10/40, 1/s, 0:00:30 left",
        "found 10 of 30 replications in the store",
        "replications 30/40, 1/s, 0:00:10 left",
        "replications 40/40, 0.75/s, 0:00:00 left",
    ]


def test_quiet_progress_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Console(), is_quiet=True) as on_progress:
        for done in (1, 2):
            on_progress(done, 2)
    assert capsys.readouterr() == ("", "")


def test_progress_on_a_terminal_shows_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Console(force_terminal=True, width=100)) as on_progress:
        on_progress(3, 10)
    assert "3/10" in capsys.readouterr().out
