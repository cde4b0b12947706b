"""Reads comments as the next ones of a mined page, of which nothing but the page is known.

Quick and nearly what mining it all gives; a page that is kept is changed by `app.mining.again`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.page import Page
from app.mining.hypotheses import rank_hypotheses
from app.mining.mine import read_comments, settle
from app.mining.newcomers import name_newcomers
from app.mining.readings import Claims
from app.mining.replies import infer_replies

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.domain.mined import MinedComment, MinedPage
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
