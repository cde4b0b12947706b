"""Turns a text into its sentences as spans, so that offsets stay true to the text given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries

from app.domain.page import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_WHITE_SPACE = re.compile(r"[^\S\n]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_STRETCH = 8_000
"""Code points given to the splitter at once: its time grows with the square of the quotation
marks in one paragraph that are never closed (40,000 of them took 4 s), so that a paragraph
longer than this is read in stretches. The longest of the labelled pages has 1,136."""


def split_sentences(text: str, *, language: str = "en") -> tuple[Span, ...]:
    """Return the sentences of `text` in order, without the white space around them.

    A blank line ends a sentence, a single line break does not. `language` is an ISO 639 code
    that decides about abbreviations; an unknown one reads like English.
    """
    # sentencex 1.0 takes well-formed Unicode only, and aborts on "A.\x85": white space of more than
    # one byte after a full stop. Both are replaced one for one, so that offsets stay as they are.
    readable = _SURROGATE.sub("\ufffd", _WHITE_SPACE.sub(" ", text))
    return tuple(
        sentence
        for paragraph in _paragraphs(readable)
        for sentence in _sentences_in(readable, paragraph, language)
    )


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield Span(start, blank.start())
        start = blank.end()
    yield Span(start, len(text))


def _sentences_in(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    start = paragraph.start
    while start < paragraph.end:
        end = min(start + _STRETCH, paragraph.end)
        pieces = get_sentence_boundaries(language, text[start:end])
        lengths = [len(piece["text"]) for piece in pieces]
        if end < paragraph.end and len(lengths) > 1:
            # The stretch may have ended inside the last sentence: read that one again, whole.
            lengths.pop()
        position = start
        for length in lengths:
            sentence = _trim(text, position, position + length)
            if sentence is not None:
                yield sentence
            position += length
        start = position if position > start else end


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    inset = len(piece) - len(piece.lstrip())
    return Span(start + inset, start + inset + len(bare))
