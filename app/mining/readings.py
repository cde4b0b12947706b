"""Turns the comments of a page into what a scorer reads, and its scores back into comments.

One reading a comment: what it answers is the context, and its targets are the account, the
comment that it answers, and the hypothesis of every actor.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.naming import NameFinder, background_of, hypothesis
from app.domain.page import CommentKind
from app.domain.reading import Query, Reading
from app.domain.stance import Label, Stance, Target, TargetKind
from app.mining.prominence import prominence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.mined import Actor
    from app.domain.page import Article, Comment, Span
    from app.domain.reading import TargetScore
    from app.mining.scorer import StanceScorer

NO_STANCE = Stance(Label.COMMENT, certain=False, probabilities=(0.0, 0.0, 0.0, 1.0))
"""The stance of what is not read (a pingback, an empty text), or to what is not there."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the comments of a page are read against, and where each actor is named.

    `are_given` says whether the page came with its actors; others were found, and `prominence` says
    how likely it is that anybody weighs them. `presumed` is what comments without a link are read
    below, by their ids.
    """

    article: Article
    comments: Mapping[str, Comment]
    account: str | None
    event: str | None
    actors: tuple[Actor, ...]
    are_given: bool = False
    presumed: Mapping[str, str] = field(default_factory=dict)
    named_in_account: frozenset[str] = field(init=False, default=frozenset())
    prominence: Mapping[str, float] = field(init=False, default_factory=dict)
    _places: dict[str, dict[str, list[Span]]] = field(init=False, default_factory=dict)
    _unnamed: dict[str, Query] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        finder = NameFinder({actor.id: (actor.name, *actor.aliases) for actor in self.actors})
        behind = finder.find(self.background or "")
        told = frozenset(finder.find(self.account or ""))
        object.__setattr__(self, "named_in_account", told)
        if not self.are_given:
            prominence = prominence_of(
                self.actors,
                article_chars=len(self.article.text),
                comments=len(self.comments),
            )
            object.__setattr__(self, "prominence", prominence)
        for actor in self.actors:
            target = hypothesis(actor.id, actor.name, self.event)
            self._unnamed[actor.id] = Query(target, background_mentions=behind.get(actor.id, ()))
            for mention in actor.mentions:
                place = self._places.setdefault(mention.location, {})
                place.setdefault(actor.id, []).append(mention.span)

    @property
    def background(self) -> str | None:
        """What every comment of the page is read before: the article's title and its account."""
        return background_of(self.article.title, self.account)

    def as_read(self, comments: Iterable[Comment]) -> tuple[Comment, ...]:
        """Return the comments with what they are read below as what they answer."""
        return tuple(
            replace(own, reply_to=self.presumed[own.id])
            if own.reply_to is None and own.id in self.presumed
            else own
            for own in comments
        )

    def context_of(self, comment: Comment) -> str | None:
        """Return the text of the comment that this one answers, if it answers one."""
        return None if comment.reply_to is None else self.comments[comment.reply_to].text

    def named_in(self, comment: Comment) -> Mapping[str, Sequence[Span]]:
        """Return where the comment names each actor; actors it does not name are left out."""
        return self._places.get(comment.id, {})

    def hypothesis_about(self, actor: str, comment: Comment) -> Query:
        """Return the query of one actor's hypothesis, as it is put to this comment."""
        here = self.named_in(comment).get(actor, ())
        there: Sequence[Span] = ()
        if comment.reply_to is not None:
            there = self._places.get(comment.reply_to, {}).get(actor, ())
        if not here and not there:
            return self._unnamed[actor]
        return replace(self._unnamed[actor], mentions=tuple(here), context_mentions=tuple(there))


@dataclass(frozen=True, slots=True)
class CommentScores:
    """What a scorer said of one comment; `actors` are the hypotheses by actor.

    `account_certainty` is the probability that its author commits, if to any side of the account.
    """

    account: Stance = NO_STANCE
    account_certainty: float = 0.0
    reply: Stance | None = None
    actors: Mapping[str, TargetScore] = field(default_factory=dict)


def is_read(comment: Comment) -> bool:
    """Whether a comment has words of its own to score: pingbacks and empty texts have none."""
    return comment.kind is not CommentKind.PINGBACK and bool(comment.text.strip())


def score_comments(
    comments: Iterable[Comment], claims: Claims, scorer: StanceScorer
) -> dict[str, CommentScores]:
    """Return the scores of each comment under its id, from one call of the scorer."""
    listed = list(comments)
    readings = {
        comment.id: reading
        for comment in listed
        if is_read(comment) and (reading := _reading_of(comment, claims)).queries
    }
    scores = scorer.score(list(readings.values())) if readings else []
    answers = dict(zip(readings, scores, strict=True))
    return {
        comment.id: _take_apart(comment, readings[comment.id], answers[comment.id])
        if comment.id in readings
        else CommentScores(reply=_no_stance_to_answered(comment))
        for comment in listed
    }


def _reading_of(comment: Comment, claims: Claims) -> Reading:
    queries: list[Query] = []
    if claims.account:
        queries.append(Query(Target(TargetKind.ACCOUNT, claims.account)))
    answered = None if comment.reply_to is None else claims.comments[comment.reply_to]
    if answered is not None and answered.text.strip():
        queries.append(Query(Target(TargetKind.COMMENT, answered.text)))
    queries.extend(claims.hypothesis_about(actor.id, comment) for actor in claims.actors)
    return Reading(
        comment.text,
        tuple(queries),
        context=claims.context_of(comment),
        background=claims.background,
    )


def _take_apart(comment: Comment, reading: Reading, scores: Sequence[TargetScore]) -> CommentScores:
    account, certainty, reply = NO_STANCE, 0.0, _no_stance_to_answered(comment)
    actors: dict[str, TargetScore] = {}
    for query, score in zip(reading.queries, scores, strict=True):
        if query.target.kind is TargetKind.ACCOUNT:
            account, certainty = score.stance, score.certainty
        elif query.target.kind is TargetKind.COMMENT:
            reply = score.stance
        elif query.target.actor is not None:
            actors[query.target.actor] = score
    return CommentScores(account, certainty, reply, actors)


def _no_stance_to_answered(comment: Comment) -> Stance | None:
    return None if comment.reply_to is None else NO_STANCE
