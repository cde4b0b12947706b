"""Reads a request's body up to a limit, checks its kind, and tells when its sender has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import PageTooLarge, UnsupportedContent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

_JSON_TYPE = "application/json"


async def read_body(request: Request, *, limit: int) -> bytes:
    """Return the body, reading no further than `limit` bytes.

    Raises:
        PageTooLarge: the body is, or says it is, larger than the limit.
    """
    declared = request.headers.get("content-length", "0").lstrip("0")
    # Compared by length first: Python refuses to read very long numbers.
    if declared.isdecimal() and (len(declared) > len(str(limit)) or int(declared) > limit):
        raise PageTooLarge(f"expected a body of at most {limit} bytes, got {declared[:20]}")
    chunks: list[bytes] = []
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > limit:
            raise PageTooLarge(f"expected a body of at most {limit} bytes, got more")
        chunks.append(chunk)
    return b"".join(chunks)


def refuse_other_than_json(request: Request) -> None:
    """Refuse a body that says it is something else than JSON.

    Raises:
        UnsupportedContent: the content type is given and is not JSON's.
    """
    given = request.headers.get("content-type")
    if given and given.partition(";")[0].strip().lower() != _JSON_TYPE:
        raise UnsupportedContent(f"expected {_JSON_TYPE}, got {given[:100]!r}")


def wait_until_gone(request: Request) -> Callable[[], Awaitable[None]]:
    """Return a wait that ends when the sender of a request, already read, hangs up."""

    async def wait() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return wait
