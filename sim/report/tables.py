"""The tables of a study as files: CSV for people, Parquet for programs."""

from pathlib import Path

import pandas as pd

from sim.study.study import Study

KPI_COLUMNS = ["scenario", "kpi", "unit", "mean", "low", "high", "n"]


def write_tables(study: Study, folder: Path) -> None:
    """Write all tables of a study into a folder. Floats are read back to the bit."""
    write_csv(study.kpis[KPI_COLUMNS], folder / "kpis.csv")
    write_csv(study.comparison, folder / "comparison.csv")
    write_csv(study.benefits, folder / "benefits.csv")
    write_csv(study.targets, folder / "targets.csv")
    if study.precision is not None:
        write_csv(study.precision.table, folder / "precision.csv")
        study.precision.table.to_parquet(folder / "precision.parquet", index=False)
    for name in (
        "kpis",
        "comparison",
        "benefits",
        "replications",
        "distributions",
        "consignments",
        "activities",
    ):
        getattr(study, name).to_parquet(folder / f"{name}.parquet", index=False)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write without an index; pandas writes the shortest text that reads back exactly."""
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
