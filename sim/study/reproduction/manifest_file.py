"""Reads the manifest of a run that is to be done again: plain data, checked before it is used."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.base import Text
from sim.scenario.errors import InputError, MisfitError
from sim.scenario.validate import build_scenario, validated
from sim.study.execution.log import LOG_FILE
from sim.study.reproduction.kept_inputs import KeptInput, places, with_places
from sim.study.reproduction.manifest import MANIFEST, scenario_hash
from sim.study.reproduction.records import Record
from sim.study.settings import Point, Run, Settings

_WRITTEN = ("finished", "command", "versions", "study", "points")


class ManifestPoint(BaseModel):
    """A point: what its scenario says beyond what all of them share."""

    model_config = ConfigDict(frozen=True)

    name: Text
    sha256: Text
    scenario: dict[str, Any]


class Manifest(BaseModel):
    """What a manifest says that a run can be done again from; the rest tells of that run only."""

    model_config = ConfigDict(frozen=True)

    finished: Text
    command: tuple[str, ...]
    versions: dict[str, str]
    inputs: tuple[KeptInput, ...]
    study: Record
    shared: dict[str, Any]
    points: Annotated[tuple[ManifestPoint, ...], Field(min_length=1)]
    files: dict[str, str]


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder.

    Raises:
        InputError: there is none, or it is not one of a run.
    """
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{folder}: is not the folder of a run; it holds no {MANIFEST}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is damaged: {error}") from error
    if not isinstance(content, dict) or any(key not in content for key in _WRITTEN):
        raise InputError(
            f"{path}: is not the manifest of a run, or of an older version that said too little"
        )
    try:
        return validated(Manifest, content)
    except MisfitError as error:
        raise InputError(f"{path}: {error}") from error


def run_again(manifest: Manifest, folder: Path, settings: Settings) -> Run:
    """The run that a manifest tells of, from nothing but what is in its folder.

    Raises:
        InputError: a scenario is not what was run, does not fit this version, or lacks a file.
    """
    found = places(manifest.inputs, folder)
    points = tuple(_point(point, manifest, found) for point in manifest.points)
    return Run(points, settings, manifest.command)


def _point(point: ManifestPoint, manifest: Manifest, found: dict[str, str]) -> Point:
    where = f"{MANIFEST}: the scenario of '{point.name}'"
    data = {**manifest.shared, **point.scenario}
    if scenario_hash(data) != point.sha256:
        raise InputError(f"{where} was changed since the run: its SHA-256 is another one")
    try:
        return Point(point.name, build_scenario(with_places(data, found)))
    except InputError as error:
        raise InputError(f"{where} does not fit this version: {error}") from error


def changed_files(manifest: Manifest, folder: Path) -> list[str]:
    """Files that are not what the run wrote.

    Raises:
        InputError: one is not there, or is not inside the folder.
    """
    return [name for name in manifest.files if _digest(folder, name) != manifest.files[name]]


def foreign_files(manifest: Manifest, folder: Path) -> list[str]:
    """Files in the folder that are not of the run; hidden ones do not count."""
    known = {MANIFEST, LOG_FILE, *manifest.files}
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    shown = (path for path in paths if not any(part.startswith(".") for part in path.parts))
    return [path.as_posix() for path in shown if path.as_posix() not in known]


def _digest(folder: Path, name: str) -> str:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{MANIFEST}: files: '{name}' is outside the folder of the run")
    if not path.is_file():
        raise InputError(f"{folder}: '{name}' is missing, which the run wrote")
    return sha256(path.read_bytes()).hexdigest()
