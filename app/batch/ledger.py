"""What a run is and how far it has come: an SQLite file that only one process can hold.

Everything about a part is entered in one transaction, so that sums are right after any crash.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import RunChanged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.batch.unit_files import UnitFile
    from app.parsing.archives import Failure

EXAMPLES = 5
"""Failures of a kind that the summary shows; the others stand in the output."""

TOP_ACTORS = 20
"""Actors that the summary lists."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS part (
    number INTEGER PRIMARY KEY, pages INTEGER NOT NULL, comments INTEGER NOT NULL,
    attributions INTEGER NOT NULL, passed_over INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS failure (kind TEXT PRIMARY KEY, count INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS example (
    kind TEXT NOT NULL, file TEXT NOT NULL, position TEXT NOT NULL, problem TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS claimed (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, comments INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class FailureKind:
    """Failures of one kind: how many, and the first of them as file, position and problem."""

    kind: str
    count: int
    examples: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the parts that are finished; `claimed` are names with their comments."""

    pages: int = 0
    comments: int = 0
    attributions: int = 0
    passed_over: int = 0
    failures: tuple[FailureKind, ...] = ()
    claimed: tuple[tuple[str, int], ...] = field(default=())

    @property
    def failed(self) -> int:
        """How many records failed."""
        return sum(each.count for each in self.failures)


class Ledger:
    """The ledger of a run; it is made where there is none.

    Raises:
        RunChanged: another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, timeout=1)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("BEGIN EXCLUSIVE")
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise RunChanged(
                f"expected nobody else to write to {path.parent.parent}, but another run does"
            ) from error

    def close(self) -> None:
        """Let go of the run."""
        self._db.close()

    def dump(self) -> bytes:
        """Return all that it says, as the content of an SQLite file."""
        return bytes(self._db.serialize())

    def restore(self, content: bytes | None) -> None:
        """Say what was dumped, or nothing, and forget what was said before."""
        with closing(sqlite3.connect(":memory:")) as other:
            if content is not None:
                other.deserialize(content)
            else:
                other.executescript(_SCHEMA)
            other.backup(self._db)

    def fact(self, name: str) -> str | None:
        """Return what was said about the run under that name."""
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def state_fact(self, name: str, value: str) -> str:
        """Say something about the run, unless it was said before; return what stands."""
        self._db.execute("INSERT OR IGNORE INTO fact VALUES (?, ?)", (name, value))
        return self.fact(name) or value

    def check_facts(self, facts: Mapping[str, str]) -> None:
        """State facts, and refuse the run where others were stated before.

        Raises:
            RunChanged: naming the first fact that is another now.
        """
        for name, value in facts.items():
            stated = self.state_fact(name, value)
            if stated != value:
                raise RunChanged(
                    f"expected the {name} that this output was begun with ({stated[:100]}), got "
                    f"{value[:100]}; go on with that, or write to another folder"
                )

    def finished_parts(self) -> set[int]:
        """Return the numbers of the parts that are finished."""
        return {number for (number,) in self._db.execute("SELECT number FROM part")}

    def enter_part(self, part: int, units: Sequence[UnitFile]) -> None:
        """Enter that a part's files are there, with the sums of its units."""
        results = [unit.result for unit in units]
        failures = [failure for result in results for failure in result.failures]
        claimed: Counter[str] = Counter()
        for result in results:
            claimed.update(result.claimed)
        self._db.execute("BEGIN")
        self._db.execute(
            "INSERT INTO part VALUES (?, ?, ?, ?, ?)",
            (
                part,
                sum(result.pages for result in results),
                sum(result.comments for result in results),
                sum(result.attributions for result in results),
                sum(result.passed_over for result in results),
            ),
        )
        self._enter_failures(failures)
        self._db.executemany(
            "INSERT INTO claimed VALUES (?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET comments = comments + excluded.comments",
            [(name.casefold(), name, count) for name, count in claimed.items()],
        )
        self._db.execute("COMMIT")

    def _enter_failures(self, failures: Sequence[Failure]) -> None:
        shown = dict(self._db.execute("SELECT kind, count FROM failure"))
        for each in failures:
            shown[each.kind] = shown.get(each.kind, 0) + 1
            if shown[each.kind] <= EXAMPLES:
                row = (each.kind, each.file, each.position, each.problem)
                self._db.execute("INSERT INTO example VALUES (?, ?, ?, ?)", row)
        self._db.executemany("INSERT OR REPLACE INTO failure VALUES (?, ?)", shown.items())

    def totals(self) -> Totals:
        """Return the sums over all finished parts."""
        pages, comments, attributions, passed_over = self._db.execute(
            "SELECT coalesce(sum(pages), 0), coalesce(sum(comments), 0),"
            " coalesce(sum(attributions), 0), coalesce(sum(passed_over), 0) FROM part"
        ).fetchone()
        kinds = self._db.execute("SELECT kind, count FROM failure ORDER BY count DESC, kind")
        failures = tuple(
            FailureKind(
                kind,
                count,
                tuple(
                    self._db.execute(
                        "SELECT file, position, problem FROM example WHERE kind = ? ORDER BY rowid",
                        (kind,),
                    )
                ),
            )
            for kind, count in kinds.fetchall()
        )
        claimed = self._db.execute(
            "SELECT name, comments FROM claimed ORDER BY comments DESC, key LIMIT ?", (TOP_ACTORS,)
        ).fetchall()
        return Totals(
            pages, comments, attributions, passed_over, failures=failures, claimed=tuple(claimed)
        )


def facts_text(value: object) -> str:
    """Return a value as the text of a fact, the same for the same value."""
    return json.dumps(value, sort_keys=True)
