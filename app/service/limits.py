"""What is too much: sizes of pages and of questions, checked before the model sees any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidRequest, PageTooLarge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.config import Settings
    from app.domain.asking import StanceQuestion
    from app.domain.page import Page


MAX_NAMES = 100
"""Names of one actor: every text of a page is searched for all of them."""


def check_page(page: Page, settings: Settings) -> None:
    """Raise PageTooLarge where the page has more comments, actors or names than is allowed."""
    check_comments(len(page.comments), settings)
    actors = len(page.actors or ())
    if actors > settings.max_actors:
        raise PageTooLarge(f"expected at most {settings.max_actors} actors, got {actors}")
    for position, actor in enumerate(page.actors or ()):
        _check_names(f"actors[{position}]", actor.names, settings.max_target_chars)


def _check_names(where: str, names: Sequence[str], limit: int) -> None:
    if len(names) > MAX_NAMES:
        raise PageTooLarge(f"expected at most {MAX_NAMES} names of {where}, got {len(names)}")
    longest = max(map(len, names))
    if longest > limit:
        raise PageTooLarge(
            f"expected names of {where} of at most {limit} characters, got one of {longest}"
        )


def check_comments(count: int, settings: Settings) -> None:
    """Raise PageTooLarge where that is more comments than a page may have."""
    if count > settings.max_comments:
        raise PageTooLarge(f"expected at most {settings.max_comments} comments, got {count}")


def is_long(page: Page, settings: Settings) -> bool:
    """Return whether a page has more to read than somebody should wait for."""
    chars = len(page.article.text) + sum(len(comment.text) for comment in page.comments)
    return len(page.comments) > settings.sync_comments or chars > settings.sync_chars


def check_question(question: StanceQuestion, settings: Settings) -> None:
    """Raise InvalidRequest where there is nothing to read or to judge, or more than is allowed."""
    many = len(question.targets)
    if not 1 <= many <= settings.max_targets:
        raise InvalidRequest(f"expected 1 to {settings.max_targets} targets, got {many}")
    _check_length("text", question.text, settings.max_text_chars)
    if question.context is not None:
        _check_length("context", question.context, settings.max_text_chars)
    for position, target in enumerate(question.targets):
        _check_length(f"targets[{position}]", target, settings.max_target_chars)


def _check_length(name: str, text: str, limit: int) -> None:
    if not text.strip():
        raise InvalidRequest(f"expected {name} to hold text, got none")
    if len(text) > limit:
        raise InvalidRequest(f"expected {name} of at most {limit} characters, got {len(text)}")
