"""Gathers the fields of records from what an XML parser tells of elements and texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import UnreadableArchive
from app.parsing.archives.fragments import MAX_FRAGMENT_CHARS

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTER = "outer-element"
"""The element that is put around documents; it counts for nothing."""

_MAX_DEPTH = 200
"""Feeds are six elements deep; without a bound a file of start tags fills memory."""

_MAX_VALUES = 200
"""Values of one field that are kept: an entry has some dozen categories and links."""


@dataclass(slots=True)
class XmlRecord:
    """An element that was asked for, with the texts and attributes that were asked for.

    Fields are named by their path from the record, "author/name", attributes "thread@id".
    """

    name: str
    position: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def first(self, name: str) -> str | None:
        """Return the first value of a field that is not blank."""
        return next((value for value in self.fields.get(name, ()) if value.strip()), None)

    def all(self, name: str) -> list[str]:
        """Return the values of a field."""
        return self.fields.get(name, [])


class Target:
    """What the parser tells of elements and texts, turned into records."""

    def __init__(self, records: Mapping[str, str | None], wanted: frozenset[str]) -> None:
        self.offset = 0
        self._records = records
        self._wanted = wanted
        self.depth = 0
        self._open: list[tuple[XmlRecord, list[str]]] = []
        self._done: list[XmlRecord] = []
        self._text: list[str] | None = None
        self._text_depth = 0
        self._chars = 0
        self._counts: dict[str, int] = {}

    def take(self) -> list[XmlRecord]:
        """Return the records that ended since the last call."""
        done, self._done = self._done, []
        return done

    def take_rest(self) -> list[XmlRecord]:
        """Return the records that ended, and those that never will, the inner ones first."""
        self._keep_text()
        while self._open:
            self._done.append(self._open.pop()[0])
        return self.take()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take in that an element begins."""
        if tag == OUTER:
            return
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise UnreadableArchive(
                f"expected elements at most {_MAX_DEPTH} deep, got them nested deeper"
            )
        name = _local(tag)
        inside = self._open[-1][0].name if self._open else None
        if name in self._records and self._records[name] == inside:
            self._keep_text()
            self._counts[name] = self._counts.get(name, 0) + 1
            position = f"{name} {self._counts[name]}, about character {self.offset}"
            self._open.append((XmlRecord(name, position), []))
        elif self._open:
            path = self._open[-1][1]
            path.append(name)
            if "/".join(path) in self._wanted:
                self._keep_text()
                self._text, self._chars, self._text_depth = [], 0, len(path)
            else:
                self.data(f"<{name}>")  # markup that somebody forgot to escape
        if self._open:
            for key, value in attributes.items():
                self._keep("@".join(("/".join(self._open[-1][1]), _local(key))), value)

    def end(self, tag: str) -> None:
        """Take in that an element ends."""
        if tag == OUTER:
            return
        self.depth -= 1
        if not self._open:
            return
        record, path = self._open[-1]
        if len(path) <= self._text_depth:
            self._keep_text()
        else:
            self.data(f"</{_local(tag)}>")
        if path:
            path.pop()
        elif _local(tag) == record.name:
            self._open.pop()
            self._done.append(record)

    def data(self, text: str) -> None:
        """Take in a piece of text."""
        if self._text is not None and self._chars < MAX_FRAGMENT_CHARS:
            self._text.append(text[:MAX_FRAGMENT_CHARS])
            self._chars += len(text)

    def close(self) -> None:
        """Nothing is built that could be returned."""

    def _keep_text(self) -> None:
        """Keep the text of the field that is open, which ends here."""
        if self._text is not None and self._open:
            self._keep("/".join(self._open[-1][1][: self._text_depth]), "".join(self._text))
        self._text = None

    def _keep(self, name: str, value: str) -> None:
        if name in self._wanted:
            values = self._open[-1][0].fields.setdefault(name, [])
            if len(values) < _MAX_VALUES:
                values.append(value)


def _local(tag: str) -> str:
    """The name without its namespace; WordPress has excerpts under the article's local name."""
    space, _, name = tag.rpartition("}")
    prefix, _, bare = name.rpartition(":")
    return f"excerpt:{bare}" if "/excerpt/" in space or prefix == "excerpt" else bare
