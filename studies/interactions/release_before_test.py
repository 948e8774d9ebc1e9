"""Release before test: the time falls, and what the laboratory finds is found after the release.

Nothing is found less. But what is found is no longer in the yard of the port when it is.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from sim.study.study import Study
from studies.interactions.consignments import hours_between, last_end, measured
from studies.interactions.drawing import Look, draw_bars, entitle, panels
from studies.interactions.estimates import Row, over_replications, table
from studies.interactions.experiment import Effort, scenario, simulate
from studies.interactions.terminal import INSPECTED

REFORM = "release_before_test"
WORDS = (
    *INSPECTED,
    "traffic.reviews.laboratory_share=0.5",
    "traffic.violations.probability.quarantine=0.1",
)
"""Half of what quarantine selects is tested, one in ten hides something: few days tell enough."""
_POINTS = {"before": (), "after": (REFORM,)}
_LOOKS = {
    "before": Look("test, then release", "#4a5563"),
    "after": Look("release, then test", "#d55e00"),
}
_HOURS = {"to_release": "from declaration\nto release"}
_FOUND = {
    "in_all": "in all",
    "after_release": "after the\nrelease",
    "after_gate_out": "after they\nleft the port",
}


def measure(effort: Effort) -> pd.DataFrame:
    """Hours to release of what is tested, and violations found, in all and too late to hold."""
    return table(_rows(tested(run(effort))))


def run(effort: Effort) -> Study:
    """Run the terminal testing before and after the release."""
    points = {name: scenario("serial", reforms, WORDS) for name, reforms in _POINTS.items()}
    return simulate(points, effort, traced=True)


def tested(study: Study) -> dict[str, pd.DataFrame]:
    """Consignments that the laboratory tests, by scenario, with the tick of its ``result``."""
    frames = dict(zip(_POINTS, measured(study, *_POINTS), strict=True))
    inside = frames["after"]["reforms"].astype(str).str.contains(REFORM)
    return {
        point: frame[inside].assign(
            result=last_end(study, point, "laboratory_test").reindex(frame.index[inside])
        )
        for point, frame in frames.items()
    }


def found(consignments: pd.DataFrame) -> pd.DataFrame:
    """Whether a violation was found in each, in all, after its release, after it had left."""
    hit = consignments["quarantine_found"]
    late = {
        f"after_{milestone}": hit & (consignments["result"] > consignments[milestone].astype(float))
        for milestone in ("release", "gate_out")
    }
    return pd.DataFrame({"in_all": hit, **late})


def _rows(by_point: dict[str, pd.DataFrame]) -> Iterator[Row]:
    hours = {
        point: hours_between(consignments, "quarantine_lodgement", "release")
        for point, consignments in by_point.items()
    }
    hours["saved"] = hours["before"] - hours["after"]
    for series, values in hours.items():
        yield Row("hours", series, "to_release", "h", over_replications(values))
    for point, consignments in by_point.items():
        for place, hits in found(consignments).items():
            per_thousand = over_replications(1000.0 * hits)
            yield Row("found", point, str(place), "per 1000", per_thousand)


def draw(rows: pd.DataFrame) -> Figure:
    """Draw the time to release, beside violations found in all and after the release."""
    figure, (left, right) = panels(2, [0.7, 1.5])
    draw_bars(left, rows[rows["panel"] == "hours"], _LOOKS, _HOURS)
    entitle(left, "Goods that are tested", "", "hours")
    draw_bars(right, rows[rows["panel"] == "found"], _LOOKS, _FOUND)
    entitle(right, "Violations found in them", "", "per thousand tested")
    return figure
