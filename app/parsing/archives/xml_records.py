"""Reads records out of XML feeds as they stream by: flat fields of text, no tree.

Hardened for exports that anyone may have written: document types are dropped unread, so that no
entity is ever declared, and what one record may hold is bounded. Broken XML is read on where that
can be; the first mistake is reported with its line.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, BinaryIO

from lxml import etree

from app.errors import UnreadableArchive
from app.parsing.archives.records import failure_of
from app.parsing.archives.xml_target import OUTER, Target

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from app.parsing.archives.records import Failure
    from app.parsing.archives.xml_target import XmlRecord

_CHUNK_BYTES = 8_192
"""Small, since positions are told by chunk; larger ones are hardly faster."""

_MAX_PROLOG_CHARS = 262_144
"""Comments at the top of an export take some kilobytes, document types less."""

_OUTER_DEPTH = 50
"""Elements put around the document: every end tag too many closes one of them, and not the
document, behind whose end the parser would see nothing."""

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"<(?=[\w:])")
_SKIPPED = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?:[^\[\]\"'>]|\"[^\"]*\"|'[^']*')*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>",
    re.IGNORECASE,
)


def read_records(
    stream: BinaryIO, records: Mapping[str, str | None], wanted: Collection[str]
) -> Iterator[XmlRecord | Failure]:
    """Yield the records of an XML stream when they end, those inside another before it.

    `records` maps the local names of records to the name of the record that they stand in. At
    the end, records still open are yielded as far as they came, then what went wrong.
    """
    target = Target(records, frozenset(wanted))
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
    parser.feed(f"<{OUTER}>" * _OUTER_DEPTH)
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
