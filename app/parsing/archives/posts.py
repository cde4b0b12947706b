"""Turns the posts of a thread, in any order, into a page's comments with their parents before them.

Nothing here recurses: chains of answers may be as long as the thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.page import Comment, CommentKind, ReplyLink
from app.errors import PageTooLarge
from app.parsing.drafts import MAX_COMMENTS
from app.parsing.fields import MAX_ID_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

_UNSAFE_IN_ID = re.compile("[\x00-\x20\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Post:
    """A comment as an archive has it; `text` is None where it was deleted or never shown."""

    id: str
    text: str | None
    author: str | None = None
    parent: str | None = None
    created_at: datetime | None = None
    kind: CommentKind = CommentKind.COMMENT


def safe_id(value: object) -> str:
    """Return an archive's id as one that a page may have; different ids stay different."""
    text = _UNSAFE_IN_ID.sub("_", str(value).strip())
    return text if len(text) <= MAX_ID_CHARS else f"{text[: MAX_ID_CHARS - 65]}…{text[-64:]}"


def comments_of(posts: Iterable[Post]) -> tuple[Comment, ...]:
    """Return the comments of a thread, in order of time where all times are known.

    Raises:
        PageTooLarge: more than `MAX_COMMENTS`.
    """
    post_by_id: dict[str, Post] = {}
    for post in posts:
        there = post_by_id.get(post.id)
        if there is None or (there.text is None and post.text is not None):
            post_by_id[post.id] = post
        if len(post_by_id) > MAX_COMMENTS:
            raise PageTooLarge(f"expected at most {MAX_COMMENTS} comments in a thread, got more")
    there_now = [post for post in post_by_id.values() if post.text is not None]
    parents = _living_parents(there_now, post_by_id)
    return tuple(_comment(post, parents[post.id]) for post in _in_order(there_now, parents))


def _comment(post: Post, parent: str | None) -> Comment:
    return Comment(
        id=post.id,
        text=post.text or "",
        author=post.author or None,
        reply_to=parent,
        reply_link=ReplyLink.GIVEN if parent is not None else None,
        kind=post.kind,
        created_at=post.created_at,
    )


def _living_parents(posts: Sequence[Post], post_by_id: Mapping[str, Post]) -> dict[str, str | None]:
    """The nearest comment above each that is there; none where the way up leads out or around."""
    nearest: dict[str, str | None] = {}  # of the posts that are gone, so that no way is gone twice
    parents: dict[str, str | None] = {}
    for post in posts:
        way: dict[str, None] = {}
        at = post.parent
        while at is not None and at not in nearest and at not in way:
            above = post_by_id.get(at)
            if above is None or above.text is not None:
                break
            way[at] = None
            at = above.parent
        if at is None or at in way or at not in post_by_id:
            found = None
        else:
            found = nearest.get(at) if at in nearest else at
        nearest.update(dict.fromkeys(way, found))
        parents[post.id] = None if found == post.id else found
    return parents


def _in_order(posts: Sequence[Post], parents: dict[str, str | None]) -> list[Post]:
    """Order posts by time, each behind the one it answers; circles are cut in `parents`."""
    times = [post.created_at for post in posts if post.created_at is not None]
    if len(times) == len(posts):
        places = sorted(range(len(posts)), key=times.__getitem__)
        posts = [posts[place] for place in places]
    _cut_circles([post.id for post in posts], parents)
    ordered: list[Post] = []
    done: set[str] = set()
    waiting: dict[str, list[Post]] = {}
    for post in posts:
        parent = parents[post.id]
        if parent is not None and parent not in done:
            waiting.setdefault(parent, []).append(post)
            continue
        ready = [post]
        while ready:
            current = ready.pop()
            ordered.append(current)
            done.add(current.id)
            ready.extend(reversed(waiting.pop(current.id, [])))
    return ordered


def _cut_circles(ids: Sequence[str], parents: dict[str, str | None]) -> None:
    """Let the first of every circle of answers, in the order of `ids`, answer the article."""
    rank = {id_: place for place, id_ in enumerate(ids)}
    safe: set[str] = set()
    for start in ids:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in safe and at not in path:
            path[at] = None
            at = parents[at]
        if at is not None and at in path:
            way = list(path)
            parents[min(way[way.index(at) :], key=rank.__getitem__)] = None
        safe.update(path)
