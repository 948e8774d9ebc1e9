"""How far a run is: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

OnProgress = Callable[[int, int], None]

_LINES = 10


@contextmanager
def progress(console: Console, is_quiet: bool = False) -> Iterator[OnProgress]:
    """Give a function to call with what is done and how much there is.

    When there is more or less to do than there was, what is done with that call was found, not
    run: it has no part in the rate.
    """
    if is_quiet:
        yield lambda done, total: None
        return
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (
        TextColumn("replications"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task, pace = bar.add_task("replications", total=None, rate=""), _Pace()

        def on_progress(done: int, total: int) -> None:
            _say_found(console, pace, done, total)
            pace.note(done, total)
            bar.update(task, completed=done, total=total, rate=pace.shown())

        yield on_progress


class _RateColumn(ProgressColumn):
    """Replications a second, and how long the rest will take."""

    def render(self, task: Task) -> Text:
        """Show both, or nothing as long as no replication has been run."""
        return Text(task.fields["rate"])


@dataclass
class _Pace:
    """How many replications have been run since when, and how many there are."""

    start: float = 0.0
    run: int = 0
    done: int = 0
    total: int = -1

    def note(self, done: int, total: int) -> None:
        """Take note of what is done now."""
        if self.total < 0:
            self.start = time.monotonic()
        if total == self.total:
            self.run += done - self.done
        self.done, self.total = done, total

    def shown(self) -> str:
        """The rate and the time left, or nothing."""
        if not self.run:
            return ""
        rate = self.run / max(time.monotonic() - self.start, 1e-9)
        left = timedelta(seconds=round((self.total - self.done) / rate))
        return f"{rate:.2g}/s, {left} left"


def _say_found(console: Console, pace: _Pace, done: int, total: int) -> None:
    if pace.total < 0 and done:
        console.print(f"found {done} of {total} replications in the store", highlight=False)


def _lines(console: Console) -> OnProgress:
    pace, shown = _Pace(), 0

    def on_progress(done: int, total: int) -> None:
        nonlocal shown
        _say_found(console, pace, done, total)
        tenths = _LINES * done // total if total else 0
        # With another total the share done may have fallen; what was found is no news.
        shown = shown if total == pace.total else tenths
        pace.note(done, total)
        if tenths <= shown:
            return
        shown = tenths
        console.print(f"replications {done}/{total}, {pace.shown()}", highlight=False)

    return on_progress
