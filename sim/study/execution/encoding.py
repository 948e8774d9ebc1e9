"""A replication as bytes, and back to the bit; never pickle.

A line of text with a SHA-256 over the key and all that follows, then a ZIP archive of Arrow IPC
files: ``kpis`` (key, unit, value, absent), ``observed`` (key, ticks), and the tables of a traced
replication. Ticks are sorted, as their order tells nothing, and stored as differences.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import numpy as np
import pandas as pd
import pyarrow as pa

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.measure.times import Observed
from sim.study.replication import Replication

_FORMAT = b"portclear replication 1 "
_HEAD = len(_FORMAT) + 2 * sha256().digest_size + 1
_TRACED = ("consignments", "activities")
_OPTIONS = pa.ipc.IpcWriteOptions(compression="zstd")


def encode(key: str, replication: Replication) -> bytes:
    """Return the bytes of a replication of this key."""
    tables = {
        "kpis": _kpi_table(replication.measures.kpis),
        "observed": _observed_table(dict(replication.measures.observed)),
    }
    for name in _TRACED:
        rows = getattr(replication, name)
        if rows is not None:
            tables[name] = pa.Table.from_pandas(rows, preserve_index=False)
    archive = BytesIO()
    with ZipFile(archive, "w") as members:
        for name, table in tables.items():
            # Of no date: the same replication has the same bytes.
            members.writestr(ZipInfo(f"{name}.arrow"), _as_bytes(table))
    return _head(key, archive.getvalue()) + archive.getvalue()


def is_intact(key: str, data: bytes) -> bool:
    """Whether these are the bytes of a replication of this key, all of them as they were."""
    return data[:_HEAD] == _head(key, data[_HEAD:])


def decode(data: bytes) -> Replication:
    """Return the replication that intact bytes are of."""
    with ZipFile(BytesIO(data[_HEAD:])) as members:
        tables = {name.removesuffix(".arrow"): members.read(name) for name in members.namelist()}
    measures = Measures(_kpis(_table(tables["kpis"])), _observed(_table(tables["observed"])))
    return Replication(measures, *(_frame(tables.get(name)) for name in _TRACED))


def _head(key: str, body: bytes) -> bytes:
    return _FORMAT + sha256(key.encode() + body).hexdigest().encode() + b"\n"


def _as_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema, options=_OPTIONS) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _table(data: bytes) -> pa.Table:
    return pa.ipc.open_file(pa.BufferReader(data)).read_all()


def _frame(data: bytes | None) -> pd.DataFrame | None:
    return None if data is None else _table(data).to_pandas()


def _kpi_table(kpis: tuple[Kpi, ...]) -> pa.Table:
    return pa.table(
        {
            "key": [kpi.key for kpi in kpis],
            "unit": [kpi.unit for kpi in kpis],
            "value": np.array([kpi.value for kpi in kpis], dtype=np.float64),
            "absent": np.array([kpi.absent for kpi in kpis], dtype=np.float64),
        }
    )


def _kpis(table: pa.Table) -> tuple[Kpi, ...]:
    keys, units, values, absent = (
        table[name].combine_chunks().to_numpy(zero_copy_only=False).tolist()
        for name in ("key", "unit", "value", "absent")
    )
    return tuple(map(Kpi, keys, units, values, absent))


def _observed_table(observed: dict[str, Observed]) -> pa.Table:
    columns = [np.diff(np.sort(ticks), prepend=np.int32(0)) for ticks in observed.values()]
    offsets = np.cumsum([0, *map(len, columns)], dtype=np.int32)
    ticks = np.concatenate([np.empty(0, dtype=np.int32), *columns])
    listed = pa.ListArray.from_arrays(pa.array(offsets), pa.array(ticks))
    return pa.table({"key": pa.array(observed, pa.string()), "ticks": listed})


def _observed(table: pa.Table) -> dict[str, Observed]:
    keys = table["key"].to_pylist()
    columns = (row.values.to_numpy() for row in table["ticks"])
    return {
        key: np.cumsum(differences, dtype=np.int32)
        for key, differences in zip(keys, columns, strict=True)
    }
