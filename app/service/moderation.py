"""Judges one comment as it comes in: whom it accuses and how it stands to what it answers.

The comment is mined as it would be on a page, by the same code, and stored nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.listing import PageFilter
from app.domain.naming import NameFinder
from app.domain.page import Article, Comment, NamedActor, Page, ReplyLink
from app.domain.stance import Label, TargetKind
from app.errors import NotFound
from app.mining.actors import gather_actors
from app.mining.mine import mine
from app.service.hearing import Hearing
from app.service.reasons import find_reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.domain.mined import Actor, MinedPage, ModelIdentity
    from app.domain.page import Span
    from app.domain.stance import Attribution, Stance
    from app.mining.scorer import ActorTagger
    from app.service.coral_stories import CoralStories
    from app.service.use_cases import Service

LONE_MIN_SCORE = 0.4
"""What an actor of a comment needs that comes without an article: nothing else can speak for it.

Of 450 single comments of the labelled pages, 118 of which accuse somebody, this finds 67 % of the
actors that they name and blame, where the bar of a page, 0.65 when this was measured, finds 45 %.
From a probability of 0.5 on, precision and recall of accusations are 0.84 and 0.65 in place of 0.91
and 0.44; from 0.8 on 0.96 and 0.36 in place of 0.97 and 0.25 (revision 60aa336d21be, trained on
some of these pages; not measured again since)."""

_PARENT, _COMMENT = "parent", "comment"


@dataclass(frozen=True, slots=True)
class Question:
    """A comment to be judged, with what it stands under as far as the caller tells.

    `actors` None means that they are looked for.
    """

    text: str
    title: str | None = None
    article: str = ""
    parent: str | None = None
    account: str | None = None
    event: str | None = None
    actors: tuple[NamedActor, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands, by names that only lead somewhere if the page is in the store."""

    url: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a comment says. Spans are of its text, probabilities in 0 … 1.

    `accusation` is the probability that it holds somebody responsible, whoever that is;
    `unsupported` the same where no reason is given, else 0. `target_stance` is its stance to what
    it answers: its parent where there is one, else the account of the article. `certainty` is
    the probability of the likeliest stance to which the author commits.
    """

    accusation: float
    unsupported: float
    certainty: float
    target_stance: Stance | None
    attributions: tuple[Attribution, ...]
    names: Mapping[str, str]
    reasons: tuple[Span, ...]
    account_stance: Stance | None
    reply_stance: Stance | None
    model: ModelIdentity

    @property
    def accusations(self) -> tuple[Attribution, ...]:
        """The attributions that hold somebody responsible."""
        return tuple(row for row in self.attributions if row.label is Label.SUPPORT)


class Moderation:
    """Judges comments through the service's model; safe to use from any thread."""

    def __init__(
        self, service: Service, *, now: Callable[[], datetime], stories: CoralStories | None = None
    ) -> None:
        self._service = service
        self._now = now
        self._stories = stories

    def judge(self, question: Question, place: Place | None = None) -> Judgement:
        """Return what the comment says.

        Where `place` names a page of the store and the caller tells of neither article nor
        parent, the comment is read as the next one on that page; where it names none, under what
        Coral has told of it by now.
        """
        told = question.article or question.title or question.parent or question.account
        story = None if told or place is None else self._find_story(place)
        if story is not None and place is not None:
            return self.judge_on(story, question.text, place.parent_id)
        if not told and place is not None:
            question = self._as_coral_tells(question, place)
        if question.actors is None and not (question.article or question.title):
            found = gather_actors(
                _page_of(question), self._service.load_model(), min_score=LONE_MIN_SCORE
            )
            question = replace(question, actors=tuple(_as_named(actor) for actor in found))
        return self._read(question)

    def _as_coral_tells(self, question: Question, place: Place) -> Question:
        told = None if self._stories is None else self._stories.find(place)
        if told is None:
            return question
        return replace(
            question,
            title=told.title,
            article=told.summary,
            parent=told.parent,
        )

    def judge_on(self, story: MinedPage, text: str, parent_id: str | None) -> Judgement:
        """Return what a comment says as the next one on a page."""
        return self._read(_asked_on(story, text, parent_id, self._service.load_model()))

    def _read(self, question: Question) -> Judgement:
        heard = Hearing(self._service.load_model(), question.text)
        return _judgement(mine(_page_of(question), heard, now=self._now()), heard)

    def _find_story(self, place: Place) -> MinedPage | None:
        if place.url.endswith("*"):  # to the list of pages that is any page that begins so
            return None
        found = self._service.list_pages(PageFilter(url=place.url), limit=1).items
        try:
            return self._service.page(found[0].id) if found else None
        except NotFound:  # deleted between the two looks
            return None


def _asked_on(story: MinedPage, text: str, parent_id: str | None, tagger: ActorTagger) -> Question:
    """Return the question of the next comment of a page, whose article is not read anew.

    The actors are those of the page, and those whom the comment is the first to name.
    """
    parent = story.comment_by_id().get(parent_id or "")
    known = {actor.id: (actor.name, *actor.aliases) for actor in story.actors}
    finder = NameFinder(known)
    new = (
        replace(_as_named(actor), id=f"new/{actor.id}")
        for actor in gather_actors(Page(Article(), (Comment(_COMMENT, text),)), tagger)
        if not any(finder.find(name) for name in (actor.name, *actor.aliases))
    )
    return Question(
        text,
        title=story.article.title,
        parent=None if parent is None else parent.comment.text,
        account=story.account or "",
        event=story.event or "",
        actors=(*(_as_named(actor) for actor in story.actors), *new),
    )


def _as_named(actor: Actor) -> NamedActor:
    return NamedActor(actor.id, actor.name, actor.aliases)


def _page_of(question: Question) -> Page:
    comment = Comment(_COMMENT, question.text)
    comments: tuple[Comment, ...] = (comment,)
    if question.parent is not None:
        answering = replace(comment, reply_to=_PARENT, reply_link=ReplyLink.GIVEN)
        comments = (Comment(_PARENT, question.parent), answering)
    return Page(
        article=Article(title=question.title, text=question.article),
        comments=comments,
        language="en",
        account=question.account,
        event=question.event,
        actors=question.actors,
    )


def _judgement(mined: MinedPage, heard: Hearing) -> Judgement:
    said = mined.comments[-1]
    supports = [
        score.stance.probability_of(Label.SUPPORT)
        for kind, score in heard.scores
        if kind is TargetKind.HYPOTHESIS
    ]
    supports += [row.probability for row in said.attributions if row.label is Label.SUPPORT]
    accusation = max(supports, default=0.0)
    reasons = find_reasons(said.comment.text)
    account = said.account_stance if mined.account else None
    target = said.reply_stance if said.reply_stance is not None else account
    committed = [row.probability for row in said.attributions if row.certain]
    committed += [
        each.probability for each in (account, said.reply_stance) if each and each.certain
    ]
    return Judgement(
        accusation=accusation,
        unsupported=0.0 if reasons else accusation,
        certainty=max(committed, default=0.0),
        target_stance=target,
        attributions=said.attributions,
        names={actor.id: actor.name for actor in mined.actors},
        reasons=reasons,
        account_stance=account,
        reply_stance=said.reply_stance,
        model=mined.model,
    )
