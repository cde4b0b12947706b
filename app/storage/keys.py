"""The store of API keys; it sees hashes of secrets only. Nothing here commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, insert, or_, select, update

from app.domain.key import ApiKey, Scope
from app.errors import NotFound
from app.storage.checks import checked_row
from app.storage.columns import is_storable
from app.storage.tables.key import KeyRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.storage.checks import Row

_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


class KeyStore:
    """Stores keys through a session whose transaction the caller opens and commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, key: ApiKey, secret_hash: str) -> None:
        """Store a new key.

        Raises:
            InvalidPage: a name that no database can hold.
        """
        row: Row = {
            "id": key.id,
            "name": key.name,
            "scopes": " ".join(sorted(key.scopes)),
            "secret_hash": secret_hash,
            "per_minute": key.per_minute,
            "max_body_bytes": key.max_body_bytes,
            "created_at": key.created_at,
        }
        self._session.execute(insert(KeyRow), [checked_row(KeyRow, row)])

    def find(self, secret_hash: str, *, now: datetime) -> ApiKey | None:
        """Return the key of that secret, if it is still good."""
        row = self._session.scalar(
            select(KeyRow).where(
                KeyRow.revoked_at.is_(None),
                or_(
                    KeyRow.secret_hash == secret_hash,
                    and_(KeyRow.old_hash == secret_hash, KeyRow.old_until > now),
                ),
            )
        )
        return None if row is None else _key_of(row)

    def list(self) -> list[ApiKey]:
        """Return all keys, revoked ones too, in the order in which they were made."""
        rows = self._session.scalars(select(KeyRow).order_by(KeyRow.number))
        return [_key_of(row) for row in rows]

    def rotate(self, key_id: str, secret_hash: str, *, old_until: datetime) -> None:
        """Give a key another secret; the one it has stays good until then.

        Raises:
            NotFound: there is no such key, or it was revoked.
        """
        self._change(
            key_id, secret_hash=secret_hash, old_hash=KeyRow.secret_hash, old_until=old_until
        )

    def revoke(self, key_id: str, *, now: datetime) -> None:
        """Make a key good for nothing, for ever.

        Raises:
            NotFound: there is no such key, or it was revoked before.
        """
        self._change(key_id, revoked_at=now)

    def _change(self, key_id: str, **values: object) -> None:
        changed = (
            self._session.scalars(
                update(KeyRow)
                .where(KeyRow.id == key_id, KeyRow.revoked_at.is_(None))
                .values(**values)
                .returning(KeyRow.number)
                .execution_options(synchronize_session=False)
            ).all()
            if is_storable(key_id)
            else ()
        )
        if not changed:
            raise NotFound(f"expected the id of a key in use, got {key_id[:_ECHOED]!r}")


def _key_of(row: KeyRow) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        scopes=frozenset(Scope(word) for word in row.scopes.split()),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        per_minute=row.per_minute,
        max_body_bytes=row.max_body_bytes,
    )
