"""The words after ``python run.py new-reform``, and the file it writes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sim.command.config_files import ROOT, load_library
from sim.command.names import has_form_of_a_name, is_a_value
from sim.command.schema_files import REFORM_SCHEMA
from sim.scenario.errors import InputError

_TEMPLATE = Path(__file__).with_name("reform_template.yaml")

HELP = """\
Writes a reform to begin with: it runs as it stands, and explains every key and operator.

  python run.py new-reform NAME [PLACE]

  NAME                lower-case letters, digits and _; not that of a shipped reform
  PLACE               a folder that is there, or the file itself, PLACE/NAME.yaml
                      (default: the folder you are in)

Nothing is overwritten. Run it by its path, alone or with others:

  python run.py reforms=[single_window,./NAME.yaml]
"""


@dataclass(frozen=True)
class NewReform:
    """A reform to be written, for the configuration below a root."""

    name: str
    path: Path
    root: Path

    @property
    def as_option(self) -> str:
        """What ``reforms`` calls it: by its path, or by its name where reforms are shipped."""
        if self.path.resolve().parent == self.root / "configs" / "reforms":
            return self.name
        return str(self.path) if self.path.parent != Path() else f"./{self.path}"


def new_reform_request(words: Sequence[str], root: Path = ROOT) -> NewReform:
    """Read what the reform is called and where it goes.

    Raises:
        InputError: a name or a place that cannot be used, or a file that is there already.
    """
    if not 1 <= len(words) <= 2 or any(word.startswith("-") for word in words):
        raise InputError("new-reform: write it as new-reform NAME [PLACE]; see new-reform --help")
    name = words[0]
    if not has_form_of_a_name(name):
        raise InputError(
            "new-reform: a name has lower-case letters, digits and _ only, and begins with a "
            f"letter, given '{name}'"
        )
    if is_a_value(name):
        raise InputError(f"new-reform: '{name}' is read as a value; take another name")
    if name in load_library(root).groups["reforms"]:
        raise InputError(f"new-reform: there is a shipped reform '{name}'; take another name")
    path = _path(name, Path(*words[1:]))
    if path.exists():
        raise InputError(f"new-reform: '{path}' is there already; nothing is overwritten")
    return NewReform(name, path, root)


def _path(name: str, place: Path) -> Path:
    file_name = f"{name}.yaml"
    if place.suffix == ".yaml" and place.name != file_name:
        raise InputError(
            f"new-reform: a reform is called as its file is; write '{place.with_name(file_name)}'"
        )
    path = place if place.name == file_name else place / file_name
    if not path.parent.is_dir():
        raise InputError(f"new-reform: there is no folder '{path.parent}'")
    return path


def write_new_reform(request: NewReform) -> None:
    """Write the template under the name.

    Raises:
        InputError: a file has come there meanwhile.
    """
    first = f"# yaml-language-server: $schema={_schema_for(request)}\n"
    text = _TEMPLATE.read_text("utf-8").replace("<option>", request.as_option)
    try:
        with request.path.open("x", encoding="utf-8") as file:
            file.write(first + text)
    except FileExistsError as error:
        raise InputError(f"new-reform: '{request.path}' is there already") from error


def _schema_for(request: NewReform) -> str:
    """Where an editor finds the schema: by a path from the file if that is below the root."""
    schema = request.root / "configs" / "schemas" / REFORM_SCHEMA
    folder = request.path.resolve().parent
    if folder.is_relative_to(request.root):
        return quote(Path(os.path.relpath(schema, folder)).as_posix())
    return schema.as_uri()
