"""Mines a page: who is weighed as responsible, and how each comment stands to that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.mined import MinedComment, MinedPage
from app.domain.stance import Attribution, Label
from app.mining.account import choose_account
from app.mining.actors import gather_actors
from app.mining.arguments import read_page_arguments, with_premises
from app.mining.collective import read_together
from app.mining.disguises import undisguised, with_own_texts
from app.mining.evidence import Wanted, find_evidence
from app.mining.hypotheses import rank_hypotheses
from app.mining.inherit import inherit
from app.mining.readings import Claims, score_comments
from app.mining.replies import infer_replies, presume_replies
from app.mining.roles import pool_roles
from app.mining.scorer import reader_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.domain.page import Comment, Page, Span
    from app.domain.reading import TargetScore
    from app.mining.scorer import Scorer, StanceScorer

REPORTED_FROM = 0.5
"""Probability from which a claim counts as passed on rather than the author's own."""


def mine(page: Page, scorer: Scorer, *, now: datetime) -> MinedPage:
    """Return the page with its actors, every comment's stances, and the hypotheses in rank.

    What the page says already (replies, account, event, actors) is used as it is, and letters
    that only look like others are read as those. Pure but for the scorer; `now` becomes
    `mined_at`.
    """
    plain = undisguised(page)
    mined = _mine_plain(plain, scorer, now=now)
    return mined if plain is page else with_own_texts(mined, page)


def _mine_plain(page: Page, scorer: Scorer, *, now: datetime) -> MinedPage:
    linked, claims = find_claims(page, scorer)
    read = read_comments(linked.comments, claims, scorer, language=linked.language)
    comments = settle(read, claims)
    reader = reader_of(scorer)
    arguments = None if reader is None else read_page_arguments(linked, reader)
    if arguments is not None:
        comments = with_premises(comments, arguments)
    return MinedPage(
        article=linked.article,
        comments=comments,
        actors=claims.actors,
        hypotheses=rank_hypotheses(claims.actors, comments),
        account=claims.account,
        event=claims.event,
        model=scorer.identity,
        mined_at=now,
        url=linked.url,
        language=linked.language,
        arguments=arguments,
    )


def find_claims(page: Page, scorer: Scorer) -> tuple[Page, Claims]:
    """Return the page with its replies, and what its comments are read against."""
    linked = infer_replies(page)
    actors = gather_actors(linked, scorer)
    chosen = choose_account(linked, scorer)
    claims = Claims(
        linked.article,
        linked.comment_by_id(),
        chosen.account,
        chosen.event,
        actors,
        are_given=page.actors is not None,
        presumed=presume_replies(linked),
    )
    return linked, claims


def read_comments(
    comments: Sequence[Comment], claims: Claims, scorer: StanceScorer, *, language: str | None
) -> tuple[MinedComment, ...]:
    """Return each comment with what it says: one scoring, and one more for evidence."""
    as_read = claims.as_read(comments)
    alone = score_comments(as_read, claims, scorer)
    scores = pool_roles(alone, claims.actors, claims.named_in_account)
    scores = read_together(as_read, claims, scores)
    wanted = [
        Wanted(comment, actor, score.stance.label)
        for comment in as_read
        for actor, score in scores[comment.id].actors.items()
        if score.stance.label is not Label.COMMENT
    ]
    evidence = find_evidence(wanted, claims, scorer, language=language)
    rows: dict[str, list[Attribution]] = {comment.id: [] for comment in comments}
    for row in wanted:
        score = scores[row.comment.id].actors[row.actor]
        rows[row.comment.id].append(_attribution(row.actor, score, evidence[row.key]))
    return tuple(
        MinedComment(
            comment,
            account_stance=scores[comment.id].account,
            reply_stance=None if comment.reply_to is None else scores[comment.id].reply,
            attributions=tuple(rows[comment.id]),
        )
        for comment in comments
    )


def settle(comments: Sequence[MinedComment], claims: Claims) -> tuple[MinedComment, ...]:
    """Return the comments with inherited stances, and each one's claimed perpetrators."""
    named = {mined.comment.id: claims.named_in(mined.comment) for mined in comments}
    return tuple(with_claimed(mined) for mined in inherit(comments, named))


def with_claimed(mined: MinedComment) -> MinedComment:
    """Return the comment with its claimed perpetrators, the certain first, then the likeliest."""
    claimed = [row for row in mined.attributions if row.claims_perpetrator]
    claimed.sort(key=lambda row: (not row.certain, -row.probability))
    return replace(mined, claimed_perpetrators=tuple(row.actor for row in claimed))


def _attribution(actor: str, score: TargetScore, evidence: Span) -> Attribution:
    stance = score.stance
    return Attribution(
        actor=actor,
        label=stance.label,
        certain=stance.certain,
        role=None if stance.label is Label.QUERY else score.role,
        reported=score.reported >= REPORTED_FROM,
        probability=stance.probability,
        evidence=evidence,
    )
