"""Reads a list of consignments from a file; its columns are in docs/traffic_files.md."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import numpy as np
import pandas as pd

from sim.files.cells import Cells
from sim.files.existing_file import Read, read_file
from sim.files.text_table import check_columns, read_text_table
from sim.scenario.errors import InputError
from sim.scenario.resources import TIERS
from sim.traffic.distributions import ticks
from sim.traffic.listed import (
    MOST_CONSIGNMENTS,
    MOST_CONTAINERS,
    Ints,
    ListedConsignments,
    ListedConveyances,
)

_REQUIRED = (
    "conveyance_id", "containers", "forty_foot", "hs6", "value_cny", "tax_rate_percent",
)  # fmt: skip
_ABOUT_TRADER = ("importer", "tier")
_LODGED = "lodged_hours_before_arrival"
_OPTIONAL = (*_ABOUT_TRADER, "licensed", "quarantine_liable", _LODGED)
# Beyond these a figure is taken for a slip, such as a value in the wrong currency.
_MOST_VALUE = 1e12
_MOST_TAX_PERCENT = 10_000
_MOST_LEAD_HOURS = 10_000


def read_consignments(
    path: Path, conveyances: ListedConveyances, read: Read = read_file
) -> ListedConsignments:
    """Read a list of consignments, one row each, that come or go with listed conveyances.

    Args:
        path: a CSV or Parquet file.
        conveyances: those that its rows name.
        read: gives the content of the file.

    Raises:
        InputError: the file cannot be used; a RowsError names the rows.
    """
    table = read_text_table(path, "traffic file", read)
    check_columns(table, _REQUIRED, _OPTIONAL)
    cells = Cells(table)
    about = [name for name in _ABOUT_TRADER if name in cells]
    if len(about) != 1:
        given = "both are there" if about else "neither is there"
        raise InputError(f"{table.where}: one of the columns importer, tier is needed; {given}")
    conveyance = cells.choices("conveyance_id", conveyances.identity, "conveyance")
    listed = ListedConsignments(
        conveyance=conveyance,
        position=_positions(cells, conveyance),
        containers=cells.counts("containers", 1, MOST_CONTAINERS),
        forty_foot=cells.counts("forty_foot", 0, MOST_CONTAINERS),
        hs6=_hs6(cells),
        value_fen=_fen(cells),
        tax_rate=cells.numbers("tax_rate_percent", 0, _MOST_TAX_PERCENT),
        trader=_trader_keys(cells) if "importer" in cells else None,
        tier=cells.optional("tier", cells.choices, TIERS, "tier"),
        licensed=cells.optional("licensed", cells.flags),
        quarantine_liable=cells.optional("quarantine_liable", cells.flags),
        lodged_before_arrival=_lead_ticks(cells) if _LODGED in cells else None,
    )
    _check_forty_foot(cells, listed)
    cells.check()
    return listed.taken(np.argsort(conveyance, kind="stable"))


def _positions(cells: Cells, conveyance: Ints) -> Ints:
    """Number of each consignment among those of its conveyance."""
    position = pd.Series(conveyance).groupby(conveyance).cumcount().to_numpy().astype(np.int64)
    cells.refuse(
        "conveyance_id",
        position >= MOST_CONSIGNMENTS,
        lambda _: f"more than {MOST_CONSIGNMENTS} consignments on one conveyance",
    )
    return position


def _check_forty_foot(cells: Cells, listed: ListedConsignments) -> None:
    cells.refuse(
        "forty_foot",
        listed.forty_foot > listed.containers,
        lambda at: f"{listed.forty_foot[at]} is above {listed.containers[at]}, the containers",
    )


def _fen(cells: Cells) -> Ints:
    cny = np.nan_to_num(cells.numbers("value_cny", 0, _MOST_VALUE))
    return np.asarray(np.rint(cny * 100), dtype=np.int64)


def _hs6(cells: Cells) -> Ints:
    given = cells.text("hs6")
    shaped = given.str.fullmatch(r"[0-9]{6}").to_numpy(dtype=bool)
    cells.refuse("hs6", ~shaped, lambda at: f"{given[at]!r} has not six digits{_zero(given[at])}")
    code = np.where(shaped, given, "010000").astype(np.int64)
    chapter = code // 10_000
    cells.refuse(
        "hs6",
        (chapter < 1) | (chapter > 97),
        lambda at: f"{given[at]!r} is in no chapter from 01 to 97",
    )
    return code


def _zero(given: str) -> str:
    return "; was a zero in front lost?" if given.isdigit() and len(given) == 5 else ""


def _trader_keys(cells: Cells) -> Ints:
    """Keys that depend on the importer's identity alone, whatever else is listed."""
    importer = cells.text("importer")
    keys = {
        name: int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little") >> 1
        for name in pd.unique(importer)
    }
    return np.array([keys[name] for name in importer], dtype=np.int64)


def _lead_ticks(cells: Cells) -> Ints:
    return ticks(np.nan_to_num(cells.numbers(_LODGED, 0, _MOST_LEAD_HOURS)))
