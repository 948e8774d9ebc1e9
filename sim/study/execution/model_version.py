"""Which model it is that runs: another one, and no result of before is taken for its own."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import sim

_ROOMS = ("scenario", "files", "traffic", "clearance", "engine", "measure")
_FILES = ("study/replication.py", "study/tracing.py", "study/execution/encoding.py")
_PACKAGES = ("numpy", "pandas", "pyarrow", "scipy", "simpy")


@cache
def model_version() -> str:
    """Return the SHA-256 of all code a replication's result depends on.

    That is the source of everything from scenarios to measures, and the packages it computes with.
    """
    root = Path(sim.__file__).parent
    sources = [path for room in _ROOMS for path in sorted((root / room).rglob("*.py"))]
    hashed = sha256()
    for path in (*sources, *(root / name for name in _FILES)):
        hashed.update(f"{path.relative_to(root).as_posix()}\n".encode())
        hashed.update(sha256(path.read_bytes()).digest())
    for package in _PACKAGES:
        hashed.update(f"{package} {version(package)}\n".encode())
    return hashed.hexdigest()
