"""What a study returns: plain tables, from which every report is drawn."""

from dataclasses import dataclass, field

import pandas as pd

from sim.study.execution.account import Account
from sim.study.precision.precise_run import Reached
from sim.study.settings import Point


@dataclass(frozen=True)
class Study:
    """Results of a run.

    Attributes:
        points: the scenarios, the baseline first.
        kpis: scenario, kpi, unit, mean, low, high, n. One row a scenario and KPI.
        comparison: scenario, baseline, kpi, unit, baseline_mean, mean, difference, low, high,
            relative, relative_low, relative_high, p_value, p_holm, n, and the further columns of
            ``sim.study.comparison.full_table``. Paired over replications; no rows for the baseline
            itself.
        benefits: what each scenario brings and costs against the baseline, by party and in total;
            columns in ``sim.study.benefit``. CNY a year, CNY, years.
        targets: published figures beside simulated ones, and whether they are met; columns in
            ``sim.study.targets``. A target whose scenario is not part of the run has no row.
        distributions: scenario, group, measure, quantile, hours. Quantiles 0.01 to 0.99 of pooled
            consignments; groups as in the KPIs; measures overall_clearance_time and
            declaration_to_release.
        replications: scenario, replication, kpi, value.
        consignments: scenario, replication and columns of every consignment of the traced
            replications.
        activities: scenario, replication and columns of every activity of the traced replications.
        precision: how precise the KPIs are that were to become so; None where the experiment said
            how many replications there are. The points say how many there are in any case.
        account: how the study came by its replications.
    """

    points: tuple[Point, ...]
    kpis: pd.DataFrame
    comparison: pd.DataFrame
    benefits: pd.DataFrame
    targets: pd.DataFrame
    distributions: pd.DataFrame
    replications: pd.DataFrame
    consignments: pd.DataFrame
    activities: pd.DataFrame
    precision: Reached | None = None
    account: Account = field(default_factory=Account)
