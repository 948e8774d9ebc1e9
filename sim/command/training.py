"""The words after ``python run.py train``."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sim.calibrate.request import TrainingRequest
from sim.command.config_files import ROOT
from sim.command.execution import check_can_be_made
from sim.scenario.errors import InputError, unknown_name

_FOLDER = ROOT / "configs" / "declarations"
_DEFAULTS = {
    "training": str(_FOLDER / "kcs_examined_2020.parquet"),
    "validation": str(_FOLDER / "kcs_examined_2021q1.parquet"),
    "tables": f"{_FOLDER / 'kcs_sea_imports.csv'},{_FOLDER / 'kcs_air_imports.csv'}",
    "model": "kcs_2020",
    "seed": "2020",
}
_OUTPUT = "results/%Y-%m-%d/%H-%M-%S"
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")

HELP = """\
Trains a model of risk on examined declarations, and scores tables of declarations with it.

  python run.py train [key=value ...]

  training=<file>     examined declarations to learn from, CSV or Parquet; their columns are in
                      configs/declarations/README.md (default: those of 2020 that are shipped)
  validation=<file>   later ones to judge the model by (default: early 2021)
  tables=<file>,...   tables to score; their declarations are in one of the two files
                      (default: kcs_sea_imports and kcs_air_imports; to be given with a training
                      file of one's own)
  model=<name>        what the model is called (default: kcs_2020)
  seed=2020           of folds and trees
  output=<folder>     where the scored tables go (default: results/<date>/<time>)
"""


def training_request(words: Sequence[str]) -> TrainingRequest:
    """Make a request of ``key=value`` words.

    Raises:
        InputError: a key or a value that cannot be used.
    """
    allowed = [*_DEFAULTS, "output"]
    given: dict[str, str] = {}
    for word in words:
        key, sign, value = word.partition("=")
        if key not in allowed:
            raise unknown_name("train", "key", key, allowed)
        if not sign or not value:
            raise InputError(f"train: {key}: write it as {key}=<value>")
        if key in given:
            raise InputError(f"train: {key}: is given twice")
        given[key] = value
    if "training" in given and "tables" not in given:
        raise InputError("train: tables: needed with a training file of your own")
    chosen = _DEFAULTS | given
    return TrainingRequest(
        training=Path(chosen["training"]),
        validation=Path(chosen["validation"]),
        tables=_tables(chosen["tables"]),
        model=_model(chosen["model"]),
        seed=_seed(chosen["seed"]),
        output=_output(given.get("output")),
    )


def _tables(given: str) -> tuple[Path, ...]:
    paths = tuple(Path(name) for name in given.removeprefix("[").removesuffix("]").split(","))
    names = [path.stem for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"train: tables: '{name}' is given twice")
    return paths


def _model(given: str) -> str:
    if not _NAME.match(given):
        raise InputError(
            f"train: model: a name has lower-case letters, digits and _ only, given '{given}'"
        )
    return given


def _seed(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", given):
        raise InputError(f"train: seed: a whole number of up to nine digits, given '{given}'")
    return int(given)


def _output(given: str | None) -> Path:
    folder = Path(given or datetime.now().strftime(_OUTPUT))
    if given and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"train: output: '{folder}' is not empty; results go into a new folder")
    check_can_be_made("train: output", folder)
    return folder
