"""The words after ``python run.py sensitivity``: which figures matter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.command.config_files import ROOT, load_library
from sim.command.own_keys import keys_beside
from sim.command.sensitivity_keys import ASSUMED, KEYS, SensitivityKeys
from sim.command.sensitivity_options import run_of_options
from sim.command.sensitivity_places import places_of
from sim.command.sensitivity_ranges import ranges_of_assumed, ranges_of_file, read_ranges
from sim.scenario.base import Language
from sim.scenario.ranges import Ranges
from sim.study.choice.systems import Sense
from sim.study.sensitivity.mover import Mover
from sim.study.sensitivity.plan import plan_of
from sim.study.sensitivity.question import METHODS, Method, SensitivityQuestion

HELP = """\
Which figures matter to a KPI, and which would change the ranking of reforms.

  python run.py sensitivity [key=value ...]

  method=tornado          each figure down and up by itself; paired differences, largest first
  method=morris           elementary effects: many figures, with what they do together, cheaply
  method=sobol            shares of variance, alone and with others; for few figures
  method=ranking          which figure, moved down or up, would change which option is the best

What is moved
  factors=assumed         every assumed figure of the scenario, times down=0.8 and up=1.2
  only=[agencies,tariff.fees]   those of them whose keys begin so,
                          in whole parts between dots
  factors=FILE.yaml       factors with low and high; studies/sensitivity has one
  scenario=x              what they are moved in (default: serial); reforms=[a,b] as in any run
  compare=[a,b,c]         the options of a ranking; scenario=x: its baseline, and each of its
                          reforms by itself with those that it requires

What is asked
  kpi=cost.total.per_teu  a figure of a replication, no quantile
                          (default: all.overall_clearance_time.mean)
  sense=less|more         which is better, for a ranking; known of most
  trajectories=10 levels=4    of morris: trajectories x (figures + 1) points
  samples=64              of sobol, a power of two: samples x (figures + 2) points
  sampling_seed=2017      of both; the seed of luck is experiment.seed
  language=zh             figures in Chinese

Every point is checked before the first is simulated. All share their luck. Another kpi of the same
points takes no new replication. Beside the manifest: a table named by the method, as CSV and
Parquet, with a figure; pairs.csv of a ranking. All other keys as in any run.

Examples
  python run.py sensitivity only=[agencies.customs] experiment.replications=10
  python run.py sensitivity method=sobol factors=studies/sensitivity/staff_and_declaration.yaml
  python run.py sensitivity method=ranking compare=[serial,joint_inspection] only=[agencies]
"""

Direction = Callable[[str], Sense | None]


@dataclass(frozen=True)
class SensitivityRequest:
    """A question, the content of the file of factors, if any, and the language of its figures."""

    question: SensitivityQuestion
    file: bytes | None
    ranges: Ranges | None
    language: Language


def sensitivity_request(
    words: Sequence[str], direction: Direction, root: Path = ROOT
) -> SensitivityRequest:
    """Turn words into a question about validated points.

    Args:
        words: keys of this command, and overrides of a run.
        direction: tells of a KPI whether less or more is better, if either is.
        root: of the configuration.

    Raises:
        InputError: anything that cannot be used, in one line.
    """
    keys = SensitivityKeys.of([word for word in words if word.partition("=")[0] in KEYS])
    overrides = [word for word in words if word.partition("=")[0] not in KEYS]
    method = keys.one_of("method", METHODS, "tornado")
    keys.check_those_of(method)
    keys.check_numbers()
    language = keys.language()
    kpi = keys.text("kpi", "all.overall_clearance_time.mean")
    sense = direction(kpi)
    if method == "ranking":
        sense = keys.sense(kpi, sense)
    given = None
    if keys.factors != ASSUMED:
        given = read_ranges(Path(keys.factors), load_library(root))
    ranges = given.model if given else None
    with keys_beside(KEYS):
        question = _question(keys, method, kpi, overrides, ranges, root)
    run = replace(question.run, overrides=("sensitivity", *words))
    question = replace(question, run=run, sense=sense)
    return SensitivityRequest(question, given.content if given else None, ranges, language)


def _question(
    keys: SensitivityKeys,
    method: Method,
    kpi: str,
    overrides: Sequence[str],
    file: Ranges | None,
    root: Path,
) -> SensitivityQuestion:
    is_ranking = method == "ranking"
    scenario = (file.scenario if file else None) or (None if is_ranking else "serial")
    run = run_of_options(overrides, scenario, is_ranking, root)
    if file is None:
        ranges, fixed = ranges_of_assumed(run.points, keys.ends(), keys.only())
    else:
        ranges, fixed = ranges_of_file(file, run.points), ()
    names = list(dict.fromkeys(name for one in ranges for name in one))
    places = places_of(method, keys, len(names), len(ranges))
    plans = tuple(
        plan_of(Mover(point, one), names, places)
        for point, one in zip(run.points, ranges, strict=True)
    )
    moved = (point for plan in plans for point in plan.points if point is not plan.start)
    points = (*run.points, *moved)
    seed = keys.sampling_seed()
    return SensitivityQuestion(replace(run, points=points), method, kpi, None, plans, fixed, seed)
