"""Made-up examined declarations, small enough to learn from in a test."""

from pathlib import Path

import numpy as np
import pandas as pd

from sim.calibrate.request import TrainingRequest


def made_up(number: int, first: int, month: str, seed: int) -> pd.DataFrame:
    """Every third importer is a fraud in six declarations of ten, the others in one of twenty."""
    rng = np.random.default_rng(seed)
    importer = rng.integers(0, 60, number)
    fraud = rng.random(number) < np.where(importer % 3 == 0, 0.6, 0.05)
    return pd.DataFrame(
        {
            "declaration": np.arange(first, first + number),
            "date": [f"{month}-{day:02d}" for day in np.sort(rng.integers(1, 29, number))],
            "mode": 10,
            "importer": importer,
            "seller": [f"S{name}" if name % 4 else "" for name in importer],
            "hs6": rng.choice([10_121, 392_330, 854_370], number),
            "origin": rng.choice(["CN", "NA"], number),
            "tax_rate_percent": 8.0,
            "net_mass_kg": np.round(rng.uniform(1, 1e4, number)),
            "item_price_krw": np.round(rng.uniform(1e3, 1e6, number)),
            "fraud": fraud.astype(int),
        }
    )


def request(folder: Path) -> TrainingRequest:
    """Write 900 declarations to learn from, 300 later ones and a table of some of both."""
    training = made_up(900, 1, "2020-05", 1)
    validation = made_up(300, 1001, "2020-06", 2)
    table = pd.concat([training[::9], validation[::10]])
    for name, rows in {"training": training, "validation": validation, "table": table}.items():
        rows.to_csv(folder / f"{name}.csv", index=False)
    return TrainingRequest(
        training=folder / "training.csv",
        validation=folder / "validation.csv",
        tables=(folder / "table.csv",),
        model="made_up",
        seed=7,
        output=folder / "out",
    )
