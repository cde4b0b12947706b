"""Says what kind of content some bytes are: by what the caller declares, else by a look at them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.errors import UnreadablePage, UnsupportedContent

_TYPE_OF_KIND = {
    "application/json": "json",
    "text/json": "json",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "text/x-markdown": "text",
}

_GENERIC = frozenset(
    {
        "",
        "*/*",
        "application/octet-stream",
        "binary/octet-stream",
        "application/x-www-form-urlencoded",  # what curl declares unless told otherwise
    }
)
"""Declared types that say nothing about the content."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"(\xb5/\xfd", "Zstandard data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\x00asm", "a program"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"RIFF", "sound, video or an image"),
)

_HTML_START = re.compile(
    r"\s*(?:<!--|<\?xml|<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|main"
    r"|article"
    r"|section|header|nav|div|table|form|ul|ol|li|dl|p|h[1-6]|a|span|iframe|br|b|font"
    r"|center)[\s>/])",
    re.IGNORECASE,
)
"""The start tags by which browsers know HTML, and the containers that people paste."""

_JSON_START = re.compile(r"\s*\{\s*(?:\"|\}|$)")


class ContentKind(StrEnum):
    """What a page can come as."""

    JSON = "json"
    HTML = "html"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a content type says; both parts may be unsaid."""

    kind: ContentKind | None = None
    charset: str | None = None


def read_content_type(content_type: str | None) -> Declared:
    """Return what a content type declares.

    Raises:
        UnsupportedContent: it names a kind of content that no reader here knows.
    """
    if content_type is None:
        return Declared()
    essence, _, parameters = content_type.partition(";")
    essence = essence.strip().lower()
    charset = re.search(
        r"(?:^|;)\s*charset\s*=\s*(\"[^\"]*\"|'[^']*'|[^;\s]+)", parameters, re.IGNORECASE
    )
    label = charset.group(1).strip("\"' ") if charset else None
    if essence in _GENERIC:
        return Declared(charset=label or None)
    if essence.startswith("application/") and essence.endswith("+json"):
        return Declared(ContentKind.JSON, label or None)
    known = _TYPE_OF_KIND.get(essence)
    if known is None:
        raise UnsupportedContent(
            "expected content of type application/json, text/html or text/plain, "
            f"got {essence[:80]!r}"
        )
    return Declared(ContentKind(known), label or None)


def refuse_binary(data: bytes) -> None:
    """Refuse bytes that begin as no text does.

    Raises:
        UnreadablePage: they begin as an image, an archive, a program or the like does.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadablePage(f"expected a page as text, got {what}")


def sniff_kind(text: str) -> ContentKind:
    """Return what `text` looks like at its beginning."""
    if _JSON_START.match(text):
        return ContentKind.JSON
    if _HTML_START.match(text):
        return ContentKind.HTML
    return ContentKind.TEXT
