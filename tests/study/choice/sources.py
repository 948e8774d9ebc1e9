"""Systems whose replications are known: normal values with shared or independent luck."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.study.choice.systems import Floats, Source


def names(number: int) -> list[str]:
    return [f"s{place}" for place in range(number)]


def of_columns(values: Mapping[str, Sequence[float] | Floats]) -> Source:
    """A source of values that are all known beforehand."""
    return lambda wanted: {
        name: np.asarray(values[name], dtype=np.float64)[numbers.start : numbers.stop]
        for name, numbers in wanted.items()
    }


def normals(
    means: Sequence[float],
    seed: int,
    deviation: float | Sequence[float] = 1.0,
    shared: float = 0.0,
    replications: int = 4000,
) -> dict[str, Floats]:
    """Normal values; ``shared`` is the correlation that systems have through common luck."""
    luck = np.random.default_rng(seed)
    own = luck.standard_normal((len(means), replications))
    common = luck.standard_normal(replications)
    noise = np.sqrt(shared) * common + np.sqrt(1 - shared) * own
    table = np.asarray(means)[:, None] + np.broadcast_to(deviation, len(means))[:, None] * noise
    return dict(zip(names(len(means)), table, strict=True))
