"""Run studies of interactions, write their tables and draw them: all, or those that are named."""

from __future__ import annotations

import argparse
import sys

import pandas as pd

from sim.report.figures.style import house_style, png_bytes
from studies.interactions.catalogue import FULL, INTERACTIONS, Interaction


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m studies.interactions", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(INTERACTIONS)}")
    parser.add_argument("--draw", action="store_true", help="only draw the tables there are")
    given = parser.parse_args()
    unknown = set(given.names) - set(INTERACTIONS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; allowed: {', '.join(INTERACTIONS)}")
    for name in given.names or INTERACTIONS:
        interaction = INTERACTIONS[name]
        if not given.draw:
            _write_table(interaction)
        _write_picture(interaction)
        print(interaction.picture, file=sys.stderr)


def _write_table(interaction: Interaction) -> None:
    rows = interaction.measure(FULL)
    interaction.table.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(interaction.table, index=False, lineterminator="\n")


def _write_picture(interaction: Interaction) -> None:
    interaction.picture.parent.mkdir(parents=True, exist_ok=True)
    with house_style():
        figure = interaction.draw(pd.read_csv(interaction.table))
        interaction.picture.write_bytes(png_bytes(figure))


if __name__ == "__main__":
    main()
