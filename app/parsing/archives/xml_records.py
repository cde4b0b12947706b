"""Reads records out of XML feeds as they stream by: flat fields of text, no tree.

Hardened for exports that anyone may have written: document types are dropped unread, so that no
entity is ever declared, and what one record may hold is bounded. Broken XML is read on where that
can be; the first mistake is reported with its line.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from lxml import etree

from app.errors import UnreadableArchive
from app.parsing.archives.fragments import MAX_FRAGMENT_CHARS
from app.parsing.archives.records import Failure, failure_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_CHUNK_BYTES = 8_192
"""Small, since positions are told by chunk; larger ones are hardly faster."""

_MAX_PROLOG_CHARS = 262_144
"""Comments at the top of an export take some kilobytes, document types less."""

_MAX_DEPTH = 200
"""Feeds are six elements deep; without a bound a file of start tags fills memory."""

_OUTER = "outer-element"
_OUTER_DEPTH = 50
"""Elements put around the document: every end tag too many closes one of them, and not the
document, behind whose end the parser would see nothing."""

_MAX_VALUES = 200
"""Values of one field that are kept: an entry has some dozen categories and links."""

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"<(?=[\w:])")
_SKIPPED = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?:[^\[\]\"'>]|\"[^\"]*\"|'[^']*')*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>",
    re.IGNORECASE,
)


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


def read_records(
    stream: BinaryIO, records: Mapping[str, str | None], wanted: Collection[str]
) -> Iterator[XmlRecord | Failure]:
    """Yield the records of an XML stream when they end, those inside another before it.

    `records` maps the local names of records to the name of the record that they stand in. At
    the end, records still open are yielded as far as they came, then what went wrong.
    """
    target = _Target(records, frozenset(wanted))
    parser = etree.XMLParser(
        target=target,
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    parser.feed(f"<{_OUTER}>" * _OUTER_DEPTH)
    mistake: str | None = None
    try:
        for text in _without_doctype(_decoded(stream)):
            parser.feed(text.encode("utf-8"))
            target.offset += len(text)
            if mistake is None:
                mistake = _first_mistake(parser)
            yield from target.take()
        parser.close()
    except (etree.XMLSyntaxError, UnreadableArchive) as error:
        yield from target.take_rest()
        yield failure_of(
            f"about character {target.offset}",
            error if isinstance(error, UnreadableArchive) else _broken(str(error)),
        )
        return
    mistake = mistake or _first_mistake(parser)
    if mistake is None and target.depth > 0:
        mistake = f"about character {target.offset}: the file ends inside an element"
    yield from target.take_rest()
    if mistake is not None:
        yield failure_of(mistake.partition(":")[0], _broken(mistake))


def _broken(mistake: str) -> UnreadableArchive:
    return UnreadableArchive(
        f"expected well-formed XML, read on as far as could be after {mistake[:150]}"
    )


def _first_mistake(parser: etree.XMLParser) -> str | None:
    """The first thing that XML forbids; an undeclared namespace is no matter here.

    Nor is an end that never comes: the elements put around the document have none.
    """
    for entry in parser.feed_error_log:
        ends = entry.type == etree.ErrorTypes.ERR_TAG_NOT_FINISHED
        if entry.level == etree.ErrorLevels.FATAL and not ends:
            return f"line {entry.line}: {entry.message.strip()[:100]}"
    return None


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """The text of the stream in whatever encoding it declares, characters XML forbids left out."""
    chunk = stream.read(_CHUNK_BYTES)
    decoder = codecs.getincrementaldecoder(_encoding_of(chunk))("replace")
    while chunk:
        yield _FORBIDDEN.sub("", decoder.decode(chunk))
        chunk = stream.read(_CHUNK_BYTES)
    yield _FORBIDDEN.sub("", decoder.decode(b"", final=True))


def _encoding_of(head: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    declared = _DECLARED.search(head[:1_000])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        "".encode(name)
    except LookupError:  # unknown, or no encoding of text
        return "utf-8"
    # A declaration that could be read byte by byte is not in UTF-16, whatever it says.
    return "utf-8" if "16" in codecs.lookup(name).name else name


def _without_doctype(texts: Iterator[str]) -> Iterator[str]:
    """The texts from the root element on."""
    prolog = ""
    for text in texts:
        prolog += text
        bare = _DOCTYPE.sub("", _SKIPPED.sub("", prolog), count=1)
        root = _ROOT.search(bare)
        if root and "<!" not in bare[: root.start()]:
            yield bare[root.start() :]
            yield from texts
            return
        if len(prolog) > _MAX_PROLOG_CHARS:
            break
    raise UnreadableArchive(
        f"expected XML with an element in its first {_MAX_PROLOG_CHARS} characters, "
        "got none, or a document type that cannot be passed over"
    )


class _Target:
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
        if tag == _OUTER:
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
        if tag == _OUTER:
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
