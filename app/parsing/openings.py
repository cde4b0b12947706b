"""Takes the opening post of a thread out of its posts: it is what the others comment on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.page import Article
from app.parsing.edges import lines_of
from app.parsing.repair import repair_text, tidy_line
from app.parsing.tree import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.drafts import Draft
    from app.parsing.platforms import Matcher, Platform
    from app.parsing.tree import Node

_LATER_PAGE = re.compile(
    r"(?:[?&](?:page|start|st|pagenumber)=(?!0*1?(?:&|$))\d+"
    r"|/page-?/?(?!0*1(?:\D|$))\d+|[-_]p(?!0*1(?:\D|$))\d+(?:\.html)?$|/index(?!1\.)\d+\.html)"
)
_NEVER_TEXT = frozenset("script style noscript template form button svg".split())


def split_opening(
    nodes: Sequence[Node], platform: Platform | None, drafts: list[Draft]
) -> tuple[Article | None, list[Draft]]:
    """Return what a platform says the article is, and the posts that comment on it.

    None where the platform leaves it to others to find the article.
    """
    if platform is None:
        return None, drafts
    title = _text_at(nodes, platform.title) or None
    while platform.opening and drafts and not drafts[0].text:
        drafts = [replace(draft, parent=_before(draft.parent)) for draft in drafts[1:]]
    if platform.opening and len(drafts) > 1 and not _is_later_page(nodes):
        first = drafts[0]
        article = Article(
            title=title,
            text=repair_text(first.text.replace("\n", "\n\n")),
            author=first.author,
            published_at=first.created_at,
        )
        return article, [replace(draft, parent=_before(draft.parent)) for draft in drafts[1:]]
    text = _text_at(nodes, platform.article)
    if title or text:
        return Article(title=title, text=text), drafts
    return None, drafts


def _before(parent: int | None) -> int | None:
    return parent - 1 if parent else None


def _is_later_page(nodes: Sequence[Node]) -> bool:
    """Whether the page says that it is not the first of its thread."""
    for node in nodes[:_HEAD]:
        if node.tag == "link" and "rel:canonical" in node.words:
            return bool(_LATER_PAGE.search(node.element.get("href") or ""))
    return False


_HEAD = 400
"""Elements among which a page's canonical address stands, scripts before it included."""


def _text_at(nodes: Sequence[Node], matcher: Matcher | None) -> str:
    """The text of the first element that is meant, a blank line between paragraphs."""
    if matcher is None:
        return ""
    start = next(
        (at for at, node in enumerate(nodes) if matcher.matches(node.tag, node.words)), None
    )
    if start is None:
        return ""
    pieces: list[str] = []
    open_: list[Node] = []
    at = start
    while at < nodes[start].end:
        node = nodes[at]
        while open_ and open_[-1].end <= at:
            pieces += _after(open_.pop())
        if node.tag in _NEVER_TEXT:
            pieces.append(node.element.tail or "")
            at = node.end
            continue
        pieces.append("\n" if node.tag in BLOCKS else "")
        pieces.append(" ".join((node.element.text or "").splitlines()))
        open_.append(node)
        at += 1
    while len(open_) > 1:
        pieces += _after(open_.pop())
    lines = lines_of("".join(pieces))
    return repair_text("\n\n".join(tidy_line(line.words) for line in lines))


def _after(node: Node) -> tuple[str, str]:
    return ("\n" if node.tag in BLOCKS else "", " ".join((node.element.tail or "").splitlines()))
