"""Fixtures that tests of commands share."""

import shutil
from pathlib import Path

import pytest

from sim.command.config_files import ROOT


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def copied_root(tmp_path: Path) -> Path:
    """A configuration of one's own, to be spoilt."""
    root = tmp_path / "root"
    for folder in ("configs", "scenarios"):
        shutil.copytree(ROOT / folder, root / folder)
    return root
