"""Assumptions are ranked by what they change."""

from functools import cache

import pandas as pd

from sim.report.catalogue.influence import influence_section
from sim.report.catalogue.wording import Wording
from sim.report.labels import labels_of
from sim.scenario.validate import build_scenario
from sim.study.fingerprint import fingerprint
from sim.study.influence import COLUMNS, KPIS
from sim.study.settings import Point
from tests.builders import shipped_data

STEP = "workflows.steps.release.duration"
NO_BREAK = "\N{NO-BREAK SPACE}"


@cache
def serial() -> Point:
    return Point("serial", build_scenario(shipped_data("serial")))


Row = tuple[object, ...]


def rows(name: str, time: tuple[float, float], cost: tuple[float, float]) -> list[Row]:
    sha256 = fingerprint(serial().written)
    found: list[Row] = []
    for place, factor in enumerate((0.8, 1.2)):
        start = ("serial", name, "1", factor, "2")
        for kpi, unit, changes in zip(KPIS, ("h", "CNY/TEU"), (time, cost), strict=True):
            relative = changes[place]
            limits = (relative - 0.01, relative + 0.01)
            found.append((*start, kpi, unit, 100.0, 1.0, *limits, relative, 3, sha256))
    return found


def section(content: list[Row]) -> list[str]:
    wording = Wording(labels_of([serial()]), {})
    blocks = influence_section(serial(), pd.DataFrame(content, columns=COLUMNS), wording)
    return [block.replace(NO_BREAK, " ") for block in blocks]


def test_the_greatest_change_of_time_comes_first_then_that_of_cost() -> None:
    fixed = ("serial", "d", "1", 0.8, *[None] * 9, fingerprint(serial().written))
    title, levels, ranking, little, lacking, cannot, others = section(
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
        f"| 2 | `{STEP}` (Release) | 1 | *0.0 %* | *0.0 %* | −2.0 % | +3.0 % |",
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
