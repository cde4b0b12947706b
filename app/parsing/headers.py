"""Reads one line as the header of a comment, in one of the forms, and tells names from sentences.

Each form is tried on every line; `segments` decides which form a page follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.parsing.forms import Place, belongs_to_others
from app.parsing.furniture import is_action
from app.parsing.lines import DATE_MARK, Prefix
from app.parsing.vocabulary import DATE_FIELDS, OTHER_FIELDS, TEXT_FIELDS

if TYPE_CHECKING:
    from app.parsing.forms import Form
    from app.parsing.lines import Line


@dataclass(frozen=True, slots=True)
class Header:
    """What one line says in one form; `rest` begins the comment's text on the same line."""

    author: str
    date: str | None = None
    to: str | None = None
    verb: str | None = None
    rest: str | None = None


_NO_NAME = re.compile(
    r"(?:tags?|share|shared|related|filed under|categor(?:y|ies)|source|sources|updated?"
    r"|notes?|read more|photos?|image|video|comments?"
    r"|posted in|print|e-?mail|twitter|facebook|via|see also|edit(?:ed)?|p\.?s\.?|q|a|re|url"
    r"|date|time|subject|title|warning|correction"
    r"|quote|tl;?dr|fact|question|answer|example|reminder|disclaimer|conclusion|summary|result"
    r"|background|context|http|https|link"
    r"|location|website|phone|total|score|reply|report|like|options|topics?|keywords?|labels?"
    r"|by|from|published|posted|text|message"
    r"|comment|body|id|ip|moderator'?s note|edit \d+|step \d+|part \d+|day \d+|chapter \d+"
    rf"|{DATE_FIELDS}|{OTHER_FIELDS}|{TEXT_FIELDS})",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\w{6,}\.$|(?:\S+\s+){3}\S*\.$|[!?;…]$")
"""A full stop also ends "Lola F." and "Prof em.", so it tells only behind longer words."""

_AROUND_NAME = re.compile(
    "^(?:[\\s*`•·|—–>~、，،\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]|-+\\s|\\[[-–+]\\])+"
    "|[\\s*`•·|—–:：,،、，;(（\\[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+$"
)
"""Bullets, colons and brackets left open, and the marks that turn the direction of writing."""

_LONGEST_NAME = 64
_MOST_NAME_WORDS = 9
_STRICT_WORDS = 8
_SENTENCE = re.compile(r"(?:I|We|You|He|She|It|They)(?:['’][a-z]+)?(?: [a-z][\w'’]*){4,}")
"""Somebody and at least four small words begin a sentence, "I don't believe a word: show us", where
"was on that gang till xmas: The drawings …" has a name."""


def is_name(text: str, *, strict: bool = False) -> bool:
    """Return whether `text` can be the name under which somebody comments.

    `strict` is for lines that only a name's look tells from a sentence.
    """
    words = text.split()
    if not words or len(text) > _LONGEST_NAME or len(words) > _MOST_NAME_WORDS:
        return False
    if text.startswith(("http://", "https://", "www.")) or is_action(text):
        return False
    if not strict:
        return True
    if _NO_NAME.fullmatch(text.strip(" :")):
        return False
    if len(words) > _STRICT_WORDS or text[0] in "\"“„«‘'(" or text.endswith((",", ":", "”", '"')):
        return False
    return not _SENTENCE_END.search(text)


def read_header(line: Line, form: Form) -> Header | None:
    """Return what `line` says if it has this form."""
    if line.blank or (not form.bare and line.prefix is Prefix.NONE and line.strong is None):
        return None
    shape = line.shape
    if form.place is Place.AFTER and line.prefix is Prefix.BULLET:
        shape = line.raw.lstrip()[:1] + " " + shape
    if form.name == "titled" and line.strong is not None and line.words != line.strong:
        return _read_strong(line)
    if not form.hint.search(shape):
        return None
    for pattern in form.patterns:
        match = pattern.fullmatch(shape)
        if match is None:
            continue
        found = match.groupdict()
        author = clean_name(
            line.words[words_at(line, match.start("author")) : words_at(line, match.end("author"))]
        )
        if form.name == "dated" and belongs_to_others().fullmatch(author):
            continue
        if form.name == "inline" and _SENTENCE.fullmatch(author):
            continue
        if not is_name(author, strict=form.weight < 0.9 or form.place is Place.AFTER):  # noqa: PLR2004 - weak forms
            continue
        return Header(
            author=author,
            date=line.dates[0] if DATE_MARK in shape and line.dates else None,
            to=found.get("to") or found.get("to2"),
            verb=found.get("verb") or found.get("verb2"),
            rest=line.words[words_at(line, match.start("rest")) :] if found.get("rest") else None,
        )
    return None


def _read_strong(line: Line) -> Header | None:
    """An emphasised name with the comment behind it: "**Name** it was not us"."""
    author = clean_name(line.strong or "")
    rest = line.words[len(line.strong or "") :].lstrip(" :—–-|·")
    return Header(author, rest=rest) if rest and is_name(author, strict=True) else None


def words_at(line: Line, at: int) -> int:
    """Where in the words of `line` the place `at` of its shape stands."""
    dates_before = line.shape.count(DATE_MARK, 0, at)
    return at + sum(len(date) - 1 for date in line.dates[:dates_before])


def clean_name(text: str) -> str:
    """Return a name without what surrounds it: spaces, emphasis, brackets left open, colons."""
    name = _AROUND_NAME.sub("", text)
    return " ".join(name.split())
