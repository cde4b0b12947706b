"""Infers which earlier comment a comment answers where neither caller nor markup says it.

Precision comes first: a comment that gives no sign answers the article. Reads author names,
text and page order only, never what comes later, so that a page grows without its old links
moving.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.page import CommentKind, ReplyLink
from app.mining.agreement import bare_agreement
from app.mining.continuation import Conversation, log_odds
from app.mining.names_said import Address, AuthorIndex, words_of
from app.mining.quotes import QuoteIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.domain.page import Comment, Page

CONTINUES_FROM = 0.0
"""Log-odds from which a comment is taken to go on from the one above: likelier than not. On the
pages that we develop on, of all links then made 83 % are right and 57 % of all replies found;
from -0.2 on it would be 81 % and 59 %, from 0.5 on 88 % and 51 %."""


PRESUMED_FROM = -0.6
"""Log-odds from which a comment without a link is read below the one above: what is said there may
be what it means. Chosen on the tuning pages, where attribution F1 with actors to be found goes
from .471 to .477; where links are made from there on it is the same, from -0.3 on .469, from -1 on
.474. Most of these comments answer the article."""


class Sign(StrEnum):
    """What a link was inferred from, in the order in which the signs are tried.

    Right of made on the labelled pages that we develop on (`bench/reply_cues.py`): quotes 162
    of 163, speaks to 109 of 112, names 50 of 61, agrees 81 of 88, takes turns 286 of 287,
    continues 580 of 810. On domains that were held out: 4 of 4, 43 of 49, 16 of 20, 10 of 10,
    67 of 67, 121 of 152. All these pages are written ones, and flatter.
    """

    QUOTES = "quotes"
    SPEAKS_TO = "speaks to"
    NAMES = "names"
    AGREES = "agrees"
    TAKES_TURNS = "takes turns"
    CONTINUES = "continues"


@dataclass(frozen=True, slots=True)
class InferredLink:
    """The comment that is answered, and the sign that says so."""

    reply_to: str
    sign: Sign


def infer_replies(page: Page, *, only: Collection[str] | None = None) -> Page:
    """Return the page with the links that its comments show, marked as inferred.

    Links that are there stay as they are. Where the page's form shows links (any comment has
    one given or by markup), a comment without one is linked by name or quotation alone. `only`
    are the ids of the comments to link, all by default.
    """
    links = infer_links(page, only=only)
    comments = tuple(
        replace(comment, reply_to=link.reply_to, reply_link=ReplyLink.INFERRED)
        if (link := links.get(comment.id))
        else comment
        for comment in page.comments
    )
    return replace(page, comments=comments)


def presume_replies(page: Page) -> Mapping[str, str]:
    """Return what comments without any link are read below, by their ids; `page` has its links.

    Too unsure to be called replies, these only help to understand what is meant.
    """
    unlinked = {comment.id for comment in page.comments if comment.reply_to is None}
    links = infer_links(page, only=unlinked, continues_from=PRESUMED_FROM)
    return {comment: link.reply_to for comment, link in links.items()}


def infer_links(
    page: Page,
    *,
    only: Collection[str] | None = None,
    continues_from: float = CONTINUES_FROM,
) -> Mapping[str, InferredLink]:
    """Return the inferred link of each comment that shows one, under the comment's id."""
    reader = _Reader(page, continues_from)
    for position, comment in enumerate(page.comments):
        if comment.kind is CommentKind.PINGBACK:
            continue
        wanted = comment.reply_to is None and (only is None or comment.id in only)
        reader.read(position, comment, wanted=wanted)
    return reader.links


class _Reader:
    """Reads a page's comments in order, and remembers what later ones may refer to."""

    def __init__(self, page: Page, continues_from: float) -> None:
        article = f"{page.article.title or ''}\n{page.article.text}"
        self.links: dict[str, InferredLink] = {}
        self._comments = page.comments
        self._continues_from = continues_from
        self._positions = {comment.id: at for at, comment in enumerate(page.comments)}
        self._nested = any(
            comment.reply_to is not None and comment.reply_link is not ReplyLink.INFERRED
            for comment in page.comments
        )
        self._authors = AuthorIndex(frozenset(words_of(article)))
        self._quotes = QuoteIndex([comment.text for comment in page.comments], article=article)
        self._conversation = Conversation(article)
        self._above: int | None = None

    def read(self, position: int, comment: Comment, *, wanted: bool) -> None:
        """Link the comment if that is wanted, then remember it."""
        answered = None if comment.reply_to is None else self._positions[comment.reply_to]
        if wanted:
            found = self._find(position, comment)
            if found is not None:
                answered, sign = found
                self.links[comment.id] = InferredLink(self._comments[answered].id, sign)
        self._authors.add(comment.author, position)
        self._quotes.add(comment.text, position)
        self._conversation.add(comment.text, comment.author, answers=answered)
        self._above = position

    def _find(self, position: int, comment: Comment) -> tuple[int, Sign] | None:
        if self._above is None:
            return None
        quoted = self._quotes.find(position)
        if quoted is not None:
            return quoted, Sign.QUOTES
        named = self._authors.find(comment.text, own=comment.author)
        if named is not None:
            sign = Sign.NAMES if named[1] is Address.NAMED else Sign.SPEAKS_TO
            return named[0], sign
        if self._nested:
            return None
        return self._find_above(position, self._above, comment)

    def _find_above(self, position: int, above: int, comment: Comment) -> tuple[int, Sign] | None:
        if bare_agreement(comment.text, addressed=self._comments[above].author):
            return above, Sign.AGREES
        if self._conversation.takes_turns(comment.author):
            return above, Sign.TAKES_TURNS
        if above < position - 1:
            return None  # a pingback stands between: what went on there has ended
        odds = log_odds(self._conversation.cues(comment.text, comment.author))
        if odds >= self._continues_from:
            return above, Sign.CONTINUES
        return None
