"""Lays out the comments of a page as a thread: a flat list, each with its depth and its marks.

Flat, since a hostile page may nest ten thousand deep, and neither a template nor a browser may.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE
from app.domain.stance import Label
from app.web.site.pieces import Mark, Piece, cut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from app.domain.caution import Caution
    from app.domain.mined import Actor, MinedComment, MinedPage
    from app.domain.page import Comment
    from app.domain.stance import Attribution, Stance

MAX_DEPTH = 6
"""Steps by which replies are moved in; deeper ones would leave no room for words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A comment's stance to one actor; `place` is the actor's in the ranking, from 0.

    `claimed` marks a claimed perpetrator; `heir_of` is the number of the comment it is taken from.
    """

    row: Attribution
    place: int
    name: str
    claimed: bool
    heir_of: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """A comment as the thread shows it. Numbers count from 1 in page order."""

    number: int
    comment: Comment
    depth: int
    answers: int | None
    answers_author: str | None
    replies: int
    pieces: tuple[Piece, ...]
    account_stance: Stance
    reply_stance: Stance | None
    claims: tuple[Claim, ...]
    cautions: tuple[Caution, ...]
    shown: bool

    @property
    def tokens(self) -> str:
        """The claims in short, for the script: place, first letter of the label, certain or not."""
        return " ".join(
            f"{claim.place}{claim.row.label[0]}{int(claim.row.certain)}" for claim in self.claims
        )


def lay_out(
    mined: MinedPage, chosen: Collection[str], *, in_page_order: bool = False
) -> tuple[Post, ...]:
    """Return the posts in the order of the thread: replies below what they answer."""
    places = places_of(mined)
    names = {actor.id: actor.name for actor in mined.actors}
    numbers = {each.comment.id: at for at, each in enumerate(mined.comments, start=1)}
    authors = {each.comment.id: each.comment.author for each in mined.comments}
    marks = _mentions(mined.actors, places)
    order, depths, replies = _walk(mined.comments)
    posts = []
    for at in range(len(mined.comments)) if in_page_order else order:
        each = mined.comments[at]
        parent = each.comment.reply_to
        posts.append(
            Post(
                number=at + 1,
                comment=each.comment,
                depth=min(depths[at], MAX_DEPTH),
                answers=numbers.get(parent or ""),
                answers_author=authors.get(parent or ""),
                replies=replies[at],
                pieces=cut(
                    each.comment.text,
                    [*_evidence(each, places), *marks.get(each.comment.id, ())],
                ),
                account_stance=each.account_stance,
                reply_stance=each.reply_stance,
                claims=_claims(each, places, names, numbers),
                cautions=each.cautions,
                shown=each.comment.id in chosen,
            )
        )
    return tuple(posts)


def places_of(mined: MinedPage) -> Mapping[str, int]:
    """Return each actor's place in the ranking, from 0, under its id."""
    return {hypothesis.actor: at for at, hypothesis in enumerate(mined.hypotheses)}


def cut_article(mined: MinedPage) -> tuple[tuple[Piece, ...], ...]:
    """Return the paragraphs of the article in pieces, the actors' names marked."""
    marks = _mentions(mined.actors, places_of(mined)).get(IN_ARTICLE, [])
    paragraphs: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    for piece in cut(mined.article.text, marks):
        first, *others = piece.text.split("\n\n")
        current.append(Piece(first, piece.actors, piece.label))
        for other in others:
            paragraphs.append(tuple(current))
            current = [Piece(other, piece.actors, piece.label)]
    paragraphs.append(tuple(current))
    return tuple(
        paragraph for paragraph in paragraphs if any(each.text.strip() for each in paragraph)
    )


def _mentions(actors: Sequence[Actor], places: Mapping[str, int]) -> dict[str, list[Mark]]:
    """Return where actors are named, under the ids of comments."""
    found: dict[str, list[Mark]] = {}
    for actor in actors:
        place = places.get(actor.id)
        if place is None:
            continue
        for mention in actor.mentions:
            found.setdefault(mention.location, []).append(Mark(mention.span, place))
    return found


def _evidence(mined: MinedComment, places: Mapping[str, int]) -> list[Mark]:
    return [
        Mark(row.evidence, places[row.actor], row.label)
        for row in mined.attributions
        if row.actor in places
    ]


def _claims(
    mined: MinedComment,
    places: Mapping[str, int],
    names: Mapping[str, str],
    numbers: Mapping[str, int],
) -> tuple[Claim, ...]:
    claimed = {actor: at for at, actor in enumerate(mined.claimed_perpetrators)}
    rows = [row for row in mined.attributions if row.actor in places]
    rows.sort(
        key=lambda row: (
            claimed.get(row.actor, len(claimed)),
            row.label is not Label.SUPPORT,
            places[row.actor],
        )
    )
    return tuple(
        Claim(
            row,
            places[row.actor],
            names.get(row.actor, row.actor),
            claimed=row.label is Label.SUPPORT and row.actor in claimed,
            heir_of=numbers.get(row.inherited_from or ""),
        )
        for row in rows
    )


def _walk(comments: Sequence[MinedComment]) -> tuple[list[int], list[int], list[int]]:
    """Return positions in thread order, and by position the depth and how many are below."""
    positions = {each.comment.id: at for at, each in enumerate(comments)}
    children: dict[int | None, list[int]] = {}
    for at, each in enumerate(comments):
        children.setdefault(positions.get(each.comment.reply_to or ""), []).append(at)
    order: list[int] = []
    depths = [0] * len(comments)
    parents: list[int | None] = [None] * len(comments)
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        at = waiting.pop()
        order.append(at)
        for child in reversed(children.get(at, [])):
            depths[child] = depths[at] + 1
            parents[child] = at
            waiting.append(child)
    below = [0] * len(comments)
    for at in reversed(order):
        parent = parents[at]
        if parent is not None:
            below[parent] += below[at] + 1
    return order, depths, below
