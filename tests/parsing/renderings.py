"""Writes a page as text in each of the conventions that text pages are promised to be read in.

A rendering takes comments and their dates and gives the text of the comments' part of a page.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Post:
    """One comment to be rendered; `parent` is the place of the one that it answers."""

    author: str
    text: str
    date: str
    parent: int | None = None


def _depths(posts: Sequence[Post]) -> list[int]:
    depths: list[int] = []
    for post in posts:
        depths.append(0 if post.parent is None else depths[post.parent] + 1)
    return depths


def _indent(text: str, by: str) -> str:
    return textwrap.indent(text, by)


def _blank_between(text: str) -> str:
    return text.replace("\n", "\n\n")


def _each(template: Callable[[Post], str], gap: str = "\n\n") -> Callable[[Sequence[Post]], str]:
    return lambda posts: gap.join(map(template, posts))


FLAT: dict[str, Callable[[Sequence[Post]], str]] = {
    "bullets, NAME says": _each(lambda p: f"  • {p.author} says:\n\n{_indent(p.text, '    ')}"),
    "NAME says": _each(lambda p: f"{p.author} says:\n{p.text}"),
    "NAME sagt": _each(lambda p: f"{p.author} sagt:\n{p.text}"),
    "NAME says, date, Reply": _each(lambda p: f"{p.author} says:\n{p.date}\n{p.text}\nReply"),
    "NAME wrote on DATE": _each(
        lambda p: f"{p.author} wrote on {p.date}:\n\n{_blank_between(p.text)}"
    ),
    "On DATE NAME wrote": _each(lambda p: f"On {p.date}, {p.author} wrote:\n{p.text}"),
    "NAME on DATE said": _each(lambda p: f"{p.author} on {p.date} said:\n{p.text}"),
    "NAME — DATE": _each(lambda p: f"{p.author} — {p.date}\n{p.text}"),
    "NAME | DATE": _each(lambda p: f"{p.author} | {p.date}\n\n{p.text}"),
    "NAME (DATE)": _each(lambda p: f"{p.author} ({p.date})\n{p.text}"),
    "[DATE] NAME: text": _each(lambda p: f"[{p.date}] {p.author}: {p.text}", "\n"),
    "NAME, DATE on two lines": _each(lambda p: f"{p.author}\n{p.date}\n{p.text}\n12 likes · Reply"),
    "Posted by, before": _each(lambda p: f"Posted by {p.author} at {p.date}\n{p.text}"),
    "Posted by, after": _each(lambda p: f"{p.text}\nPosted by {p.author} at {p.date}"),
    "Posted by, apart": _each(lambda p: f"{p.text}\n\nPosted by: {p.author} | {p.date}"),
    "Comment by": _each(lambda p: f"Comment by {p.author} — {p.date}\n\n{p.text}"),
    "text, then — NAME, DATE": _each(lambda p: f"{p.text}\n— {p.author}, {p.date}"),
    "text, then NAME, DATE": _each(lambda p: f"{p.text}\n{p.author}, {p.date}"),
    "text, then — NAME": _each(lambda p: f"{p.text}\n— {p.author}"),
    "numbered": lambda posts: "\n\n".join(
        f"{n}. {p.author} ({p.date})\n{_indent(p.text, '   ')}" for n, p in enumerate(posts, 1)
    ),
    "numbered, NAME says": lambda posts: "\n\n".join(
        f"{n}) {p.author} says:\n{p.text}" for n, p in enumerate(posts, 1)
    ),
    "#N NAME": lambda posts: "\n\n".join(
        f"#{n} {p.author}\n{p.text}" for n, p in enumerate(posts, 1)
    ),
    "Markdown bullets": _each(
        lambda p: f"- **{p.author}** ({p.date}): {_indent(p.text, '  ').strip()}", "\n"
    ),
    "Markdown bold": _each(lambda p: f"**{p.author}:** {p.text}"),
    "Markdown headings": _each(lambda p: f"### {p.author}\n\n{_blank_between(p.text)}"),
    "Markdown headings with dates": _each(lambda p: f"### {p.author} — {p.date}\n\n{p.text}"),
    "NAME: text": _each(lambda p: f"{p.author}: {p.text}"),
    "<NAME> text": _each(lambda p: f"<{p.author}> {p.text}", "\n"),
    "Author and Date fields": _each(
        lambda p: f"Author: {p.author}\nDate: {p.date}\n\n{p.text}", "\n\n-----\n\n"
    ),
    "Name, Date, Comment fields": _each(
        lambda p: f"Name: {p.author}\nDate: {p.date}\nComment: {p.text}"
    ),
    "wrapped at 72": _each(
        lambda p: (
            f"{p.author} wrote on {p.date}:\n"
            + "\n".join(textwrap.fill(line, 72) for line in p.text.split("\n"))
        )
    ),
    "rules between": _each(lambda p: f"{p.author}\n{p.text}", "\n\n-----\n\n"),
}


def _indented(template: Callable[[Post], str], step: str) -> Callable[[Sequence[Post]], str]:
    return lambda posts: "\n\n".join(
        _indent(template(post), step * depth)
        for post, depth in zip(posts, _depths(posts), strict=True)
    )


def _dotted(posts: Sequence[Post]) -> str:
    numbers: list[str] = []
    children: dict[int | None, int] = {}
    for post in posts:
        children[post.parent] = children.get(post.parent, 0) + 1
        stem = "" if post.parent is None else numbers[post.parent].rstrip(".") + "."
        numbers.append(f"{stem}{children[post.parent]}" + ("" if stem else "."))
    return "\n\n".join(
        f"{number} {post.author} ({post.date})\n{post.text}"
        for number, post in zip(numbers, posts, strict=True)
    )


def _arrows(posts: Sequence[Post]) -> str:
    return "\n\n".join(
        f"{post.author}"
        + ("" if post.parent is None else f" → {posts[post.parent].author}")
        + f" · {post.date}\n{post.text}"
        for post in posts
    )


def _in_reply_to(posts: Sequence[Post]) -> str:
    return "\n\n".join(
        f"{post.author}"
        + ("" if post.parent is None else f" (in reply to {posts[post.parent].author})")
        + f" said on {post.date}:\n{post.text}"
        for post in posts
    )


NESTED: dict[str, Callable[[Sequence[Post]], str]] = {
    "indented, NAME says": _indented(lambda p: f"{p.author} says:\n{p.text}", "  "),
    "indented, NAME — DATE": _indented(lambda p: f"{p.author} — {p.date}\n{p.text}", "    "),
    "indented bullets": _indented(
        lambda p: f"- {p.author} ({p.date}): {_indent(p.text, '  ').strip()}", "  "
    ),
    "quote marks": _indented(lambda p: f"{p.author} wrote on {p.date}:\n{p.text}", "> "),
    "dotted numbers": _dotted,
    "NAME → NAME": _arrows,
    "in reply to": _in_reply_to,
}

HEADINGS = (
    "\n\n\n",
    "\n\nComments (12)\n\n",
    "\n\n12 responses to this story\n\n",
    "\n\n## Comments\n\n",
)
FEET = (
    "\n",
    "\n\n\nTags: harbour, storm\n\nRelated: Port closes early\n\nShare this: Print | E-mail\n",
    "\n\nComments are closed.\n\nSupport our work: please donate today.\n\n© 2014 The Gazette.\n",
    "\n\n\nHarbour desk\n\n\nWeather\n\nFerry times\n",
)


def write_page(title: str, article: str, comments: str, *, heading: str, foot: str) -> str:
    """Return a whole page: title, article with tags, comments, and what stands at the foot."""
    body = _blank_between(article)
    tags = "\n\nTags: harbour, ,\n\nIf you like what you read here, please donate.\n"
    return f"{title}\n\n{body}{tags}{heading}{comments}{foot}"
