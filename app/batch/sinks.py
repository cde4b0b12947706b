"""The forms of output: Parquet tables, lines of JSON, or the database.

A sink turns what a worker mined of a unit into bytes, and later the units of a part into files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from app.batch.choices import OutputFormat
from app.batch.rows import TableRows
from app.batch.schema import FAILURES, TABLES
from app.exchange.contract import mined_as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.batch.targets import Target
    from app.batch.unit_files import UnitFile
    from app.batch.units import PageEntry
    from app.domain.mined import MinedPage
    from app.parsing.archives import Failure


class Sink(Protocol):
    """A form of output; the same units always give the same rows."""

    def encode(self, pages: Sequence[tuple[PageEntry, MinedPage]]) -> dict[str, bytes]:
        """Return the rows of mined pages as bytes, section by section."""
        ...

    def write_part(self, target: Target, part: int, units: Sequence[UnitFile]) -> None:
        """Write the files of a part, each durably."""
        ...


def sink_of(form: OutputFormat) -> Sink:
    """Return the sink of a form of output."""
    sinks: dict[OutputFormat, type[Sink]] = {
        OutputFormat.PARQUET: ParquetSink,
        OutputFormat.JSONL: JsonlSink,
        OutputFormat.DATABASE: DatabaseSink,
    }
    return sinks[form]()


class ParquetSink:
    """The tables of `schema`, a folder each."""

    def encode(self, pages: Sequence[tuple[PageEntry, MinedPage]]) -> dict[str, bytes]:
        """Return each table as an Arrow stream."""
        rows = TableRows()
        for source, mined in pages:
            rows.add_page(source, mined)
        return {name: _as_stream(table) for name, table in rows.tables().items()}

    def write_part(self, target: Target, part: int, units: Sequence[UnitFile]) -> None:
        """Write a file a table, the failures' among them."""
        for name in TABLES:
            tables = [_from_stream(unit.sections[name]) for unit in units if unit.sections]
            if name == "failures":
                rows = TableRows()
                for unit in units:
                    rows.add_failures(unit.result.failures)
                tables = [rows.tables()[name]]
            table = pa.concat_tables(tables) if tables else TABLES[name].empty_table()
            with target.write(_part_name(name, part, "parquet")) as stream:
                pq.write_table(table, stream, compression="zstd")


class JsonlSink:
    """A mined page a line as `GET /v1/pages/{id}` has it, with the file and position it came from.

    A page's `id` is its number in the archive.
    """

    def encode(self, pages: Sequence[tuple[PageEntry, MinedPage]]) -> dict[str, bytes]:
        """Return the lines."""
        lines = []
        for source, mined in pages:
            place = {"file": source.entry.file, "position": source.entry.position}
            lines.append(json.dumps({**place, **mined_as_json(str(source.number), mined)}) + "\n")
        return {"mined": "".join(lines).encode()}

    def write_part(self, target: Target, part: int, units: Sequence[UnitFile]) -> None:
        """Write the lines of all units, and a line a failure."""
        with target.write(_part_name("mined", part, "jsonl")) as stream:
            for unit in units:
                stream.write(unit.sections.get("mined", b""))
        _write_failure_lines(target, part, units)


class DatabaseSink:
    """Pages are stored by the workers as they are mined; only failures are files."""

    def encode(self, pages: Sequence[tuple[PageEntry, MinedPage]]) -> dict[str, bytes]:
        """Return nothing: the pages are in the database already."""
        del pages
        return {}

    def write_part(self, target: Target, part: int, units: Sequence[UnitFile]) -> None:
        """Write a line a failure."""
        _write_failure_lines(target, part, units)


def _write_failure_lines(target: Target, part: int, units: Sequence[UnitFile]) -> None:
    with target.write(_part_name("failures", part, "jsonl")) as stream:
        for unit in units:
            for failure in unit.result.failures:
                stream.write(_failure_line(failure))


def _failure_line(failure: Failure) -> bytes:
    return (json.dumps({name: getattr(failure, name) for name in FAILURES.names}) + "\n").encode()


def _part_name(folder: str, part: int, suffix: str) -> str:
    return f"{folder}/part-{part:05}.{suffix}"


def _as_stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _from_stream(data: bytes) -> pa.Table:
    return pa.ipc.open_stream(data).read_all()
