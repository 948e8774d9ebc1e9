"""The manifest of a run: all that determines it, where it ran, and what it wrote."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sim.scenario.scenario import Scenario
from sim.study.execution.account import Account
from sim.study.fingerprint import digest
from sim.study.precision.precise_run import Reached
from sim.study.reproduction.kept_inputs import keep_inputs
from sim.study.reproduction.records import Record
from sim.study.reproduction.versions import versions
from sim.study.settings import Run

MANIFEST = "manifest.json"


def write_manifest(
    folder: Path,
    run: Run,
    record: Record,
    seconds: Mapping[str, float],
    account: Account,
    reached: Reached | None = None,
) -> Path:
    """Write ``manifest.json`` beside the results it lists; call it when they are all written.

    Args:
        folder: of the results.
        run: what was asked for.
        record: what to do again with the points.
        seconds: wall time by phase.
        account: how the run came by its replications.
        reached: how precise the KPIs are that were to become so.
    """
    path = folder / MANIFEST
    content = {
        **_content(run, seconds, account),
        "precision": _precision(run, reached),
        "study": record.model_dump(mode="json"),
        "inputs": [
            one.model_dump()
            for one in keep_inputs((point.scenario for point in run.points), account.files, folder)
        ],
        **_points(run),
        "files": _files(folder),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


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


def _content(run: Run, seconds: Mapping[str, float], account: Account) -> dict[str, Any]:
    experiment = run.points[0].scenario.experiment
    settings = {
        key: str(value) if isinstance(value, Path) else value
        for key, value in asdict(run.settings).items()
    }
    return {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(run.overrides),
        "seed": experiment.seed,
        "replications": experiment.replications,
        "settings": settings,
        "found_in_store": {
            "replications": account.found,
            "of": account.found + account.computed,
        },
        "seconds": {phase: round(taken, 3) for phase, taken in seconds.items()},
        "platform": platform.platform(),
        "versions": versions(point.scenario for point in run.points),
    }


def _points(run: Run) -> dict[str, Any]:
    """The points, and apart from them the parts of scenarios that all of them share."""
    written = {point.name: as_written(point.written) for point in run.points}
    first = next(iter(written.values()))
    # Text tells apart what is equal and not the same: the order of keys, and 1 from 1.0.
    parts = {key: json.dumps(part) for key, part in first.items()}
    shared = {
        key: part
        for key, part in first.items()
        if all(key in one and json.dumps(one[key]) == parts[key] for one in written.values())
    }
    return {
        "shared": shared,
        "points": [
            {
                "name": point.name,
                "sha256": scenario_hash(written[point.name]),
                "scenario": {
                    key: part for key, part in written[point.name].items() if key not in shared
                },
                "set_by_reforms": [asdict(change) for change in point.effect.changes],
            }
            for point in run.points
        ],
    }


def scenario_hash(written: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a scenario as written; its parts may stand in any order."""
    return digest(dict(sorted(written.items())))


def as_written(scenario: Scenario) -> dict[str, Any]:
    """All that a scenario says; what it leaves out stays out, as that may matter."""
    return scenario.model_dump(mode="json", exclude_unset=True)


def _files(folder: Path) -> dict[str, str]:
    """SHA-256 of all that was written, by its path from the folder."""
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != MANIFEST
    }
