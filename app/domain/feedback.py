"""Feedback: what a moderator says that a comment's score should have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """A label for one comment: `value` in 0 … 1 is what the attribute should have scored.

    `article` and `parent` are the texts it stands under, `context` is what else the client said
    of that, `token` and `community` are the client's own words for the comment and for itself.
    """

    text: str
    attribute: str
    value: float
    given_at: datetime
    article: str | None = None
    parent: str | None = None
    context: str | None = None
    language: str | None = None
    community: str | None = None
    token: str | None = None
