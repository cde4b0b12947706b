"""Reads the contract's JSON: a page in, or comments to add to one; checks are by hand.

Beyond the contract it reads what a page written by this product holds: `language` and `author` of
the page, `kind` and `reply_link` of a comment. Unknown fields are passed over.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from app.domain.page import Article, Comment, CommentKind, NamedActor, Page, ReplyLink
from app.errors import InvalidPage, PageTooLarge
from app.parsing.drafts import MAX_COMMENTS
from app.parsing.fields import (
    load_json,
    read_list,
    read_object,
    read_optional_id,
    read_optional_text,
    read_optional_time,
    read_text,
    refuse,
)
from app.parsing.language import declared_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

MAX_ACTORS = 1_000
"""Far beyond any list that a caller could mean; each actor costs a target a comment."""


def read_page(text: str) -> Page:
    """Return the page that a JSON text holds.

    Raises:
        UnreadablePage: it is no JSON.
        InvalidPage: a field is of another type or form, or comments contradict each other.
        PageTooLarge: more comments or actors than are read.
    """
    page = read_object(load_json(text), "page")
    return Page(
        article=Article(
            title=read_optional_text(page.get("title"), "title"),
            text=read_optional_text(page.get("article"), "article") or "",
            author=read_optional_text(page.get("author"), "author"),
            published_at=read_optional_time(page.get("published_at"), "published_at"),
        ),
        comments=_read_comments(page.get("comments"), frozenset()),
        url=read_optional_text(page.get("url"), "url"),
        language=declared_language(read_optional_text(page.get("language"), "language")),
        account=read_optional_text(page.get("account"), "account"),
        event=read_optional_text(page.get("event"), "event"),
        actors=_read_actors(page.get("actors")),
    )


def read_added_comments(text: str, *, taken: Collection[str] = ()) -> tuple[Comment, ...]:
    """Return the comments of `{"comments": […]}`; `taken` ids are not given to those without one.

    Whether `reply_to` leads anywhere is left to whoever knows the page.

    Raises:
        UnreadablePage, InvalidPage, PageTooLarge: as `read_page`.
    """
    body = read_object(load_json(text), "body")
    comments = _read_comments(body.get("comments"), taken)
    twice = [id_ for id_, times in Counter(comment.id for comment in comments).items() if times > 1]
    if twice:
        raise InvalidPage(f"comments: expected each id once, got {twice[0]!r} more often")
    return comments


def _read_comments(value: object, taken: Collection[str]) -> tuple[Comment, ...]:
    items = read_list(value, "comments")
    if len(items) > MAX_COMMENTS:
        raise PageTooLarge(f"comments: expected at most {MAX_COMMENTS}, got {len(items)}")
    objects = [read_object(item, f"comments[{at}]") for at, item in enumerate(items)]
    ids = _fill_ids(objects, "comments", "c", taken)
    return tuple(
        _read_comment(item, id_, f"comments[{at}]")
        for at, (item, id_) in enumerate(zip(objects, ids, strict=True))
    )


def _read_comment(item: Mapping[str, object], id_: str, path: str) -> Comment:
    reply_to = read_optional_id(item.get("reply_to"), f"{path}.reply_to")
    link = _read_word(item.get("reply_link"), f"{path}.reply_link", list(ReplyLink))
    if link is not None and reply_to is None:
        refuse(f"{path}.reply_link", "null where reply_to is null", link)
    if reply_to is not None and link is None:
        link = ReplyLink.GIVEN
    kind = _read_word(item.get("kind"), f"{path}.kind", list(CommentKind))
    return Comment(
        id=id_,
        text=read_text(item.get("text"), f"{path}.text"),
        author=read_optional_text(item.get("author"), f"{path}.author"),
        reply_to=reply_to,
        reply_link=ReplyLink(link) if link is not None else None,
        kind=CommentKind(kind) if kind is not None else CommentKind.COMMENT,
        created_at=read_optional_time(item.get("created_at"), f"{path}.created_at"),
    )


def _read_word(value: object, path: str, words: Sequence[str]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in words:
        refuse(path, " or ".join(f'"{word}"' for word in words) + " or null", value)
    return value


def _read_actors(value: object) -> tuple[NamedActor, ...] | None:
    if value is None:
        return None
    items = read_list(value, "actors")
    if len(items) > MAX_ACTORS:
        raise PageTooLarge(f"actors: expected at most {MAX_ACTORS}, got {len(items)}")
    objects = [read_object(item, f"actors[{at}]") for at, item in enumerate(items)]
    ids = _fill_ids(objects, "actors", "a", ())
    return tuple(
        NamedActor(
            id=id_,
            name=_read_name(item.get("name"), f"actors[{at}].name"),
            aliases=_read_aliases(item.get("aliases"), f"actors[{at}].aliases"),
        )
        for at, (item, id_) in enumerate(zip(objects, ids, strict=True))
    )


def _read_name(value: object, path: str) -> str:
    name = read_text(value, path).strip()
    if not name:
        refuse(path, "a name that is not empty", value)
    return name


def _read_aliases(value: object, path: str) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(
        _read_name(alias, f"{path}[{at}]") for at, alias in enumerate(read_list(value, path))
    )


def _fill_ids(
    items: Sequence[Mapping[str, object]], path: str, letter: str, taken: Collection[str]
) -> list[str]:
    """Ids as given; the others are numbered in order, passing over what is given or taken."""
    given = [read_optional_id(item.get("id"), f"{path}[{at}].id") for at, item in enumerate(items)]
    used = {*taken, *(id_ for id_ in given if id_ is not None)}
    free: Iterator[str] = (id_ for n in count(1) if (id_ := f"{letter}{n}") not in used)
    return [id_ if id_ is not None else next(free) for id_ in given]
