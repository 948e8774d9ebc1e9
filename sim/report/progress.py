"""How far a run is: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

OnProgress = Callable[[int, int], None]

_LINES = 10


class _RateColumn(ProgressColumn):
    """Replications a second."""

    def render(self, task: Task) -> Text:
        """Show the rate, or nothing as long as there is none."""
        return Text(f"{task.speed:.2g}/s" if task.speed else "")


@contextmanager
def progress(console: Console) -> Iterator[OnProgress]:
    """Give a function to call with what is done and how much there is."""
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (
        TextColumn("replications"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("replications", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(console: Console) -> OnProgress:
    start = time.monotonic()
    shown, of = 0, 0

    def on_progress(done: int, total: int) -> None:
        nonlocal shown, of
        tenths = _LINES * done // total if total else 0
        # More to do than there was: the share done has fallen.
        shown, of = min(shown, tenths) if total > of else shown, total
        if tenths <= shown:
            return
        shown = tenths
        rate = done / max(time.monotonic() - start, 1e-9)
        left = timedelta(seconds=round((total - done) / rate))
        console.print(f"replications {done}/{total}, {rate:.2g}/s, {left} left", highlight=False)

    return on_progress
