"""Where a request that changes something comes from: only our own pages may send one.

Cookies are `SameSite=Strict` besides; this holds where no key is needed too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.errors import NotAllowed

if TYPE_CHECKING:
    from starlette.requests import Request

_LOOKING = frozenset({"GET", "HEAD"})


def check_origin(request: Request) -> None:
    """Return if the request changes nothing, or was sent by a page of this service.

    Every browser of today sends `Sec-Fetch-Site` or `Origin` with a form; one that sends neither
    cannot tell, and is refused.

    Raises:
        NotAllowed: another site's page sent it, or it is not known whose.
    """
    if request.method in _LOOKING:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site == "same-origin":
            return
        raise NotAllowed(f"expected a form of this service, got one of: {site[:40]!r}")
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise NotAllowed(f"expected a form of this service, got one of: {origin[:100]!r}")
