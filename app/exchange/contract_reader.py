"""Reads a mined page in the JSON of this project's own contract, as `app.exchange.contract` writes.

The article's author is not part of that JSON; who has it from elsewhere passes it on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.domain.caution import Caution
from app.domain.mined import Actor, Hypothesis, Mention, MinedComment, MinedPage, ModelIdentity
from app.domain.page import Article, Comment, CommentKind, Page, ReplyLink, Span
from app.domain.stance import LABELS, Attribution, Label, Role, Stance
from app.errors import UnreadablePage
from app.exchange.attributes import word
from app.exchange.fields import (
    as_list,
    as_number,
    as_object,
    as_optional_text,
    as_optional_time,
    as_text,
    as_truth,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Item = Mapping[str, object]

_Read = TypeVar("_Read")


def read_mined(value: object, *, article_author: str | None = None) -> MinedPage:
    """Return the mined page that this JSON, as it was read, describes.

    Raises:
        UnreadablePage: a field is missing, of another type, or leads nowhere.
        InvalidPage: comments contradict each other.
    """
    page = as_object(value, "page")
    mined_at = as_optional_time(page.get("mined_at"), "mined_at")
    if mined_at is None:
        refuse("mined_at", "a time", None)
    model = as_object(page.get("model"), "model")
    actors = _each(page, "actors", _actor)
    known = frozenset(actor.id for actor in actors)
    mined = MinedPage(
        article=Article(
            title=as_optional_text(page.get("title"), "title"),
            text=as_text(page.get("article"), "article"),
            author=article_author,
            published_at=as_optional_time(page.get("published_at"), "published_at"),
        ),
        comments=_each(page, "comments", _comment),
        actors=actors,
        hypotheses=_each(page, "hypotheses", _hypothesis),
        account=as_optional_text(page.get("account"), "account"),
        event=as_optional_text(page.get("event"), "event"),
        model=ModelIdentity(
            as_text(model.get("name"), "model.name"),
            as_text(model.get("revision"), "model.revision"),
        ),
        mined_at=mined_at,
        url=as_optional_text(page.get("url"), "url"),
        language=as_optional_text(page.get("language"), "language"),
    )
    Page(mined.article, tuple(each.comment for each in mined.comments))  # refuses contradictions
    _check_actors(mined, known)
    return mined


def _check_actors(mined: MinedPage, known: frozenset[str]) -> None:
    named = [hypothesis.actor for hypothesis in mined.hypotheses]
    for comment in mined.comments:
        named += [row.actor for row in comment.attributions]
        named += comment.claimed_perpetrators
    for actor in named:
        if actor not in known:
            raise UnreadablePage(f"expected the id of an actor of the page, got {actor!r:.100}")


def _actor(item: Item, path: str) -> Actor:
    return Actor(
        id=as_text(item.get("id"), f"{path}.id"),
        name=as_text(item.get("name"), f"{path}.name"),
        aliases=_texts(item, "aliases", path),
        mentions=_each(item, "mentions", _mention, path),
    )


def _mention(item: Item, path: str) -> Mention:
    return Mention(
        location=as_text(item.get("in"), f"{path}.in"),
        span=_span(item, path),
        text=as_text(item.get("text"), f"{path}.text"),
    )


def _comment(item: Item, path: str) -> MinedComment:
    link = item.get("reply_link")
    reply_stance = item.get("reply_stance")
    comment = Comment(
        id=as_text(item.get("id"), f"{path}.id"),
        text=as_text(item.get("text"), f"{path}.text"),
        author=as_optional_text(item.get("author"), f"{path}.author"),
        reply_to=as_optional_text(item.get("reply_to"), f"{path}.reply_to"),
        reply_link=None if link is None else word(ReplyLink, link, f"{path}.reply_link"),
        kind=word(CommentKind, item.get("kind"), f"{path}.kind"),
        created_at=as_optional_time(item.get("created_at"), f"{path}.created_at"),
    )
    return MinedComment(
        comment=comment,
        account_stance=_stance(item.get("account_stance"), f"{path}.account_stance"),
        reply_stance=(
            None if reply_stance is None else _stance(reply_stance, f"{path}.reply_stance")
        ),
        attributions=_each(item, "attributions", _attribution, path),
        claimed_perpetrators=_texts(item, "claimed_perpetrators", path),
        cautions=_cautions(item, f"{path}.cautions"),
    )


def _cautions(item: Item, path: str) -> tuple[Caution, ...]:
    # Files that were written before there were any have none.
    return tuple(word(Caution, own, path) for own in as_list(item.get("cautions", []), path))


def _stance(value: object, path: str) -> Stance:
    item = as_object(value, path)
    given = as_object(item.get("probabilities"), f"{path}.probabilities")
    support, deny, query, comment = (
        as_number(given.get(label), f"{path}.probabilities.{label}") for label in LABELS
    )
    return _checked(
        path,
        lambda: Stance(
            label=word(Label, item.get("label"), f"{path}.label"),
            certain=as_truth(item.get("certain"), f"{path}.certain"),
            probabilities=(support, deny, query, comment),
        ),
    )


def _attribution(item: Item, path: str) -> Attribution:
    role = item.get("role")
    premises = item.get("premises")
    return _checked(
        path,
        lambda: Attribution(
            actor=as_text(item.get("actor"), f"{path}.actor"),
            label=word(Label, item.get("label"), f"{path}.label"),
            certain=as_truth(item.get("certain"), f"{path}.certain"),
            role=None if role is None else word(Role, role, f"{path}.role"),
            reported=as_truth(item.get("reported"), f"{path}.reported"),
            probability=as_number(item.get("probability"), f"{path}.probability"),
            evidence=_span(as_object(item.get("evidence"), f"{path}.evidence"), f"{path}.evidence"),
            inherited_from=as_optional_text(item.get("inherited_from"), f"{path}.inherited_from"),
            premises=None if premises is None else _each(item, "premises", _span, path),
        ),
    )


def _hypothesis(item: Item, path: str) -> Hypothesis:
    return Hypothesis(
        actor=as_text(item.get("actor"), f"{path}.actor"),
        rank=_count(item, "rank", path),
        strength=as_number(item.get("strength"), f"{path}.strength"),
        support=_count(item, "support", path),
        deny=_count(item, "deny", path),
        query=_count(item, "query", path),
        authors=_count(item, "authors", path),
    )


def _span(item: Item, path: str) -> Span:
    return _checked(path, lambda: Span(_count(item, "start", path), _count(item, "end", path)))


def _count(item: Item, name: str, path: str) -> int:
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        refuse(f"{path}.{name}", "a whole number from 0", value)
    return value


def _each(
    item: Item, name: str, read: Callable[[Item, str], _Read], path: str = ""
) -> tuple[_Read, ...]:
    path = f"{path}.{name}" if path else name
    return tuple(
        read(as_object(each, f"{path}[{at}]"), f"{path}[{at}]")
        for at, each in enumerate(as_list(item.get(name), path))
    )


def _texts(item: Item, name: str, path: str) -> tuple[str, ...]:
    values = as_list(item.get(name), f"{path}.{name}")
    return tuple(as_text(value, f"{path}.{name}[{at}]") for at, value in enumerate(values))


def _checked(path: str, make: Callable[[], _Read]) -> _Read:
    """Return what `make` makes; what the domain refuses is refused with its place."""
    try:
        return make()
    except ValueError as error:
        raise UnreadablePage(f"{path}: {error}") from error
