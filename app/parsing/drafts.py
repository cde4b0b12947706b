"""Turns comments as a reader found them, in page order, into Comments with ids and parents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.page import Comment, CommentKind, ReplyLink
from app.errors import PageTooLarge
from app.parsing.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.domain.page import Article

MAX_COMMENTS = 50_000
"""Twice the largest discussions that sites still show on one page; more is an archive."""

_LINK_NOTICE = re.compile(
    r"^\W*(?:pingback|trackback)s?\b"
    r"|\b(?:has |have )?(?:linked|links|trackbacked|linking) to this (?:post|entry|article"
    r"|story|page)\b",
    re.IGNORECASE,
)
_LONGEST_EXCERPT = 1_000
_EXCERPT = re.compile(
    r"^\s*(?:\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\)).*(?:\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\))\s*$",
    re.DOTALL,
)


@dataclass(slots=True)
class Draft:
    """A comment before it has an id; `parent` is the place of the comment it answers."""

    text: str
    author: str | None = None
    parent: int | None = None
    kind: CommentKind = CommentKind.COMMENT
    created_at: datetime | None = None
    left_out: str | None = None
    """Why it has no text, where that is known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a page: its article and its comments, and how it found them."""

    article: Article
    drafts: tuple[Draft, ...]
    language: str | None = None
    url: str | None = None
    evidence: Evidence = field(default_factory=Evidence)


_GONE = (
    r"(?:deleted|removed|hidden|flagged|gelöscht|entfernt|ausgeblendet|supprimé|modéré|masqué"
    r"|eliminado|borrado|removido|excluído|eliminato|rimosso|verwijderd)"
)
_REMOVED = re.compile(
    r"\W*(?:(?:this|the|your|der|dieser|ce|este|esta|questo|deze|dit)\s+)?(?:comment|post|message"
    r"|reply|kommentar|beitrag|commentaire|comentario|comentário|mensaje|commento|reactie|bericht)"
    r"\s+(?:(?:has|have|had) been |was |is |wurde |a été |ha sido |foi |è stato )?"
    rf"{_GONE}(?:\s[^.!?\n]{{0,100}})?\W*|[\[(<]\s*{_GONE}(?:\s[^.!?\n]{{0,40}})?[\])>]",
    re.IGNORECASE,
)
_LONGEST_REMOVED = 200


def is_removed(text: str) -> bool:
    """Return whether a comment's text only says that the comment is no longer there."""
    return len(text) <= _LONGEST_REMOVED and bool(_REMOVED.fullmatch(text))


def is_link_notice(author: str | None, text: str) -> bool:
    """Return whether a comment only tells that another site links here."""
    head = text[:400]
    if author and re.match(r"\W*(?:pingback|trackback)\b", author, re.IGNORECASE):
        return True
    return bool(_LINK_NOTICE.search(head)) or (
        len(text) <= _LONGEST_EXCERPT and bool(_EXCERPT.match(text))
    )


def comments_of(drafts: Sequence[Draft]) -> tuple[Comment, ...]:
    """Return the drafts that say something as comments "c1", "c2" … in page order.

    An answer to a draft without words goes to the nearest comment above that has some.

    Raises:
        PageTooLarge: more than `MAX_COMMENTS`.
    """
    if len(drafts) > MAX_COMMENTS:
        raise PageTooLarge(f"expected at most {MAX_COMMENTS} comments, got {len(drafts)}")
    comments: list[Comment] = []
    id_at: list[str | None] = []
    for draft in drafts:
        parent = id_at[draft.parent] if draft.parent is not None else None
        if not draft.text.strip():
            id_at.append(parent)
            continue
        own = f"c{len(comments) + 1}"
        id_at.append(own)
        notice = draft.kind is CommentKind.PINGBACK or is_link_notice(draft.author, draft.text)
        comments.append(
            Comment(
                id=own,
                text=draft.text,
                author=draft.author or None,
                reply_to=parent,
                reply_link=ReplyLink.MARKUP if parent is not None else None,
                kind=CommentKind.PINGBACK if notice else CommentKind.COMMENT,
                created_at=draft.created_at,
            )
        )
    return tuple(comments)
