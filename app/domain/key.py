"""API keys: who may ask for what, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Scope(StrEnum):
    """What a key allows.

    To look at pages and claims; to add and change pages; to have comments judged and to give
    feedback; or everything.
    """

    READ = "read"
    MINE = "mine"
    MODERATE = "moderate"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret, which is nowhere kept; limits of None are those of the service."""

    id: str
    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None = None
    per_minute: int | None = None
    max_body_bytes: int | None = None

    def allows(self, scope: Scope) -> bool:
        """Return whether the key is good for that."""
        return bool(self.scopes & {scope, Scope.ADMIN})
