"""A mined page: who is weighed as responsible, and how each comment stands to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.domain.argument import Arguments
    from app.domain.caution import Caution
    from app.domain.page import Article, Comment, Span
    from app.domain.stance import Attribution, Stance

IN_ARTICLE = "article"
"""The `location` of a mention that stands in the article's text."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named: in the article, or in the comment of that id."""

    location: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom the page or a comment weighs as responsible."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class MinedComment:
    """A comment with its stances; `comment.reply_to` and `.reply_link` hold inferred links too.

    `claimed_perpetrators` are actor ids, the most certain first; `cautions` say why the stances
    may be wrong.
    """

    comment: Comment
    account_stance: Stance
    reply_stance: Stance | None = None
    attributions: tuple[Attribution, ...] = ()
    claimed_perpetrators: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The claim that an actor is responsible, as the page's comments weigh it.

    `support`, `deny` and `query` count comments, `authors` the people behind them; `strength`
    is in 0 … 1 and orders the ranks, which begin at 1.
    """

    actor: str
    rank: int
    strength: float
    support: int
    deny: int
    query: int
    authors: int


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model said so; `revision` changes whenever a weight or a threshold does."""

    name: str
    revision: str


@dataclass(frozen=True, slots=True)
class MinedPage:
    """What mining makes of a page. Hypotheses stand in order of rank, comments in page order.

    `arguments` is null where the model reads none.
    """

    article: Article
    comments: tuple[MinedComment, ...]
    actors: tuple[Actor, ...]
    hypotheses: tuple[Hypothesis, ...]
    account: str | None
    event: str | None
    model: ModelIdentity
    mined_at: datetime
    url: str | None = None
    language: str | None = None
    arguments: Arguments | None = None

    def comment_by_id(self) -> Mapping[str, MinedComment]:
        """Return the mined comments under their ids, in page order."""
        return {mined.comment.id: mined for mined in self.comments}

    def actor_by_id(self) -> Mapping[str, Actor]:
        """Return the actors under their ids."""
        return {actor.id: actor for actor in self.actors}
