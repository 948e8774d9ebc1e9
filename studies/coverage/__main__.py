"""Measure how honest the statistics are, write the tables and the page: all, or those named."""

from __future__ import annotations

import argparse
import sys

from studies.coverage.catalogue import MEASURES, PAGE, table_file
from studies.coverage.page import page


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m studies.coverage", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(MEASURES)}")
    parser.add_argument("--page", action="store_true", help="only the page, from tables there are")
    given = parser.parse_args()
    unknown = set(given.names) - set(MEASURES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; allowed: {', '.join(MEASURES)}")
    if not given.page:
        for name in given.names or MEASURES:
            _write_table(name)
    PAGE.write_text(page(), encoding="utf-8")


def _write_table(name: str) -> None:
    file = table_file(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    MEASURES[name]().to_csv(file, index=False, lineterminator="\n")
    print(file, file=sys.stderr)


if __name__ == "__main__":
    main()
