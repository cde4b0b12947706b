"""Reads the forms of the pages: small ones whole, those with a file in pieces up to a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.formparsers import MultiPartException, MultiPartParser

from app.errors import InvalidRequest, PageTooLarge
from app.web.body import read_body

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request

_SMALL_BYTES = 64_000
"""More than the longest reason takes, each letter escaped."""
_MAX_FIELDS = 20
"""More than any form here has."""


async def read_fields(request: Request) -> Mapping[str, str]:
    """Return the fields of a small form; of a field that comes twice the last.

    Raises:
        PageTooLarge: it is larger than any form of ours.
        InvalidRequest: it is no form, or has more fields than any of ours.
    """
    data = await read_body(request, limit=_SMALL_BYTES)
    try:
        pairs = parse_qsl(
            data.decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict"
        )
    except ValueError as error:
        raise InvalidRequest("expected a form that can be read, got a broken one") from error
    return dict(pairs)


async def read_upload(request: Request, *, limit: int, text_limit: int) -> FormData:
    """Return a form that may hold a file; close it after use.

    Raises:
        PageTooLarge: it is larger than `limit` bytes in all, or a text in it than `text_limit`.
        InvalidRequest: it is no form of that kind, or broken.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise InvalidRequest("expected a form with a file (multipart/form-data), got another body")
    parser = MultiPartParser(
        request.headers,
        _count(request, limit),
        max_files=1,
        max_fields=_MAX_FIELDS,
        max_part_size=text_limit,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        if "maximum size" in error.message:
            raise PageTooLarge(
                f"expected a text of at most {text_limit} bytes, got more"
            ) from error
        raise InvalidRequest("expected a form that can be read, got a broken one") from error
    except (KeyError, ValueError) as error:
        raise InvalidRequest("expected a form that can be read, got a broken one") from error


async def _count(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    key = getattr(request.state, "key", None)
    if key is not None and key.max_body_bytes is not None:
        limit = min(limit, key.max_body_bytes)
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > limit:
            raise PageTooLarge(f"expected a form of at most {limit} bytes, got more")
        yield chunk
