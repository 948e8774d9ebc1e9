"""Assumptions are ranked by what they change."""

from functools import cache

import pandas as pd

from sim.report.catalogue.influence import influence_of_baseline, influence_of_reforms
from sim.report.catalogue.wording import Wording
from sim.report.labels import labels_of
from sim.scenario.validate import build_scenario
from sim.study.influence import COLUMNS, Survey
from sim.study.settings import Point
from tests.builders import shipped_data

STEP = "workflows.steps.release.duration"
NO_BREAK = "\N{NO-BREAK SPACE}"


@cache
def survey(name: str = "serial", reform: str | None = None) -> Survey:
    return Survey(Point(name, build_scenario(shipped_data(name))), reform)


Row = tuple[object, ...]


def rows(
    name: str, time: tuple[float, float], cost: tuple[float, float], of: Survey | None = None
) -> list[Row]:
    of = of or survey()
    scenario, sha256 = of.point.written.name, of.sha256
    found: list[Row] = []
    for place, factor in enumerate((0.8, 1.2)):
        start = (scenario, name, "1", factor, "2")
        for kpi, unit, changes in zip(of.kpis, ("h", "CNY/TEU"), (time, cost), strict=True):
            relative = changes[place]
            limits = (relative - 0.01, relative + 0.01)
            found.append((*start, kpi, unit, 100.0, 1.0, *limits, relative, 3, sha256))
    return found


def section(content: list[Row]) -> list[str]:
    wording = Wording(labels_of([survey().point]), {})
    blocks = influence_of_baseline(survey(), pd.DataFrame(content, columns=COLUMNS), wording)
    return [block.replace(NO_BREAK, " ") for block in blocks]


def test_the_greatest_change_of_time_comes_first_then_that_of_cost() -> None:
    fixed = ("serial", "d", "1", 0.8, *[None] * 9, survey().sha256)
    title, levels, ranking, little, cannot, lacking, others = section(
        [
            *rows(STEP, (0.0, 0.0), (-0.02, 0.03)),
            *rows("b", (-0.1, 0.005), (0.0, 0.0)),
            *rows("c", (0.0, 0.0005), (0.0, 0.0)),
            fixed,
        ]
    )
    assert title == "### Serial"
    assert levels == "Serial: overall clearance time 100.0 h, cost 100 CNY/TEU."
    assert ranking.splitlines()[2:] == [
        "| 1 | `b` | 1 | −10.0 % | *+0.5 %* | *0.0 %* | *0.0 %* |",
        f"| 2 | Release, work (`{STEP}`) | 1 | *0.0 %* | *0.0 %* | −2.0 % | +3.0 % |",
    ]
    assert little == "1 more change neither by as much as 0.1 % either way: `c`."
    assert lacking.endswith(
        "more are not measured yet: `python run.py catalogue measure=influence`."
    )
    assert cannot == "A factor cannot move: `d`."
    assert "`traffic.goods` (licensed_chapters" in others


def test_without_rows_of_the_scenario_as_it_is_the_command_is_named() -> None:
    old = [(*row[:-1], "old") for row in rows("a", (0.1, 0.1), (0.1, 0.1))]
    assert "python run.py catalogue measure=influence" in section(old)[1]


def of_reforms(content: list[Row], *surveys: Survey) -> list[str]:
    wording = Wording(labels_of([found.point for found in surveys]), {})
    blocks = influence_of_reforms(surveys, pd.DataFrame(content, columns=COLUMNS), wording)
    return [block.replace(NO_BREAK, " ") for block in blocks]


def test_figures_of_reforms_are_ranked_together_and_what_lacks_is_named_by_reform() -> None:
    joint = survey("joint_inspection", "joint_inspection")
    parallel = survey("parallel_agencies", "parallel_agencies")
    merged = "reforms.joint_inspection.operators.6.merge.to.overhead_hours"
    share = "reforms.parallel_agencies.adoption.share"
    known = {figure.name for found in (joint, parallel) for figure in found.figures}
    assert {merged, share} <= known
    content = [
        *rows(merged, (-0.01, 0.01), (0.0, 0.0), joint),
        *rows(share, (0.05, 0.0), (0.0, 0.0), parallel),
    ]
    title, _, ranking, lacking = of_reforms(content, joint, parallel)
    assert title == "### Figures of the reforms"
    assert [line.split(" | ")[1] for line in ranking.splitlines()[2:]] == [
        "[Parallel agencies](#parallel_agencies), Adoption",
        "[Joint inspection](#joint_inspection), sentence 7: added for working together, in hours",
    ]
    count = len(joint.figures) - 1
    assert lacking.startswith(
        f"Not measured yet are {count} figures of these reforms: "
        f"[Joint inspection](#joint_inspection) ({count})."
    )
