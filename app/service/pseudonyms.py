"""Puts pseudonyms in the place of comments' authors before anything is stored.

One author has the same pseudonym on every page of an installation and another one elsewhere, and
without the secret nobody can tell whose it is. What comments say stays as it is, and may name
people.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.config import Settings
    from app.domain.page import Comment, Page

_NAME_CHARS = 12
"""Of a base of 32: 60 bits, so that among a million authors hardly two meet."""

_PROOF_CHARS = 8
"""40 bits that only the secret makes: nobody can give himself the pseudonym of another."""

_FORM = re.compile(rf"reader-([a-z2-7]{{{_NAME_CHARS}}})([a-z2-7]{{{_PROOF_CHARS}}})")


class Pseudonyms:
    """Knows the pseudonym of every author; without a secret authors stay as they are."""

    def __init__(self, secret: str | None) -> None:
        self._key = None if secret is None else secret.encode()

    def of_page(self, page: Page) -> Page:
        """Return the page with pseudonyms; a journalist's name above the article stays."""
        return (
            page
            if self._key is None
            else replace(page, comments=tuple(self.of_comments(page.comments)))
        )

    def of_comments(self, comments: Iterable[Comment]) -> list[Comment]:
        """Return the comments with pseudonyms."""
        return [
            comment
            if comment.author is None
            else replace(comment, author=self.of_author(comment.author))
            for comment in comments
        ]

    def of_author(self, author: str) -> str:
        """Return an author's pseudonym; one that was made here is its own."""
        if self._key is None:
            return author
        made = _FORM.fullmatch(author)
        if made is not None and hmac.compare_digest(made[2], self._proof(made[1])):
            return author
        name = self._digest("name", author.strip())[:_NAME_CHARS]
        return f"reader-{name}{self._proof(name)}"

    def _proof(self, name: str) -> str:
        return self._digest("proof", name)[:_PROOF_CHARS]

    def _digest(self, purpose: str, text: str) -> str:
        message = f"{purpose}:{text}".encode(errors="surrogatepass")
        digest = hmac.new(self._key or b"", message, "sha256").digest()
        return b32encode(digest).decode("ascii").lower()


def pseudonyms_of(settings: Settings) -> Pseudonyms:
    """Return the pseudonyms that the settings ask for."""
    secret = settings.pseudonym_secret
    return Pseudonyms(None if secret is None else secret.get_secret_value())
