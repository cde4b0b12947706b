"""Puts the comments of a page in thread order: every comment after the one it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def in_thread_order(parents: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the ids of `parents` so that each comes after the one that it answers.

    Among those that answer nobody, page order stays. A reply may answer a comment that stands
    below it on the page. Works without recursion, whatever the depth.
    """
    replies: dict[str, list[str]] = {}
    roots: list[str] = []
    for comment, parent in parents.items():
        if parent is None or parent not in parents:
            roots.append(comment)
        else:
            replies.setdefault(parent, []).append(comment)
    waiting = roots[::-1]
    while waiting:
        comment = waiting.pop()
        yield comment
        waiting.extend(reversed(replies.get(comment, ())))
