"""Which kind of reference case becomes what."""

from __future__ import annotations

from collections.abc import Callable

from sim.verify.advance import Advance
from sim.verify.batches import BatchQueue
from sim.verify.charges import Charges
from sim.verify.comparisons import Pooling
from sim.verify.delays import Delays
from sim.verify.experiment import Exact, Experiment, UnsupportedError
from sim.verify.failures import FailingServer
from sim.verify.fork_join import ForkJoin
from sim.verify.inspections import inspections
from sim.verify.networks import StationNetwork
from sim.verify.priorities import priority_queue
from sim.verify.queues import queue
from sim.verify.reference_file import Case
from sim.verify.sampling import Sampling
from sim.verify.schedules import schedule
from sim.verify.statistics import (
    autoregression,
    common_random_numbers,
    family_of_comparisons,
    order_statistics,
    random_bits,
    selection_of_the_best,
)
from sim.verify.terminating import TerminatingQueue
from sim.verify.time_varying import TimeVarying
from sim.verify.trains import train
from sim.verify.working_time import Opening, ShiftedJobs

_KINDS: dict[str, Callable[[Case], Experiment | Exact]] = {
    "advance": Advance,
    "ar1": autoregression,
    "batch_queue": BatchQueue,
    "bechhofer": selection_of_the_best,
    "calendar_job": ShiftedJobs,
    "compare": Pooling,
    "crn": common_random_numbers,
    "dd_calendar": schedule,
    "delays": Delays,
    "fork_join": ForkJoin,
    "fwer": family_of_comparisons,
    "mt_inf": TimeVarying,
    "network": StationNetwork,
    "open_wait": Opening,
    "order_statistic_ci": order_statistics,
    "priority_queue": priority_queue,
    "queue": queue,
    "queue_with_failures": FailingServer,
    "reform_dd": inspections,
    "rng": random_bits,
    "sampling": Sampling,
    "tariff": Charges,
    "terminating_queue": TerminatingQueue,
    "train": train,
}
_REASONS = {"dst": "daylight saving: the model's clock is the port's own and has no such changes"}


def prepare(case: Case) -> Experiment | Exact:
    """Return what a case becomes.

    Raises:
        UnsupportedError: the product cannot express it; the text says why.
        InputError: its model does not fit its kind.
    """
    if case.kind not in _KINDS:
        raise UnsupportedError(_REASONS.get(case.kind, f"no such kind as '{case.kind}'"))
    return _KINDS[case.kind](case)
