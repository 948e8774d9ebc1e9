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

_LINES = 10


@contextmanager
def progress(console: Console, is_quiet: bool = False) -> Iterator["Course"]:
    """Give what is to be called with what is done and how much there is.

    When there is more or less to do than there was, what is done with that call was found, not
    run: it has no part in the rate.
    """
    if is_quiet:
        yield Course(lambda text: None, lambda pace, is_news: None)
        return

    def say(text: str) -> None:
        console.print(text, highlight=False)

    if not console.is_terminal:
        yield Course(say, _lines(say))
        return
    columns = (
        TextColumn("replications"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("replications", total=None, rate="")
        yield Course(
            say,
            lambda pace, _: bar.update(
                task, completed=pace.done, total=pace.total, rate=pace.shown()
            ),
        )


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

    def note(self, done: int, total: int, is_run: bool) -> None:
        """Take note of what is done now, and whether it was run or found."""
        if self.total < 0:
            self.start = time.monotonic()
        if is_run:
            self.run += done - self.done
        self.done, self.total = done, total

    def shown(self) -> str:
        """The rate and the time left, or nothing."""
        if not self.run:
            return ""
        rate = self.run / max(time.monotonic() - self.start, 1e-9)
        left = timedelta(seconds=round((self.total - self.done) / rate))
        return f"{rate:.2g}/s, {left} left"


class Course:
    """How far some work is, which may be done in parts, one after another."""

    def __init__(self, say: Callable[[str], None], show: Callable[[_Pace, bool], None]) -> None:
        self._say = say
        self._show = show
        self._pace = _Pace()
        self._before, self._least, self._later = 0, 0, 0
        self._total = -1

    def part(self, least: int, later: int) -> "Course":
        """Begin with a part: all that is told from now on is of it.

        Args:
            least: replications that it takes in any case.
            later: those of the parts after it.
        """
        self._before, self._least, self._later = self._pace.done, least, later
        self._total = -1
        return self

    def __call__(self, done: int, total: int) -> None:
        """Take what is done of this part, and how much there is to do."""
        total = max(total, self._least)
        if self._total < 0 and done:
            self._say(f"found {done} of {total} replications in the store")
        is_run, self._total = total == self._total, total
        self._pace.note(self._before + done, self._before + total + self._later, is_run)
        self._show(self._pace, is_run)


def _lines(say: Callable[[str], None]) -> Callable[[_Pace, bool], None]:
    shown = 0

    def show(pace: _Pace, is_run: bool) -> None:
        nonlocal shown
        tenths = _LINES * pace.done // pace.total if pace.total else 0
        # With another total the share done may have fallen; what was found is no news.
        if is_run and tenths > shown:
            say(f"replications {pace.done}/{pace.total}, {pace.shown()}")
        shown = max(tenths, shown) if is_run else tenths

    return show
