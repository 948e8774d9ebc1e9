"""The words after ``python run.py best``: which is the best of many scenarios."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from sim.command.best_keys import KEYS, BestKeys
from sim.command.bundles import added_reforms, run_of_reforms, with_reforms
from sim.command.config_files import ROOT, load_library
from sim.command.configuration import build_run
from sim.command.own_keys import keys_beside
from sim.command.places import words_by_place
from sim.scenario.errors import InputError
from sim.study.choice.question import DETECTIONS, PROCEDURES, BestQuestion, Procedure
from sim.study.choice.systems import Sense
from sim.study.settings import Point, Run

HELP = """\
Which of many scenarios is the best, with a probability of choosing right.

  python run.py best [-m] [key=value ...]

Candidates, the first of them the baseline
  compare=[a,b,c]         these scenarios
  -m key=x,y,z ...        every combination of the values listed, as in a sweep
  subsets=2               the baseline with no reform, with each, and with every pair of the
                          reforms of scenario=x or of reforms=[a,b,c]; 3 for three at most, and
                          so on. What requires a reform comes with it only

What is asked
  kpi=cost.total.per_teu  a figure of a replication, no quantile
                          (default: all.overall_clearance_time.mean)
  sense=less|more         which is better; known of most
  indifference=0.5        the least difference worth finding, in the unit of the figure, or
  indifference=2%         as a share of the baseline's (default: 1%)
  detection=keep|mark     candidates that find clearly fewer violations than the baseline, in the
                          first stage, are set aside beforehand (the default) or only marked

How it is found
  procedure=kn            all are replicated; who has fallen behind is dropped, until one is left.
                          The probability is kept for normal figures (Kim & Nelson 2001)
  procedure=kn++          with fewer replications; the probability is kept in the limit of a small
                          indifference (Kim & Nelson 2006)
  procedure=ocba          within a budget, spent where it tells most; the probability is only
                          estimated at the end (Chen et al. 2000)
  confidence=0.95         probability of choosing the best, for kn and kn++
  first=10                replications of every candidate in the first stage (20 for kn++)
  ceiling=200             most replications of one candidate, for kn and kn++
  budget=500              replications of all candidates, for ocba (default: three first stages)

All candidates share their luck, which the procedures make use of. The mean that the chosen one was
chosen for is too good; it is estimated anew on experiment.replications fresh replications. Beside
the manifest: choice.csv, best.csv, chosen.csv, course.csv, and a figure. All other keys as in any
run.

Examples
  python run.py best subsets=2 scenario=all_together
  python run.py best compare=[serial,joint_inspection,all_together] kpi=cost.total.per_teu
  python run.py best -m agencies.customs.examiners=4,6,8 procedure=ocba budget=120
"""

_FIRST: dict[Procedure, int] = {"kn": 10, "kn++": 20, "ocba": 10}
_CEILING = 200
_STAGES_IN_BUDGET = 3
_MULTIRUN = ("-m", "--multirun")

Direction = Callable[[str], Sense | None]


def build_question(words: Sequence[str], direction: Direction, root: Path = ROOT) -> BestQuestion:
    """Turn words into a question about validated candidates.

    Args:
        words: flags, keys of this command, and overrides of a run.
        direction: tells of a KPI whether less or more is better, if either is.
        root: of the configuration.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    rest = [word for word in words if word not in _MULTIRUN]
    keys = BestKeys.of([word for word in rest if word.partition("=")[0] in KEYS])
    procedure = keys.one_of("procedure", PROCEDURES, "kn")
    keys.check_those_of(procedure)
    kpi = keys.text("kpi", "all.overall_clearance_time.mean")
    overrides = [word for word in rest if word.partition("=")[0] not in KEYS]
    with keys_beside(KEYS):
        run = _candidates(overrides, len(rest) < len(words), keys, root)
    first = keys.whole("first", 2, _FIRST[procedure])
    least = first * len(run.points)
    return BestQuestion(
        run=replace(run, overrides=("best", *words)),
        kpi=kpi,
        sense=keys.sense(kpi, direction(kpi)),
        procedure=procedure,
        indifference=keys.indifference(),
        confidence=keys.confidence(),
        first=first,
        ceiling=keys.whole("ceiling", first, max(_CEILING, first)),
        budget=keys.whole("budget", least, _STAGES_IN_BUDGET * least),
        detection=keys.one_of("detection", DETECTIONS, "keep"),
    )


def _candidates(overrides: Sequence[str], multirun: bool, keys: BestKeys, root: Path) -> Run:
    places = words_by_place(overrides, load_library(root))
    if len(places) > 1:
        raise InputError(
            "best: the scenario is of several places, each with candidates of its own; choose "
            f"among those of one: {', '.join(f'scenario={place}' for place in places)}"
        )
    run = build_run(overrides, multirun, root)
    if "subsets" in keys.texts:
        run = _with_subsets(run, keys.whole("subsets", 1, 1))
    if len(run.points) < 2:
        raise InputError(
            "best: at least two candidates are expected, as in compare=[serial,joint_inspection]"
        )
    return run


def _with_subsets(run: Run, most: int) -> Run:
    """A run of the baseline with every subset of the reforms of a scenario that can stand alone."""
    baseline, whole = run_of_reforms(run, "best: subsets")
    own = set(baseline.written.reforms)
    points = [baseline]
    for size in range(1, most + 1):
        for bundle in combinations(added_reforms(baseline, whole), size):
            if all(_has_what_it_requires(whole, name, own.union(bundle)) for name in bundle):
                name = "+".join([baseline.name, *bundle])
                points.append(with_reforms(whole, name, own.union(bundle)))
    return replace(run, points=tuple(points))


def _has_what_it_requires(whole: Point, reform: str, others: set[str]) -> bool:
    return others.issuperset(whole.written.reforms[reform].requires)
