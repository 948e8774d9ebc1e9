"""The manifest of a run: all that determines it, where it ran, and what it wrote."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim import __version__
from sim.scenario.scenario import Scenario
from sim.study.precision.precise_run import Reached
from sim.study.settings import Run

_PACKAGES = ("hydra-core", "numpy", "pandas", "pyarrow", "pydantic", "scipy", "simpy")
_NAME = "manifest.json"


def scenario_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of a scenario's canonical JSON."""
    data = scenario.model_dump(mode="json")
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def write_manifest(
    run: Run, seconds: Mapping[str, float], found: int, reached: Reached | None = None
) -> Path:
    """Write ``manifest.json`` beside the results it lists; call it when they are all written.

    Args:
        run: what was asked for.
        seconds: wall time by phase.
        found: replications that were in the store before.
        reached: how precise the KPIs are that were to become so.
    """
    path = run.settings.folder / _NAME
    content = _content(run, seconds, found) | {"precision": _precision(run, reached)}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def _as_written(scenario: Scenario) -> dict[str, Any]:
    """The scenario in full, so that it can be read back.

    Operators tell what was written from what was not, so reforms stay as they are.
    """
    reforms = scenario.model_dump(mode="json", include={"reforms"}, exclude_unset=True)
    return {**scenario.model_dump(mode="json"), **reforms}


def _precision(run: Run, reached: Reached | None) -> dict[str, Any] | None:
    """What was asked for, and what came of it; its table is among the files."""
    if run.precision is None or reached is None:
        return None
    return {
        "asked": run.precision.model_dump(mode="json", exclude_none=True),
        "replications": reached.replications,
        "by_ceiling": reached.by_ceiling,
        "since": reached.since,
        "all_met": bool(reached.table["is_met"].all()),
    }


def _content(run: Run, seconds: Mapping[str, float], found: int) -> dict[str, Any]:
    experiment = run.points[0].scenario.experiment
    settings = {
        key: str(value) if isinstance(value, Path) else value
        for key, value in asdict(run.settings).items()
    }
    return {
        "portclear": __version__,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(run.overrides),
        "seed": experiment.seed,
        "replications": experiment.replications,
        "settings": settings,
        "found_in_store": {"replications": found, "of": experiment.replications * len(run.points)},
        "seconds": {phase: round(taken, 3) for phase, taken in seconds.items()},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: version(name) for name in _PACKAGES},
        "points": [
            {
                "name": point.name,
                "sha256": scenario_hash(point.written),
                "scenario": _as_written(point.written),
                "set_by_reforms": [asdict(change) for change in point.effect.changes],
            }
            for point in run.points
        ],
        "files": {
            str(file.relative_to(run.settings.folder)): sha256(file.read_bytes()).hexdigest()
            for file in sorted(run.settings.folder.rglob("*"))
            if file.is_file() and file.name != _NAME
        },
    }
