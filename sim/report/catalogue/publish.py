"""The pages of the catalogue as files."""

from pathlib import Path
from typing import get_args

from rich.console import Console

from sim.report.catalogue.page import catalogue_page
from sim.scenario.base import Language
from sim.study.catalogue import Catalogue
from sim.study.reference_tables import read_effects, read_influence


def catalogue_pages(catalogue: Catalogue, tables: Path) -> dict[str, str]:
    """Text of each page by the name of its file, with what the tables in a folder say."""
    effects, influence = read_effects(tables), read_influence(tables)
    return {
        f"catalogue.{language}.md": catalogue_page(catalogue, effects, influence, language)
        for language in get_args(Language)
    }


def publish_catalogue(catalogue: Catalogue, tables: Path, folder: Path, console: Console) -> None:
    """Write the pages into a folder and say where they are."""
    for name, text in catalogue_pages(catalogue, tables).items():
        (folder / name).write_text(text, encoding="utf-8")
        console.print(folder / name, highlight=False, soft_wrap=True)
