"""Adds comments to a mined page, or removes one, without mining the rest of it again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.page import Page
from app.errors import NotFound
from app.mining.hypotheses import rank_hypotheses
from app.mining.inherit import heirs_of
from app.mining.mine import read_comments, settle, with_claimed
from app.mining.newcomers import name_newcomers
from app.mining.readings import NO_STANCE, Claims
from app.mining.replies import infer_replies

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.domain.mined import Actor, MinedComment, MinedPage
    from app.domain.page import Comment
    from app.mining.scorer import Scorer


def extend(
    mined: MinedPage, comments: Sequence[Comment], scorer: Scorer, *, now: datetime
) -> MinedPage:
    """Return the page with `comments` below those it has, mined as far as they touch it.

    The new comments are scored against every hypothesis. Actors are looked for in them alone;
    those that are new join the page after the known ones, and an older comment that names one is
    scored against the new hypotheses only. Links, account and event of the page stay. That gives
    what mining the whole page gives as long as the new comments bring no new name and no reply
    link to a page without any.

    Raises:
        InvalidPage: an id that the page has already, a reply to nothing or in a circle.
    """
    if not comments:
        return mined
    linked = _grown_page(mined, comments)
    new = linked.comments[len(mined.comments) :]
    named = name_newcomers(mined.actors, linked, new, scorer)
    claims = Claims(
        linked.article, linked.comment_by_id(), mined.account, mined.event, named.actors
    )
    strangers = tuple(actor for actor in named.actors if actor.id in named.newcomers)
    older = _read_again(mined.comments, replace(claims, actors=strangers), scorer, mined.language)
    added = read_comments(new, claims, scorer, language=mined.language)
    settled = settle([*older, *added], claims)
    return replace(
        mined,
        comments=settled,
        actors=named.actors,
        hypotheses=rank_hypotheses(named.actors, settled),
        model=scorer.identity,
        mined_at=now,
    )


def without_comment(mined: MinedPage, comment_id: str) -> MinedPage:
    """Return the page without one comment and whatever stands on it, ranked anew.

    Its replies now answer what it answered; how they stand to that was never asked, so that
    their `reply_stance` is null, as is their link where they answer the article now. Comments
    that took their stances over from it lose them. An actor goes with its last mention, unless a
    comment that stays has an attribution to it.

    Raises:
        NotFound: the page has no comment of that id.
    """
    gone = mined.comment_by_id().get(comment_id)
    if gone is None:
        raise NotFound(f"expected a comment of this page, got id {comment_id[:100]!r}")
    heirs = heirs_of(comment_id, mined.comments, _named(mined.actors))
    kept = tuple(
        _without(other, gone, is_heir=other.comment.id in heirs or _leans_on(other, comment_id))
        for other in mined.comments
        if other is not gone
    )
    actors = _still_there(mined.actors, comment_id, kept)
    return replace(mined, comments=kept, actors=actors, hypotheses=rank_hypotheses(actors, kept))


def _grown_page(mined: MinedPage, comments: Sequence[Comment]) -> Page:
    page = Page(
        mined.article,
        (*(older.comment for older in mined.comments), *comments),
        url=mined.url,
        language=mined.language,
        account=mined.account,
        event=mined.event,
    )
    return infer_replies(page, only={comment.id for comment in comments})


def _read_again(
    older: Sequence[MinedComment], claims: Claims, scorer: Scorer, language: str | None
) -> tuple[MinedComment, ...]:
    """Return the older comments, with rows about the claims' actors in those that name one."""
    touched = [mined.comment for mined in older if claims.named_in(mined.comment)]
    only_actors = replace(claims, account=None, with_replies=False)
    read = read_comments(touched, only_actors, scorer, language=language) if touched else ()
    rows = {mined.comment.id: mined.attributions for mined in read}
    return tuple(
        replace(mined, attributions=(*mined.attributions, *rows.get(mined.comment.id, ())))
        for mined in older
    )


def _named(actors: Sequence[Actor]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for actor in actors:
        for mention in actor.mentions:
            named.setdefault(mention.location, set()).add(actor.id)
    return named


def _leans_on(mined: MinedComment, comment_id: str) -> bool:
    """Whether an attribution comes from that comment, whatever stood between the two once."""
    return any(row.inherited_from == comment_id for row in mined.attributions)


def _without(mined: MinedComment, gone: MinedComment, *, is_heir: bool) -> MinedComment:
    comment, removed = mined.comment, gone.comment
    if is_heir:
        mined = with_claimed(replace(mined, attributions=(), account_stance=NO_STANCE))
    if comment.reply_to != removed.id:
        return mined
    moved = replace(
        comment,
        reply_to=removed.reply_to,
        reply_link=None if removed.reply_to is None else comment.reply_link,
    )
    return replace(mined, comment=moved, reply_stance=None)


def _still_there(
    actors: Sequence[Actor], comment_id: str, kept: Sequence[MinedComment]
) -> tuple[Actor, ...]:
    weighed = {row.actor for mined in kept for row in mined.attributions}
    left = (
        replace(
            actor,
            mentions=tuple(mention for mention in actor.mentions if mention.location != comment_id),
        )
        for actor in actors
    )
    had = {actor.id for actor in actors if actor.mentions}
    return tuple(
        actor for actor in left if actor.mentions or actor.id in weighed or actor.id not in had
    )
