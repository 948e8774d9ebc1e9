"""Which model it is that runs: another one, and no result of before is taken for its own."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_implementation, python_version

import sim

_ROOT = Path(sim.__file__).parent
_ROOMS = ("scenario", "files", "traffic", "clearance", "engine", "measure")
_FILES = (
    "study/inputs.py", "study/listed_traffic.py", "study/replication.py", "study/tracing.py",
    "study/execution/encoding.py", "study/execution/model_version.py", "study/execution/tasks.py",
)  # fmt: skip
_PACKAGES = ("numpy", "pandas", "pyarrow", "scipy", "simpy")


def sources() -> list[Path]:
    """Return the files of that code, in an order of their own."""
    of_rooms = [path for room in _ROOMS for path in sorted((_ROOT / room).rglob("*.py"))]
    return [*of_rooms, *(_ROOT / name for name in _FILES)]


@cache
def model_version() -> str:
    """Return the SHA-256 of all code a replication's result depends on.

    That is the source of everything from scenarios to measures, and the Python and the packages it
    computes with.
    """
    hashed = sha256()
    for path in sources():
        hashed.update(f"{path.relative_to(_ROOT).as_posix()}\n".encode())
        hashed.update(sha256(path.read_bytes()).digest())
    hashed.update(f"{python_implementation()} {python_version()}\n".encode())
    for package in _PACKAGES:
        hashed.update(f"{package} {version(package)}\n".encode())
    return hashed.hexdigest()
