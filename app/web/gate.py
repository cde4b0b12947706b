"""Who may come in: the API key of each request, its scope, and how often and how much it may ask.

Bound to any address but the loopback, every request needs a key, but for those that ask whether
the service is up. On the loopback a key is optional, and one that is none of ours counts as none:
some clients cannot go without, or bring the key of the service that they asked before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)

from app.domain.key import Scope
from app.errors import ConfigInvalid, KeyRefused, NotAllowed
from app.web.hosts import is_loopback
from app.web.parts import parts_of
from app.web.security import refuse_null_characters

if TYPE_CHECKING:
    from app.config import Settings
    from app.domain.key import ApiKey
    from app.service import Service
    from app.web.parts import Parts

OPEN = frozenset(
    {
        "/health",
        "/ready",
        "/integrations/coral",
        "/sign-in",
        "/sign-out",
        "/static/{version}/{name}",
    }
)
"""Routes without a key: they tell nothing, or check a signature of their own (Coral's)."""

SITE_TAG = "site"
"""Marks the routes of the pages for people."""

KEY_COOKIE = "fingerpost_key"
"""Where a browser that signed in has its key; it counts on the pages for people alone."""

_MODERATING = frozenset(
    {
        "/v1alpha1/comments:analyze",
        "/v1alpha1/comments:suggestscore",
        "/v1/moderations",
        "/predict",
        "/integrations/oamf",
    }
)
KEY_IN_QUERY = frozenset(
    {"/v1alpha1/comments:analyze", "/v1alpha1/comments:suggestscore", "/integrations/oamf"}
)
"""Where the protocol has `?key=`, or its clients can send no header."""


async def check_request(request: Request) -> None:
    """Let the request in, or refuse it; the one thing that every route depends on.

    Raises:
        InvalidRequest: its path or query has a character that no database column holds.
        KeyRefused: there is no key where one is needed, or it is none of ours.
        NotAllowed: the key is not for this route.
        Busy: the key has asked too often.
    """
    refuse_null_characters(request)
    await _check_key(request, await parts_of(request))


async def _check_key(request: Request, parts: Parts) -> None:
    route = request.scope.get("route")
    path = getattr(route, "path", "")
    if path in OPEN:
        return
    for_people = SITE_TAG in getattr(route, "tags", ())
    secret = _secret_of(request, in_query=path in KEY_IN_QUERY, in_cookie=for_people)
    key = None if secret is None else await run_sync(parts.service.keys.find, secret)
    if key is None:
        if needs_keys(parts.settings):
            got = "none" if secret is None else "another"
            raise KeyRefused(
                f"expected an API key that is in use, got {got}", given=secret is not None
            )
        return
    _check_scope(key, _scope_of(path, request.method))
    parts.limits.spend(key.id, key.per_minute or parts.settings.key_per_minute)
    request.state.key = key
    if key.max_body_bytes is not None:
        request.state.body_limit = key.max_body_bytes


def needs_keys(settings: Settings) -> bool:
    """Return whether requests need a key: wherever others than this machine can reach."""
    return settings.require_keys or not is_loopback(settings.host)


def check_keys_made(service: Service, settings: Settings) -> None:
    """Return if somebody can come in at all.

    Raises:
        ConfigInvalid: keys are needed and there is none.
    """
    if needs_keys(settings) and all(key.revoked_at is not None for key in service.keys.list()):
        raise ConfigInvalid(
            f"expected an API key before listening on {settings.host[:100]!r}, where others can "
            "reach; make one with `fingerpost keys make NAME --scope admin`, or listen on 127.0.0.1"
        )


def _secret_of(request: Request, *, in_query: bool, in_cookie: bool) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    header = request.headers.get("x-api-key", "").strip()
    if in_cookie and not header:
        header = request.cookies.get(KEY_COOKIE, "")
    return header or (request.query_params.get("key") if in_query else None) or None


def _scope_of(path: str, method: str) -> Scope:
    if path in _MODERATING:
        return Scope.MODERATE
    return Scope.READ if method in {"GET", "HEAD"} else Scope.MINE


def _check_scope(key: ApiKey, scope: Scope) -> None:
    if not key.allows(scope):
        raise NotAllowed(
            f"expected a key with the scope {scope}, got one with {', '.join(sorted(key.scopes))}"
        )
