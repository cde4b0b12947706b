"""Turns the lines between two headers of a text page into the text of a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.parsing.furniture import is_action, is_appeal, is_count, is_end, is_heading, is_rule
from app.parsing.prose import join_paragraphs
from app.parsing.stubs import offers_more

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.lines import Line
    from app.parsing.prose import Wrap

_FOOTER_WORDS = 4
_LEAST_FOOTERS = 2
_SENTENCE_END = re.compile(r"[.!?…:;,\"”’')\]]$")


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a comment's text; `rest` stood behind the header on its line.

    `quotes` and `margin` are the quote marks and the indentation of that header.
    """

    lines: tuple[Line, ...]
    rest: str | None = None
    quotes: int = 0
    margin: int = 0

    @property
    def blank(self) -> bool:
        """Whether no words are there."""
        return self.rest is None and all(line.blank or is_rule(line.raw) for line in self.lines)

    @property
    def characters(self) -> int:
        """How many characters the text has, about."""
        return len(self.rest or "") + sum(len(line.words) for line in self.lines)

    def text(self, wrap: Wrap, header: Line) -> str:
        """Return the text, a line a paragraph."""
        own = re.compile(rf"\s*(?:>\s?){{0,{self.quotes}}}")
        lines = trim_lines(self.lines, keep_some=self.rest is None)
        pairs = [(line, own.sub("", line.raw, count=1).strip()) for line in lines]
        if self.rest is not None:
            pairs.insert(0, (header, self.rest))
        return "\n".join(join_paragraphs(pairs, wrap))


def trim_lines(lines: Sequence[Line], *, keep_some: bool) -> Sequence[Line]:
    """Return lines without the blank ones, rules and buttons at both ends."""
    start, end = 0, len(lines)
    buttons = False
    while start < end and _is_edge(lines[start]):
        start += 1
    while end > start and (
        _is_edge(lines[end - 1]) or (buttons and end - 1 > start and is_count(lines[end - 1].words))
    ):
        buttons = buttons or is_action(lines[end - 1].words)
        end -= 1
    return lines if start == end and keep_some else lines[start:end]


def _is_edge(line: Line) -> bool:
    return line.blank or is_rule(line.raw) or is_action(line.words) or offers_more(line.words)


def find_tail(last: Body, others: Sequence[Body]) -> int:
    """Return at which of its lines the last comment ends and the page's foot begins."""
    lines = last.lines
    first = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    ends = [
        _find_dedent(last, first, others),
        _find_furniture(lines, first, has_text=last.rest is not None),
        _find_gap(lines, first, others, has_text=last.rest is not None),
        _find_short_lines(lines, first, has_text=last.rest is not None),
    ]
    return min(ends)


def _find_dedent(last: Body, first: int, others: Sequence[Body]) -> int:
    """Where texts stand indented against their headers, a line that does not is none of them."""
    lines = last.lines
    inner = [line.indent - body.margin for body in others for line in body.lines if not line.blank]
    if not inner and first < len(lines):
        inner = [lines[first].indent - last.margin]
    least = min(inner, default=0)
    if least + last.margin <= 0:
        return len(lines)
    return next(
        (
            at
            for at, line in enumerate(lines)
            if not line.blank and line.indent < least + last.margin
        ),
        len(lines),
    )


def _find_furniture(lines: Sequence[Line], first: int, *, has_text: bool) -> int:
    begin = first if has_text else first + 1
    for at in range(begin, len(lines)):
        line = lines[at]
        if line.blank:
            continue
        after_gap = at == 0 or lines[at - 1].blank or is_rule(lines[at - 1].raw)
        if (is_end(line.words) or is_heading(line.words)) and (after_gap or len(line.words) <= 60):  # noqa: PLR2004 - a short line stands for itself
            return at
        if after_gap and is_appeal(line.words):
            return at
    return len(lines)


def _find_gap(lines: Sequence[Line], first: int, others: Sequence[Body], *, has_text: bool) -> int:
    """Where no other comment has a rule or two blank lines within, the last has none either."""
    if any(_gaps(trim_lines(body.lines, keep_some=False)) for body in others):
        return len(lines)
    gaps = _gaps(lines, 0 if has_text else first)
    return gaps[0] if gaps else len(lines)


def _gaps(lines: Sequence[Line], begin: int = 0) -> list[int]:
    return [
        at
        for at in range(begin, len(lines))
        if is_rule(lines[at].raw)
        or (lines[at].blank and at + 1 < len(lines) and lines[at + 1].blank)
    ]


def _find_short_lines(lines: Sequence[Line], first: int, *, has_text: bool) -> int:
    """Links at a page's foot: two or more paragraphs of a few words without a full stop."""
    end = len(lines)
    found = 0
    begin = first if has_text else first + 1
    for at in range(len(lines) - 1, begin - 1, -1):
        line = lines[at]
        if line.blank:
            continue
        stands_alone = lines[at - 1].blank if at else True
        if not stands_alone or len(line.words.split()) > _FOOTER_WORDS:
            break
        if _SENTENCE_END.search(line.words) or not line.words[0].isupper() or line.quotes:
            break
        end, found = at, found + 1
    return end if found >= _LEAST_FOOTERS else len(lines)
