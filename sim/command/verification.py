"""The words after ``python run.py verify``."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from sim.files.existing_file import check_file
from sim.scenario.errors import InputError, did_you_mean, unknown_name
from sim.study.execution.processors import processors
from sim.verify.reference_file import LEVELS, Case, Level, ReferenceFile, read_reference_file
from sim.verify.verification import VerificationRequest

HELP = """\
Runs models whose results are known exactly through the engine, and compares.

  python run.py verify FILE.json [--level LEVEL] [--case ID ...] [key=value ...]

  FILE.json               reference cases, such as tests/validation/reference_cases.json
  --level pull_request    half-widths up to 3 % of the exact value, a fixed seed (the default)
  --level nightly         up to 1 %, a fresh seed, which the table states
  --case ID ...           these cases only
  executor.workers=4      default: the processors there are
  experiment.seed=2017    the seed, on any level

The exit code is 0 if nothing fails or stays too wide, 1 if something does, 2 if the file cannot
be used.
"""
_FLAGS = ("--level", "--case")
_KEYS = ("executor.workers", "experiment.seed")
_SEED = 2017
_NEAREST = 3


def verification_request(words: Sequence[str]) -> VerificationRequest:
    """Read the file and what is asked of it.

    Without ``experiment.seed`` pull requests have a fixed one, nights a fresh one that the table
    states.

    Raises:
        InputError: a word that has no place, or a file or case that is not there.
    """
    files: list[str] = []
    flags: dict[str, list[str]] = {flag: [] for flag in _FLAGS}
    numbers: dict[str, int] = {}
    flag = ""
    for word in words:
        name, equals, value = word.partition("=")
        if name.startswith("-"):
            _known("flag", name, _FLAGS)
            flag = name
            flags[flag] += [value] if equals else []
        elif equals:
            _known("key", name, _KEYS)
            numbers[name] = _whole(name, value)
        elif flag and (flag == "--case" or not flags[flag]):
            flags[flag].append(word)
        else:
            files.append(word)
    if len(files) != 1:
        raise InputError(f"verify: one file is expected, given {len(files)}; see verify --help")
    level = _level(flags["--level"])
    path = Path(files[0])
    check_file(path, f"verify: reference file '{path.name}'")
    file = read_reference_file(path)
    return VerificationRequest(
        file=file,
        cases=_cases(file, flags["--case"]),
        level=level,
        seed=numbers.get("experiment.seed", _SEED if level == LEVELS[0] else secrets.randbits(32)),
        workers=numbers.get("executor.workers", processors()),
    )


def _known(kind: str, name: str, allowed: Sequence[str]) -> None:
    if name not in allowed:
        raise InputError(
            f"verify: unknown {kind} '{name}'; allowed: {', '.join(allowed)}"
            f"{did_you_mean(name, allowed)}"
        )


def _whole(key: str, value: str) -> int:
    if not value.isdecimal() or (key == "executor.workers" and int(value) < 1):
        raise InputError(f"{key}: a whole number is expected, given '{value}'")
    return int(value)


def _level(given: Sequence[str]) -> Level:
    name = given[-1] if given else LEVELS[0]
    for level in LEVELS:
        if level == name:
            return level
    raise unknown_name("--level", "level", name, LEVELS)


def _cases(file: ReferenceFile, names: Sequence[str]) -> tuple[Case, ...]:
    """The cases named, in the order of the file; all of them if none is."""
    known = [case.id for case in file.cases]
    for name in names:
        if name not in known:
            nearest = ", ".join(get_close_matches(name, known, n=_NEAREST, cutoff=0.0))
            raise InputError(
                f"--case: unknown case '{name}'; the file has {len(known)}"
                f"{did_you_mean(name, known) or f'; the nearest: {nearest}'}"
            )
    return tuple(case for case in file.cases if not names or case.id in names)
