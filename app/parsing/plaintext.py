"""Reads a page that came as text: an article, and comments in one of the forms that people paste.

Every form is tried, and the one that explains most is taken; nothing is guessed beyond what the
page's form shows, so that replies by name or by quotation are left to mining.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.page import CommentKind
from app.errors import PageTooLarge
from app.parsing import markdown
from app.parsing.blocks import try_blocks
from app.parsing.drafts import Draft, Reading
from app.parsing.instants import parse_written_date
from app.parsing.lines import read_line, read_lines
from app.parsing.omitted import explain
from app.parsing.prose import find_wrap, read_article
from app.parsing.repair import repair_text
from app.parsing.segments import try_forms
from app.parsing.threads import Names, find_parents, read_answer

if TYPE_CHECKING:
    from app.parsing.prose import Wrap
    from app.parsing.segments import Segmentation

MAX_LINES = 250_000
"""Ten thousand comments of ten lines each take 100,000; lines cost time, however short they are."""


def read(text: str) -> Reading:
    """Return the article and the comments of a page of text; no comments where none are seen.

    Raises:
        PageTooLarge: more than `MAX_LINES`.
    """
    breaks = text.count("\n")
    if breaks >= MAX_LINES:
        raise PageTooLarge(f"expected at most {MAX_LINES} lines of text, got {breaks + 1}")
    text = repair_text(text, unescape=True)
    lines = markdown.read_lines(text) if markdown.is_markdown(text) else read_lines(text)
    tries = try_forms(lines)
    blocks = try_blocks(lines)
    if blocks is not None:
        tries.append(blocks)
    if not tries:
        return Reading(read_article(lines), (), evidence=explain(lines, (), None))
    best = max(tries, key=lambda found: found.score)
    wrap = find_wrap([line for body in best.bodies for line in (*body.lines, read_line(""))])
    return Reading(
        read_article(lines[: best.start]),
        tuple(_drafts_of(best, wrap)),
        evidence=explain(lines, tries, best),
    )


def _drafts_of(found: Segmentation, wrap: Wrap) -> list[Draft]:
    drafts: list[Draft] = []
    names = Names()
    parents = find_parents(found.marks)
    for at, (mark, body) in enumerate(zip(found.marks, found.bodies, strict=True)):
        text = body.text(wrap, mark.line)
        first, _, others = text.partition("\n")
        answered = read_answer(first) if others else None
        parent = names.find(answered) if answered else None
        if parent is not None:
            text = others
        if mark.pingback and not text:
            text = mark.line.words
        date = mark.header.date
        drafts.append(
            Draft(
                text=text,
                author=mark.header.author or None,
                parent=parent if parent is not None else parents[at],
                kind=CommentKind.PINGBACK if mark.pingback else CommentKind.COMMENT,
                created_at=parse_written_date(date) if date else None,
            )
        )
        names.add(at, mark)
    return drafts
