"""Mutual recognition lets a short team pass more and finds less: both from one cause.

What customs does not open again it does not wait for, and sees only with the eyes of quarantine,
which find less of what breaks customs' rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure

from sim.study.intervals import t_interval
from sim.study.study import Study
from studies.interactions.drawing import Look, draw_bars, draw_lines, entitle, panels
from studies.interactions.estimates import CONFIDENCE, Row, difference_of, mean_of, table
from studies.interactions.experiment import WARM_UP_DAYS, Effort, scenario, simulate
from studies.interactions.terminal import INSPECTED

EXAMINERS = (14, 10, 8, 6, 5)
VIOLATIONS = ("traffic.violations.probability.customs=0.1",)
"""One consignment in ten hides something, so that few replications tell what is found."""
FOUND = {
    "customs": "detection.customs.found_per_thousand",
    "quarantine": "detection.quarantine.found_per_thousand",
}
RARE = 4
"""Violations are rare beside releases: what is found takes as many times the replications."""
_DAY = 86_400
_REFORMS = {"without": (), "with": ("mutual_recognition",)}
_LOOKS = {
    "without": Look("both examine", "#4a5563"),
    "with": Look("customs accepts quarantine's finding", "#009e73"),
}
_CHANGE = {"gained": Look("", "#d55e00")}
_PLACES = {"customs": "of customs' rules", "quarantine": "of quarantine's rules"}


def measure(effort: Effort, examiners: Sequence[int] = EXAMINERS) -> pd.DataFrame:
    """Selected consignments released a week by officers, and violations found per thousand."""
    studies = {number: recognition(number, effort) for number in examiners}
    throughput = [row for number, study in studies.items() for row in _throughput(number, study)]
    longer = replace(effort, replications=RARE * effort.replications)
    return table([*throughput, *_detection(recognition(examiners[0], longer))])


def recognition(examiners: int, effort: Effort) -> Study:
    """Run the terminal with so many examiners of customs, without and with recognition."""
    words = (*INSPECTED, *VIOLATIONS, f"agencies.customs.examiners={examiners}")
    points = {name: scenario("serial", chosen, words) for name, chosen in _REFORMS.items()}
    return simulate(points, effort, traced=True)


def _throughput(examiners: int, study: Study) -> Iterator[Row]:
    weekly = released_weekly(study)
    for point in _REFORMS:
        interval = t_interval(weekly[point].to_numpy(), CONFIDENCE)
        yield Row("throughput", point, examiners, "per week", interval)
    gained = t_interval((weekly["with"] - weekly["without"]).to_numpy(), CONFIDENCE)
    yield Row("throughput", "gained", examiners, "per week", gained)


def released_weekly(study: Study) -> pd.DataFrame:
    """What customs selected and released in the measured time, a row a replication."""
    days = study.points[0].scenario.experiment.horizon_days
    release = study.consignments["release"].astype("float64") / _DAY - WARM_UP_DAYS
    inside = study.consignments["customs_selected"] & release.between(0, days, inclusive="left")
    counted = study.consignments[inside].groupby(["scenario", "replication"]).size()
    return counted.unstack("scenario") * 7 / days


def _detection(study: Study) -> Iterator[Row]:
    for agency, kpi in FOUND.items():
        for point in _REFORMS:
            yield Row("detection", point, agency, "per 1000", mean_of(study, point, kpi))
        yield Row("detection", "gained", agency, "per 1000", difference_of(study, "with", kpi))


def draw(rows: pd.DataFrame) -> Figure:
    """Draw throughput over officers, beside the violations found."""
    figure, (left, right) = panels(2, [1.3, 1.0])
    draw_lines(left, rows[rows["panel"] == "throughput"], _LOOKS, legend="lower left")
    left.invert_xaxis()
    entitle(
        left,
        "Released in a week",
        "examiners of customs",
        "consignments that customs selected",
    )
    draw_bars(right, rows[rows["panel"] == "detection"], _CHANGE, _PLACES)
    entitle(right, "Change of violations found", "", "per thousand consignments")
    return figure
