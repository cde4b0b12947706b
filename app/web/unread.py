"""What a refused request is still sending: read and forgotten, so that its sender hears why.

A connection that is closed with bytes in it that nobody read is reset, and many clients then lose
an answer that is on its way, or fail while they still send (RFC 9112, 9.6). Pure ASGI, as the
other layers are.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from anyio import move_on_after
from starlette.datastructures import Headers

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_FORGOTTEN_BYTES = 64 * 2**20
"""Whoever sends more finds the connection closed."""

_MAX_SECONDS = 5.0
"""As does whoever is slower."""


class UnreadBodies:
    """Holds a refusal back until the request's body has come, within bounds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; before a refusal of it is sent, read what it still sends."""
        if scope["type"] != "http" or not _has_body(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        is_whole = False

        async def receive_and_note() -> Message:
            nonlocal is_whole
            message = await receive()
            is_whole = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        async def send_after_the_rest(message: Message) -> None:
            is_refusal = message.get("status", 0) >= HTTPStatus.BAD_REQUEST
            if message["type"] == "http.response.start" and is_refusal:
                left = MAX_FORGOTTEN_BYTES
                with move_on_after(_MAX_SECONDS):
                    while not is_whole and left > 0:
                        left -= len((await receive_and_note()).get("body", b""))
            await send(message)

        await self._app(scope, receive_and_note, send_after_the_rest)


def _has_body(headers: Headers) -> bool:
    if "expect" in headers:  # it waits for a word before it sends, and the refusal is that word
        return False
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
