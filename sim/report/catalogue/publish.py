"""The pages of the catalogue as files."""

from pathlib import Path
from typing import get_args

import pandas as pd

from sim.report.catalogue.page import catalogue_page
from sim.report.content import Language
from sim.study.catalogue import Catalogue


def catalogue_pages(
    catalogue: Catalogue, effects: pd.DataFrame, influence: pd.DataFrame
) -> dict[str, str]:
    """Text of each page by the name of its file."""
    return {
        f"catalogue.{language}.md": catalogue_page(catalogue, effects, influence, language)
        for language in get_args(Language)
    }


def write_pages(pages: dict[str, str], folder: Path) -> None:
    """Write the pages into a folder."""
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
