"""Who a request believes to ask: on the loopback, where no key is needed, only this machine.

A page anywhere on the web can have its visitor's browser send requests to 127.0.0.1. With a name
of its own that is made to lead there (DNS rebinding) it could read the answers, without one it
could still have things stored. The browser says both: the name in Host, the page in Origin.
Where a key is needed such a page has none, and nothing is checked here.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request

from app.web.problems import problem_answer

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing, and whose answers a browser keeps from pages of other origins."""

_LONGEST_NAME = 253
"""Characters of a name in DNS at most; of those that are asked about some are remembered."""


class OwnHosts:
    """Refuses requests that were meant for another host, or that another host's page sends."""

    def __init__(self, app: ASGIApp, *, names: Collection[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        refusal = self._refuse(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refuse(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not all(self._is_own(f"//{host}") for host in headers.getlist("host")):
            return problem_answer(
                Request(scope),
                HTTPStatus.MISDIRECTED_REQUEST,
                detail="expected a Host of the loopback, or one in FINGERPOST_TRUSTED_HOSTS, "
                "as long as no key is needed; got another",
            )
        origins = [] if scope["method"] in _LOOKING else headers.getlist("origin")
        if not all(self._is_own(origin) for origin in origins):
            return problem_answer(
                Request(scope),
                HTTPStatus.FORBIDDEN,
                detail="expected no page of another origin to send this, got one",
            )
        return None

    def _is_own(self, url: str) -> bool:
        try:
            name = urlsplit(url).hostname or ""
        except ValueError:
            return False
        return len(name) <= _LONGEST_NAME and (name in self._names or is_loopback(name))


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Return whether a name or an address surely leads to this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name: only this one is sure not to lead anywhere else
        return host.lower() == "localhost"
