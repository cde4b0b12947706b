"""Tells the format of an archive from its first bytes; what is none of them is a saved page."""

from __future__ import annotations

import json
import re
from enum import StrEnum

from app.parsing.archives import convokit, hackernews, isso, reddit


class ArchiveFormat(StrEnum):
    """The formats that are read, as they are said on the command line."""

    WORDPRESS = "wordpress"
    DISQUS = "disqus"
    BLOGGER = "blogger"
    MOVABLE_TYPE = "movable-type"
    REDDIT = "reddit"
    HACKER_NEWS = "hacker-news"
    COMMENTO = "commento"
    ISSO = "isso"
    CONVOKIT = "convokit"
    JSONL = "jsonl"
    PAGE = "page"
    WARC = "warc"


_XML = re.compile(
    r"<(?:\?xml|!--|!DOCTYPE\s+(?:rss|disqus|feed)|rss|feed|\w+:feed|disqus)\b|<!--", re.IGNORECASE
)
_STRAY_CHARS = 20
"""Characters that may stand before an export's first tag: hands and scripts leave some there."""

_FEEDS = {
    ArchiveFormat.DISQUS: re.compile(
        r"<disqus\b|xmlns=[\"']https?://disqus\.com[\"'/]", re.IGNORECASE
    ),
    ArchiveFormat.WORDPRESS: re.compile(r"wordpress\.org/export/|<wp:|<wxr_version", re.IGNORECASE),
    ArchiveFormat.BLOGGER: re.compile(
        r"<(?:\w+:)?feed\b[^>]{0,2000}www\.w3\.org/2005/Atom", re.IGNORECASE
    ),
}
_MOVABLE_TYPE = re.compile(
    r"(?:AUTHOR|TITLE|BASENAME|STATUS|ALLOW COMMENTS|CONVERT BREAKS|ALLOW PINGS|DATE"
    r"|PRIMARY CATEGORY|UNIQUE URL): [^\n]*\n(?:[^\n]*\n){0,40}?-----[ \t]*\r?\n"
)
_LINES_TRIED = 5
"""Lines of which one must be whole JSON; more than one broken line at the top is no archive."""


def sniff_format(head: bytes) -> ArchiveFormat:
    """Return the format of what begins with `head`, decompressed."""
    if head.startswith((b"WARC/", b"filedesc://")):
        return ArchiveFormat.WARC
    text = _decode(head).lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        return _sniff_json(text)
    begin = text.find("<", 0, _STRAY_CHARS)
    if begin >= 0 and _XML.match(text, begin):
        for form, marks in _FEEDS.items():
            if marks.search(text):
                return form
    return ArchiveFormat.MOVABLE_TYPE if _MOVABLE_TYPE.match(text) else ArchiveFormat.PAGE


def _decode(head: bytes) -> str:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16" if wide else "utf-8", "replace")


def _sniff_json(text: str) -> ArchiveFormat:
    if '"commentHex"' in text or '"commenterHex"' in text:
        return ArchiveFormat.COMMENTO
    first = _first_object(text)
    for form, matches in (
        (ArchiveFormat.CONVOKIT, convokit.is_record),
        (ArchiveFormat.REDDIT, reddit.is_record),
        (ArchiveFormat.HACKER_NEWS, hackernews.is_record),
    ):
        if matches(first):
            return form
    if text.startswith("["):
        return ArchiveFormat.ISSO if isso.is_record(first) else ArchiveFormat.HACKER_NEWS
    # A page whose JSON goes over several lines is a file of its own.
    lines = [line for line in text.split("\n") if line.strip()]
    one_a_line = any(_load(line) is not None for line in lines[:_LINES_TRIED])
    return ArchiveFormat.JSONL if one_a_line or len(lines) == 1 else ArchiveFormat.PAGE


def _first_object(text: str) -> dict[str, object]:
    """The first object of a JSON text, or of an array; only its keys where it does not end here."""
    begin = text.find("{")
    if begin < 0:
        return {}
    try:
        value, _ = json.JSONDecoder().raw_decode(text, begin)
    except (ValueError, RecursionError):
        keys = re.findall(r"\"(\w{1,40})\"\s*:\s*(?:\"([^\"\\]{0,40})\")?", text[begin:])
        return dict(keys)
    return value if isinstance(value, dict) else {}


def _load(text: str) -> object | None:
    try:
        return json.loads(text)  # type: ignore[no-any-return]  # whatever it is
    except (ValueError, RecursionError):
        return None
