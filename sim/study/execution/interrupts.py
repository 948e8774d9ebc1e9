"""Interrupts that wait while processes are started."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def held_back(*signals: signal.Signals) -> Iterator[None]:
    """Hold back signals; processes and threads that are started meanwhile do so ever after.

    A half-started process would complain at length.
    """
    # It starts with the first process, and would let them through again.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
