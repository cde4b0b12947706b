"""Reading bodies up to a limit."""

from __future__ import annotations

import anyio
import pytest
from starlette.requests import Request

from app.errors import PageTooLarge, UnsupportedContent
from app.web.body import read_body, refuse_other_than_json, wait_until_gone


class Sender:
    """A client that sends the chunks it is given and counts those that were taken."""

    def __init__(self, *chunks: bytes, headers: dict[str, str] | None = None) -> None:
        self.taken = 0
        self._chunks = chunks
        raw = [(k.encode(), v.encode()) for k, v in (headers or {}).items()]
        self.request = Request({"type": "http", "headers": raw}, self._receive)

    async def _receive(self):
        if self.taken == len(self._chunks):
            return {"type": "http.disconnect"}
        self.taken += 1
        more = self.taken < len(self._chunks)
        return {"type": "http.request", "body": self._chunks[self.taken - 1], "more_body": more}


def read(sender: Sender, limit: int = 10) -> bytes:
    """Return what is read of the sender's body."""

    async def ask() -> bytes:
        return await read_body(sender.request, limit=limit)

    return anyio.run(ask)


def test_reads_a_body_of_just_the_limit():
    """A body of exactly the limit is read whole."""
    assert read(Sender(b"12345", b"67890", headers={"content-length": "10"})) == b"1234567890"


@pytest.mark.parametrize("declared", ["11", "0000000000011", "9" * 5000])
def test_refuses_by_the_declared_length_without_reading(declared):
    """A length over the limit is refused before a byte is taken, however it is written."""
    sender = Sender(b"12345", headers={"content-length": declared})

    with pytest.raises(PageTooLarge):
        read(sender)

    assert sender.taken == 0


def test_refuses_chunks_over_the_limit_without_reading_on():
    """A chunked body is refused at the chunk that goes over the limit."""
    sender = Sender(*[b"123456"] * 100)

    with pytest.raises(PageTooLarge):
        read(sender)

    assert sender.taken == 2


@pytest.mark.parametrize("declared", ["", "-5", "abc", "²"])
def test_counts_where_the_declared_length_is_none(declared):
    """A length that is no number is no reason to fail: the bytes are counted."""
    assert read(Sender(b"12345", headers={"content-length": declared})) == b"12345"


def test_tells_when_the_sender_has_left():
    """The wait ends at the hang-up, not at what is left of the body."""
    sender = Sender(b"1", b"2")

    anyio.run(wait_until_gone(sender.request))

    assert sender.taken == 2


@pytest.mark.parametrize("kind", ["text/plain", "application/jsonx", "multipart/form-data; a=b"])
def test_refuses_kinds_other_than_json(kind):
    """Where JSON is read, a body that says to be something else is refused."""
    with pytest.raises(UnsupportedContent):
        refuse_other_than_json(Sender(headers={"content-type": kind}).request)


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_accepts_json_in_any_spelling(kind):
    """Case and parameters of the content type do not matter."""
    refuse_other_than_json(Sender(headers={"content-type": kind}).request)
