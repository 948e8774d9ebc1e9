"""The words after ``python run.py schema``, and the files it writes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.command.execution import check_can_be_made
from sim.command.library import EXECUTOR, SCENARIO, Library
from sim.scenario.errors import InputError
from sim.scenario.json_schema import (
    design_schema,
    factors_schema,
    reform_schema,
    scenario_schema,
)

REFORM_SCHEMA = "reform.schema.json"
SCENARIO_SCHEMA = "scenario.schema.json"
DESIGN_SCHEMA = "design.schema.json"
FACTORS_SCHEMA = "factors.schema.json"

HELP = f"""\
Writes JSON schemas of reforms, scenarios, designs and factors: editors complete keys and mark
slips.

  python run.py schema [FOLDER]

  FOLDER              where {REFORM_SCHEMA}, {SCENARIO_SCHEMA},
                      {DESIGN_SCHEMA} and {FACTORS_SCHEMA} go, written anew if they
                      are there (default: schemas); those of this version are in configs/schemas
"""


def schema_folder(words: Sequence[str]) -> Path:
    """Return the folder that the words name.

    Raises:
        InputError: more than one word, or a file of that name.
    """
    if len(words) > 1 or any(word.startswith("-") or "=" in word for word in words):
        raise InputError(f"schema: one folder at most, given '{' '.join(words)}'")
    folder = Path(*words or ("schemas",))
    if folder.exists() and not folder.is_dir():
        raise InputError(f"schema: '{folder}' is a file, a folder is expected")
    check_can_be_made("schema", folder)
    return folder


def schema_texts(library: Library) -> dict[str, str]:
    """Return the content of the files, by name."""
    groups = library.groups.keys() - {SCENARIO, EXECUTOR}
    schemas: dict[str, dict[str, Any]] = {
        REFORM_SCHEMA: reform_schema(),
        SCENARIO_SCHEMA: scenario_schema(groups),
        DESIGN_SCHEMA: design_schema(),
        FACTORS_SCHEMA: factors_schema(),
    }
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas.items()
    }


def write_schemas(library: Library, folder: Path) -> list[Path]:
    """Write the files and return where they are; the folder is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in schema_texts(library).items():
        path = folder / name
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths
