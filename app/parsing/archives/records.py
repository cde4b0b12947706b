"""What reading an archive yields: pages and failures, each with the file and place it stood at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.page import Page
from app.errors import InputError
from app.parsing.archives.posts import comments_of
from app.parsing.language import identify_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from app.domain.page import Article
    from app.parsing.archives.posts import Post

_LANGUAGE_CHARS = 2_000
"""Characters from which a page's language is told; more change next to no answer, and cost."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page; `position` says where in `file` it stood, such as "line 12"."""

    position: str
    page: Page
    file: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that could not be read; `kind` is the name of the error's class."""

    position: str
    kind: str
    problem: str
    file: str = ""


Record: TypeAlias = "Entry | Failure"


def failure_of(position: str, error: Exception, *, file: str = "") -> Failure:
    """Return the failure that an error stands for."""
    return Failure(position, type(error).__name__, str(error), file)


def entry_of(  # noqa: PLR0913 - the parts of a page, each by its name
    position: str,
    article: Article,
    posts: Iterable[Post],
    *,
    url: str | None = None,
    language: str | None = None,
    file: str = "",
) -> Record:
    """Return the page of an article and its posts, or the failure where they make none."""
    try:
        comments = comments_of(posts)
        if language is None:
            some = [article.title or "", article.text[:_LANGUAGE_CHARS]]
            some += [comment.text for comment in comments[:10]]
            language = identify_language("\n".join(some)[:_LANGUAGE_CHARS])
        page = Page(article=article, comments=comments, url=url or None, language=language)
    except InputError as error:
        return failure_of(position, error, file=file)
    return Entry(position, page, file)
