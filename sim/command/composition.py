"""Hydra's part: from choices of options to plain data, and the folder of results.

Hydra decides which files make up a scenario, in which order and under which key. It is given each
file's defaults list only; the contents are then laid onto each other as plain data, which takes a
tenth of the time and keeps them free of interpolation.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

from hydra import compose, initialize
from hydra.core.config_loader import ConfigLoader
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.core.plugins import Plugins
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf.errors import OmegaConfBaseException

from sim.command.library import EXECUTION, EXECUTOR, PRECISION, WORKFLOWS, ConfigFile, Library
from sim.command.plain_data import merged, placed
from sim.scenario.errors import InputError

_PRIMARY = "config"
# What holds for a run as a whole is composed without the scenario's many files.
_RUN = "run"
_Composed = dict[tuple[str, ...], dict[str, Any]]
_NOT_OF_SCENARIOS = {"hydra", "compare", PRECISION, *EXECUTION} - {EXECUTOR}


@dataclass(frozen=True)
class Settled:
    """What holds for a run as a whole."""

    executor: Mapping[str, Any]
    precision: Mapping[str, Any]
    run_folder: str
    sweep_folder: str


class Composer:
    """Composes scenarios of a library, one for each choice of options."""

    def __init__(self, library: Library, loader: ConfigLoader, known: _Composed) -> None:
        self.library = library
        self.loader = loader
        self._known = known

    def compose(self, choices: Mapping[str, str | list[str]]) -> dict[str, Any]:
        """Return the data of the scenario that options of groups make up. Do not change it."""
        words = tuple(f"{group}={_as_word(options)}" for group, options in choices.items())
        if words not in self._known:
            self._known[words] = self._compose(words)
        return self._known[words]

    def _compose(self, words: Sequence[str]) -> dict[str, Any]:
        try:
            found = self.loader.compute_defaults_list(_PRIMARY, list(words), RunMode.RUN)
        except HydraException as error:
            raise InputError(f"configs/config.yaml: {_one_line(error)}") from error
        items = ((item.config_path or "", item.package or "") for item in found.defaults)
        parts = [
            (self._file(path), package) for path, package in items if not path.startswith("hydra/")
        ]
        _refuse_equal_targets([file for file, _ in parts])
        data: dict[str, Any] = reduce(_laid, parts, {})
        return {key: value for key, value in data.items() if key not in _NOT_OF_SCENARIOS}

    def _file(self, path: str) -> ConfigFile:
        if path == _PRIMARY:
            return self.library.primary
        group, option = path.split("/")
        return self.library.folders[group][option]

    def settle(self, words: Sequence[str]) -> Settled:
        """Return what overrides of ``hydra``, the executor and precision amount to."""
        try:
            hydra = compose(_RUN, list(words), return_hydra_config=True).hydra
            executor, precision = (
                self.library.groups[group][hydra.runtime.choices[group]].content
                for group in (EXECUTOR, PRECISION)
            )
            return Settled(executor, precision, hydra.run.dir or "", hydra.sweep.dir or "")
        except (HydraException, OmegaConfBaseException) as error:
            raise InputError(f"{' '.join(words)}: {_one_line(error)}") from error


@contextmanager
def composer(library: Library) -> Iterator[Composer]:
    """Give Hydra the files of a library for the time of a command."""
    known = _registered(library)
    with initialize(config_path=None, job_name="portclear", version_base="1.3"):
        yield Composer(library, GlobalHydra.instance().config_loader(), known)


@lru_cache(maxsize=1)
def _registered(library: Library) -> _Composed:
    """Put the files of a library in the place of those that Hydra had before."""
    # Hydra's own options are registered as its plugins are found, once in a process.
    Plugins.instance()
    store = ConfigStore.instance()
    # Hydra copies its sources for every composition, and with them this store, of which it takes
    # nothing but copies anyway: that is half the time.
    store.__dict__["__deepcopy__"] = lambda _: store
    for group, files in library.folders.items():
        store.repo.pop(group, None)
        for name, file in files.items():
            node = {"defaults": list(file.defaults)} if file.defaults else {}
            store.store(name, node, group=group, package=file.package)
    primary = library.primary
    store.store(_PRIMARY, {"defaults": list(primary.defaults)})
    of_run = [
        entry
        for entry in primary.defaults
        if entry == "_self_" or EXECUTOR in entry or PRECISION in entry
    ]
    store.store(_RUN, {"defaults": of_run, "hydra": primary.content.get("hydra", {})})
    return {}


def _laid(data: dict[str, Any], part: tuple[ConfigFile, str]) -> dict[str, Any]:
    """Lay a file onto the data, under the key that Hydra has found for it."""
    file, package = part
    # The order of steps decides between activities that are otherwise equal.
    in_place = package.startswith(f"{WORKFLOWS}.")
    return dict(merged(data, placed(file.content, package), in_place))


def _refuse_equal_targets(files: Sequence[ConfigFile]) -> None:
    origin: dict[str, str] = {}
    for file in files:
        for key in file.content if file.package == "targets" else ():
            if key in origin:
                raise InputError(f"{file.where}: '{key}' is also in {origin[key]}")
            origin[key] = file.where


def _as_word(options: str | list[str]) -> str:
    return f"[{','.join(options)}]" if isinstance(options, list) else options


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
