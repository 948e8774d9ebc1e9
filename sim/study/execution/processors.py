"""How many processors there are to work with."""

import os


def processors() -> int:
    """Return how many this process may use: fewer than there are, in a container or a job."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
