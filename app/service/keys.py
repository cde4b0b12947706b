"""API keys as they are kept: made, found, rotated and revoked, a short transaction each.

A secret is shown once, when it is made; the database has its hash alone.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.key import ApiKey
from app.errors import InvalidRequest
from app.service.kept import new_id
from app.storage.engine import open_session
from app.storage.keys import KeyStore

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime, timedelta

    from sqlalchemy import Engine

    from app.domain.key import Scope

_PREFIX = "fp-"
"""How secrets begin, so that scanners of repositories can know one."""

_SECRET_BYTES = 32
"""256 random bits: nobody guesses them, and so one round of SHA-256 hides them well enough."""

_LONGEST_NAME = 200
_LONGEST_SECRET = 200
"""Characters of what is looked up at all; secrets made here have 46."""


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key with its secret, which nobody will see again."""

    key_id: str
    secret: str


class KeptKeys:
    """The keys of this service."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def make(
        self,
        name: str,
        scopes: Collection[Scope],
        *,
        per_minute: int | None = None,
        max_body_bytes: int | None = None,
    ) -> MadeKey:
        """Make a key for those scopes.

        Raises:
            InvalidRequest: no name or too long a one, or no scope.
        """
        if not name.strip() or len(name) > _LONGEST_NAME:
            raise InvalidRequest(f"expected a name of 1 to {_LONGEST_NAME} characters")
        if not scopes:
            raise InvalidRequest("expected at least one scope, got none")
        key = ApiKey(
            id=new_id("k"),
            name=name,
            scopes=frozenset(scopes),
            created_at=self._now(),
            per_minute=per_minute,
            max_body_bytes=max_body_bytes,
        )
        secret = _new_secret()
        with open_session(self._engine) as session, session.begin():
            KeyStore(session).add(key, _hash(secret))
        return MadeKey(key.id, secret)

    def find(self, secret: str) -> ApiKey | None:
        """Return the key of that secret, if it is good."""
        if len(secret) > _LONGEST_SECRET:
            return None
        with open_session(self._engine, read_only=True) as session:
            return KeyStore(session).find(_hash(secret), now=self._now())

    def list(self) -> list[ApiKey]:
        """Return all keys, revoked ones too."""
        with open_session(self._engine, read_only=True) as session:
            return KeyStore(session).list()

    def rotate(self, key_id: str, *, keep: timedelta) -> MadeKey:
        """Give a key another secret; the old one stays good for as long as `keep`.

        Raises:
            NotFound: there is no such key, or it was revoked.
        """
        secret = _new_secret()
        with open_session(self._engine) as session, session.begin():
            KeyStore(session).rotate(key_id, _hash(secret), old_until=self._now() + keep)
        return MadeKey(key_id, secret)

    def revoke(self, key_id: str) -> None:
        """Make a key good for nothing from now on.

        Raises:
            NotFound: there is no such key, or it was revoked before.
        """
        with open_session(self._engine) as session, session.begin():
            KeyStore(session).revoke(key_id, now=self._now())


def _new_secret() -> str:
    return _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
