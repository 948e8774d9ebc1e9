"""Files of a study, read once: what is computed, what is said and what is kept are of one look."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sim.files.existing_file import read_file


class ReadOnce:
    """Reads files; who asks for one again is given the same bytes, whatever is there by then.

    Attributes:
        contents: of the files that were read, by path.
    """

    def __init__(self) -> None:
        self.contents: dict[Path, bytes] = {}
        self._digests: dict[Path, str] = {}

    def __call__(self, path: Path, where: str) -> bytes:
        """Return the content of a file; see ``existing_file.read_file``."""
        if path not in self.contents:
            self.contents[path] = read_file(path, where)
        return self.contents[path]

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file that was read."""
        if path not in self._digests:
            self._digests[path] = sha256(self.contents[path]).hexdigest()
        return self._digests[path]
