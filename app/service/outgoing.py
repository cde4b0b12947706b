"""Opens the addresses that the operator set, and never one that an answer of theirs leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import HTTPRedirectHandler, build_opener

if TYPE_CHECKING:
    from urllib.request import OpenerDirector


def make_opener() -> OpenerDirector:
    """Return what opens an address; a redirect is an HTTPError."""
    return build_opener(_NoRedirect)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None
