"""Reads the lines of a page in Markdown: what is marked up comes out as it would be seen.

Links, emphasis, code and escapes are resolved line by line; what stands at the beginning of a
line (headings, bullets, numbers, quote marks) stays, since the forms of comments are told by it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

from app.parsing.lines import Prefix, read_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

    from app.parsing.lines import Line

_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^ {0,3}#{1,6} \S",
        r"\]\((?:https?:|mailto:|[/#])",
        r"\*\*[^\s*][^*\n]{0,200}\*\*|__[^\s_][^_\n]{0,200}__",
        r"^ {0,3}(?:```|~~~)",
        r"^ {0,3}\[[^\]\n]{1,100}\]:[ \t]+\S",
        r"\\[*_#\[\]<>`]",
        r"^={3,}[ \t]*$",
    )
)
_LEAST_SIGNS = 2
"""One kind of sign may be what somebody typed into plain text; two together are Markdown."""

_SURE_SIGN = _SIGNS[1]

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+•]|#{1,6}|\d{1,5}[.)])[ \t]+)*")
_MARKUP = re.compile(r"[*_`\[\]\\<&!]")
_FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(`{3,}|~{3,})")
_REFERENCE = re.compile(
    r" {0,3}\[([^\]]{1,100})\]:[ \t]+<?(?=[^\s>]*(?:/|\w\.\w))([^\s>]+)>?"
    r"(?:[ \t]+[\"'(].{0,200})?$"
)
"""What a link in brackets leads to. It looks like an address: "[deleted]: No." is a comment."""

_UNDERLINE = re.compile(r"={3,}[ \t]*")
_FIELD = re.compile(r"(title|author|date):[ \t]*(.{1,300})", re.IGNORECASE)
_MOST_FIELDS = 60
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

_LONGEST = 20_000
_MOST_MARKS = 1_000
"""A line with more brackets, stars or backquotes is no writing, and slow to look through."""

_POINTING = frozenset("here this link source that hier ici aquí qui aqui".split())
"""Link texts that say nothing without the link's address."""


def is_markdown(text: str) -> bool:
    """Return whether a page of text is written in Markdown."""
    found = sum(sign.search(text) is not None for sign in _SIGNS)
    return found >= _LEAST_SIGNS or (found == 1 and _SURE_SIGN.search(text) is not None)


def read_lines(text: str) -> list[Line]:
    """Return the lines of a page in Markdown, taken apart."""
    rows = list(_rows_of(text.split("\n")))
    references = {
        normalizeReference(match[1]): {"href": match[2], "title": ""}
        for row, literal in rows
        if not literal and (match := _REFERENCE.match(row))
    }
    renderer = _Renderer(references)
    lines: list[Line] = []
    for row, literal in rows:
        if literal:
            lines.append(
                replace(read_line(row), prefix=Prefix.NONE, strong=None, shape="", dates=())
            )
        elif not (references and _REFERENCE.match(row)):
            lines += renderer.lines_of(row)
    return lines


def _rows_of(rows: list[str]) -> Iterator[tuple[str, bool]]:
    """Each row, and whether it is code, in which nothing is marked up."""
    start, fields = _front_matter(rows)
    yield from ((row, False) for row in fields)
    fence: str | None = None
    for at in range(start, len(rows)):
        row = rows[at]
        mark = _FENCE.match(row)
        if mark and fence is None and "`" not in row[mark.end() :]:
            fence = mark[1]
        elif mark and fence is not None and mark[1].startswith(fence):
            fence = None
        elif fence is not None:
            yield row, True
        elif at + 1 < len(rows) and row.strip() and _UNDERLINE.fullmatch(rows[at + 1]):
            yield "# " + row.strip(), False
        elif not _UNDERLINE.fullmatch(row):
            yield row, False


def _front_matter(rows: list[str]) -> tuple[int, list[str]]:
    """Where the page begins behind fields between "---", and its title, author and date."""
    if not rows or rows[0].strip() != "---":
        return 0, []
    end = next((at for at in range(1, min(len(rows), _MOST_FIELDS)) if rows[at] == "---"), None)
    if end is None:
        return 0, []
    found = {
        match[1].lower(): match[2].strip(" '\"")
        for row in rows[1:end]
        if (match := _FIELD.match(row))
    }
    if not found:
        return 0, []
    lines = [f"# {found['title']}", ""] if "title" in found else []
    lines += [f"By {found['author']}"] if "author" in found else []
    return end + 1, [*lines, *([found["date"]] if "date" in found else []), ""]


class _Renderer:
    """Turns rows of Markdown into lines; keeps the addresses that links refer to by name."""

    def __init__(self, references: dict[str, dict[str, str]]) -> None:
        self._parser = MarkdownIt("commonmark")
        self._references = references

    def lines_of(self, row: str) -> list[Line]:
        """Return what is seen of a row: one line, or more where it says so."""
        if not _MARKUP.search(row) and not row.endswith("\\"):
            return [read_line(row)]
        prefix = _PREFIX.match(row)
        start = prefix.end() if prefix else 0
        strong = read_line(row).strong
        first, *others = self._plain(row[start:].rstrip(" \\")).split("\n")
        line = read_line(row[:start] + first)
        seen = self._plain(strong).strip() if strong else ""
        if seen and line.words.startswith(seen):
            line = replace(line, strong=seen)
        return [line, *map(read_line, others)]

    def _plain(self, content: str) -> str:
        marks = sum(map(content.count, "*_`["))
        if len(content) > _LONGEST or marks > _MOST_MARKS or not content:
            return content
        inline = self._parser.parseInline(content, {"references": self._references})
        return "".join(_pieces_of(inline[0].children or ()))


def _pieces_of(tokens: Iterable[Token]) -> Iterator[str]:
    address = ""
    label: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            address, label = str(token.attrGet("href") or ""), []
        elif token.type == "link_close":
            said = "".join(label).strip()
            yield from label
            if not said or said.lower() in _POINTING:
                yield f" ({address})" if said else address
            address = ""
        elif token.type in {"text", "code_inline", "image", "html_inline", "softbreak"}:
            seen = _seen_of(token)
            if address:
                label.append(seen)
            else:
                yield seen


def _seen_of(token: Token) -> str:
    if token.type == "image":  # a small picture in a comment is an emoji, and its text says which
        alt = token.content
        return alt if alt and not alt.isascii() and len(alt) <= 8 else ""  # noqa: PLR2004 - an emoji
    if token.type == "html_inline":
        return "\n" if _BREAK.fullmatch(token.content) else ""
    return "\n" if token.type == "softbreak" else token.content
