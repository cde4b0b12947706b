"""Reads WARC and ARC files: every successful response of HTML, as `POST /v1/pages` would.

Pages on which no comments are found are most of a crawl; they come as pages without comments. A
broken record ends its file, since there is no telling where the next one begins.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from app.domain.page import Article, Page
from app.errors import InputError, NoCommentsFound, UnreadableArchive
from app.parsing.archives.records import Entry, failure_of
from app.parsing.page import MAX_PAGE_BYTES, parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warcio.recordloader import ArcWarcRecord

    from app.parsing.archives.records import Record

_HTML = ("text/html", "application/xhtml+xml")
_BROKEN = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
)


def read(stream: BinaryIO) -> Iterator[Record]:
    """Yield a page a response of HTML, and what could not be read."""
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            found = _read_response(record, f"record {number}")
            if found is not None:
                yield found
    except UnreadableArchive as error:
        yield failure_of(f"after record {number}", error)
    except _BROKEN as error:
        problem = f"expected a WARC or ARC record, got a mistake: {str(error)[:80]!r}"
        yield failure_of(f"after record {number}", UnreadableArchive(problem))


def _read_response(record: ArcWarcRecord, position: str) -> Record | None:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return None
    declared = headers.get_header("Content-Type") or ""
    if not declared.lower().lstrip().startswith(_HTML):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(MAX_PAGE_BYTES + 1)
    try:
        return Entry(position, parse_page(data, content_type=declared, url=url))
    except NoCommentsFound:
        return Entry(position, Page(Article(), url=url))
    except InputError as error:
        return failure_of(position, error)
