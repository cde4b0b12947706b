"""Reads a request's body up to a limit, checks its kind, and tells when its sender has left."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, TypeVar

from anyio.to_thread import run_sync
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from app.errors import PageTooLarge, UnsupportedContent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

ModelT = TypeVar("ModelT", bound=BaseModel)

_JSON_TYPE = "application/json"

_SMALL_BYTES = 16_384
"""A body up to here is read where it is: that takes a tenth of a millisecond, as long as handing
it to another thread does."""


async def read_body(request: Request, *, limit: int) -> bytes:
    """Return the body, reading no further than `limit` bytes.

    Raises:
        PageTooLarge: the body is, or says it is, larger than the limit.
    """
    return b"".join([chunk async for chunk in _chunks(request, limit)])


async def spool_body(request: Request, stream: BinaryIO, *, limit: int) -> None:
    """Write the body to a stream, and go back to the stream's beginning.

    Raises:
        PageTooLarge: as for `read_body`.
    """
    async for chunk in _chunks(request, limit):
        await run_sync(stream.write, chunk)
    await run_sync(stream.seek, 0)


async def _chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    limit = min(limit, getattr(request.state, "body_limit", limit))  # the key's, by the gate
    _check_declared(request, limit)
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > limit:
            raise PageTooLarge(f"expected a body of at most {limit} bytes, got more")
        yield chunk


def _check_declared(request: Request, limit: int) -> None:
    declared = request.headers.get("content-length", "0").lstrip("0")
    # Compared by length first: Python refuses to read very long numbers.
    if declared.isdecimal() and (len(declared) > len(str(limit)) or int(declared) > limit):
        raise PageTooLarge(f"expected a body of at most {limit} bytes, got {declared[:20]}")


async def read_json(request: Request, model: type[ModelT], *, limit: int) -> ModelT:
    """Return the body as that model has it, reading no further than `limit` bytes.

    Raises:
        UnsupportedContent, PageTooLarge: as the functions beside this one.
        RequestValidationError: it is no JSON, or not of the model's form.
    """
    refuse_other_than_json(request)
    data = await read_body(request, limit=limit)
    if len(data) <= _SMALL_BYTES:
        return _validate(model, data)
    return await run_sync(_validate, model, data)


def _validate(model: type[ModelT], data: bytes) -> ModelT:
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_input=False)) from None


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
