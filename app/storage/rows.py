"""From a mined page to rows, refused where they could not be read back as they are.

Ids become positions on the way, so every reference is checked here to lead somewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE
from app.errors import InvalidPage
from app.storage.arguments import pack_spans
from app.storage.checks import checked_row, checked_rows, checked_time
from app.storage.columns import name_key, split_time, url_key
from app.storage.tables import (
    ActorNameRow,
    ActorRow,
    AttributionRow,
    Base,
    ClaimRow,
    CommentRow,
    HypothesisRow,
    MentionRow,
    NamedClaimRow,
    PageRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from app.domain.mined import MinedComment, MinedPage
    from app.domain.stance import Stance
    from app.storage.checks import Parts, Row

_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


def page_row(mined: MinedPage) -> Row:
    """Return the row of the page itself, but for its number, id and version.

    Raises:
        InvalidPage: a text or a time that no database here can hold.
    """
    published_at, published_offset_s = checked_time("published_at", mined.article.published_at)
    mined_at, mined_offset_s = checked_time("mined_at", mined.mined_at)
    return checked_row(
        PageRow,
        {
            "url": mined.url,
            "url_key": url_key(mined.url),
            "title": mined.article.title,
            "article_text": mined.article.text,
            "article_author": mined.article.author,
            "published_at": published_at,
            "published_offset_s": published_offset_s,
            "language": mined.language,
            "account": mined.account,
            "event": mined.event,
            "model_name": mined.model.name,
            "model_revision": mined.model.revision,
            "mined_at": mined_at,
            "mined_offset_s": mined_offset_s,
        },
    )


def rows_below(mined: MinedPage) -> Parts:
    """Return the rows that hang below a page, but for its number, parents before children.

    Raises:
        InvalidPage: an id twice, a reference to nothing, or a text or a time that no database
            here can hold.
    """
    positions = _Positions(mined)
    tables: dict[type[Base], Iterable[Row]] = {
        CommentRow: _comment_rows(mined, positions),
        ActorRow: ({"position": at, "id": actor.id} for at, actor in enumerate(mined.actors)),
        ActorNameRow: _name_rows(mined),
        MentionRow: _mention_rows(mined, positions),
        AttributionRow: _attribution_rows(mined, positions),
        NamedClaimRow: _named_claim_rows(mined),
        ClaimRow: _claim_rows(mined, positions),
        HypothesisRow: _hypothesis_rows(mined, positions),
    }
    return {table: checked_rows(table, rows) for table, rows in tables.items()}


class _Positions:
    """Where the comments and actors of a page stand, by id."""

    def __init__(self, mined: MinedPage) -> None:
        self._comments = _numbered("comment id", (held.comment.id for held in mined.comments))
        self._actors = _numbered("actor id", (actor.id for actor in mined.actors))

    def comment(self, reference: str, where: str) -> int:
        return _look_up(self._comments, "comment", reference, where)

    def actor(self, reference: str, where: str) -> int:
        return _look_up(self._actors, "actor", reference, where)


def _numbered(what: str, ids: Iterable[str]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, value in enumerate(ids):
        if positions.setdefault(value, position) != position:
            raise InvalidPage(f"expected each {what} once, got {value[:_ECHOED]!r} again")
    return positions


def _look_up(positions: Mapping[str, int], what: str, reference: str, where: str) -> int:
    position = positions.get(reference)
    if position is None:
        raise InvalidPage(
            f"expected {where} to name a {what} of the page, got {reference[:_ECHOED]!r}"
        )
    return position


def _stance_columns(prefix: str, stance: Stance | None) -> Row:
    names = (f"{prefix}_{word}" for word in ("support", "deny", "query", "comment"))
    numbers = (None,) * 4 if stance is None else stance.probabilities
    return {
        f"{prefix}_label": None if stance is None else stance.label,
        f"{prefix}_certain": None if stance is None else stance.certain,
        **dict(zip(names, numbers, strict=True)),
    }


def _comment_rows(mined: MinedPage, positions: _Positions) -> Iterator[Row]:
    for position, held in enumerate(mined.comments):
        comment = held.comment
        created_at, created_offset_s = checked_time(
            f"created_at of comment {position}", comment.created_at
        )
        yield {
            "position": position,
            "id": comment.id,
            "text": comment.text,
            "author": comment.author,
            "reply_position": None
            if comment.reply_to is None
            else positions.comment(comment.reply_to, f"reply_to of comment {position}"),
            "reply_link": comment.reply_link,
            "kind": comment.kind,
            "created_at": created_at,
            "created_offset_s": created_offset_s,
            **_stance_columns("account", held.account_stance),
            **_stance_columns("reply", held.reply_stance),
            "cautions": " ".join(held.cautions) or None,
        }


def _name_rows(mined: MinedPage) -> Iterator[Row]:
    for actor_position, actor in enumerate(mined.actors):
        for position, name in enumerate((actor.name, *actor.aliases)):
            yield {
                "actor_position": actor_position,
                "position": position,
                "name": name,
                "name_key": name_key(name),
            }


def _mention_rows(mined: MinedPage, positions: _Positions) -> Iterator[Row]:
    for actor_position, actor in enumerate(mined.actors):
        for position, mention in enumerate(actor.mentions):
            yield {
                "actor_position": actor_position,
                "position": position,
                "comment_position": None
                if mention.location == IN_ARTICLE
                else positions.comment(mention.location, f"a mention of actor {actor_position}"),
                "span_start": mention.span.start,
                "span_end": mention.span.end,
                "text": mention.text,
            }


def _said_at(mined: MinedPage, held: MinedComment) -> datetime | None:
    return split_time(held.comment.created_at or mined.mined_at)[0]


def _attribution_rows(mined: MinedPage, positions: _Positions) -> Iterator[Row]:
    for comment_position, held in enumerate(mined.comments):
        where = f"an attribution of comment {comment_position}"
        for position, attribution in enumerate(held.attributions):
            yield {
                "comment_position": comment_position,
                "position": position,
                "actor_position": positions.actor(attribution.actor, where),
                "label": attribution.label,
                "certain": attribution.certain,
                "role": attribution.role,
                "reported": attribution.reported,
                "probability": attribution.probability,
                "evidence_start": attribution.evidence.start,
                "evidence_end": attribution.evidence.end,
                "inherited_position": None
                if attribution.inherited_from is None
                else positions.comment(attribution.inherited_from, where),
                "said_at": _said_at(mined, held),
                "premises": pack_spans(attribution.premises),
            }


def _named_claim_rows(mined: MinedPage) -> Iterator[Row]:
    keys = {
        actor.id: list(dict.fromkeys(map(name_key, (actor.name, *actor.aliases))))
        for actor in mined.actors
    }
    for comment_position, held in enumerate(mined.comments):
        for position, attribution in enumerate(held.attributions):
            for key in keys[attribution.actor]:
                yield {
                    "comment_position": comment_position,
                    "position": position,
                    "name_key": key,
                    "label": attribution.label,
                    "certain": attribution.certain,
                    "role": attribution.role,
                    "said_at": _said_at(mined, held),
                }


def _claim_rows(mined: MinedPage, positions: _Positions) -> Iterator[Row]:
    for comment_position, held in enumerate(mined.comments):
        where = f"claimed_perpetrators of comment {comment_position}"
        for position, actor in enumerate(held.claimed_perpetrators):
            yield {
                "comment_position": comment_position,
                "position": position,
                "actor_position": positions.actor(actor, where),
            }


def _hypothesis_rows(mined: MinedPage, positions: _Positions) -> Iterator[Row]:
    for position, hypothesis in enumerate(mined.hypotheses):
        yield {
            "position": position,
            "actor_position": positions.actor(hypothesis.actor, f"hypothesis {position}"),
            "rank": hypothesis.rank,
            "strength": hypothesis.strength,
            "support": hypothesis.support,
            "deny": hypothesis.deny,
            "query": hypothesis.query,
            "authors": hypothesis.authors,
        }
