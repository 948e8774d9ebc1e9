"""What a result depends on besides its scenarios: the program, its packages, its tables."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version

from sim import __version__
from sim.files.declarations import declarations_file
from sim.scenario.scenario import Scenario
from sim.study.execution.model_version import model_version

_PACKAGES = ("hydra-core", "numpy", "pandas", "pyarrow", "pydantic", "scipy", "simpy")


@dataclass(frozen=True)
class OtherVersion:
    """Something that is not what it was; None where there was none, or is none."""

    name: str
    there: str | None
    now: str | None


def versions(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """Versions by name: of the program, Python, packages; SHA-256 of the model and of tables.

    The tables are those shipped ones that traffic is drawn from.

    Raises:
        InputError: there is no table of a name.
    """
    flows = [flow for one in scenarios for flow in one.traffic.flows.values()]
    tables = sorted({flow.goods.declarations for flow in flows})
    return {
        "portclear": __version__,
        "model": model_version(),
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
        **{f"table {name}": _digest(name) for name in tables},
    }


def other_versions(there: Mapping[str, str], now: Mapping[str, str]) -> list[OtherVersion]:
    """What differs, in the order it was noted down."""
    return [
        OtherVersion(name, there.get(name), now.get(name))
        for name in {**there, **now}
        if there.get(name) != now.get(name)
    ]


def _digest(table: str) -> str:
    return sha256(declarations_file(table).read_bytes()).hexdigest()
