"""What happens to the rest of a body whose request is refused."""

from __future__ import annotations

import socket
import threading
from contextlib import closing

import anyio
import pytest
import uvicorn
from starlette.responses import Response

from app.web.unread import MAX_FORGOTTEN_BYTES, UnreadBodies

CHUNK = b"x" * 2**20


class Sender:
    """A client that has a number of chunks to send, and counts those that were taken."""

    def __init__(self, chunks: int) -> None:
        self.left = chunks
        self.sent: list[int] = []

    async def receive(self):
        """Return the next chunk."""
        self.left -= 1
        return {"type": "http.request", "body": CHUNK, "more_body": self.left > 0}

    async def send(self, message):
        """Note how much was left to send when the answer began."""
        if message["type"] == "http.response.start":
            self.sent.append(self.left)


def answer_with(status: int, chunks: int, **headers: str) -> int:
    """Return how many chunks were left when a service that reads nothing had answered."""
    sender = Sender(chunks)
    given = {"content-length": str(chunks * len(CHUNK)), **headers}
    scope = {
        "type": "http",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    anyio.run(UnreadBodies(Response(status_code=status)), scope, sender.receive, sender.send)
    (left,) = sender.sent
    return left


@pytest.mark.parametrize("status", [401, 413, 429, 500])
def test_a_refusal_waits_for_the_rest(status):
    """All that is sent is taken before the answer begins."""
    assert answer_with(status, chunks=20) == 0


def test_other_answers_wait_for_nothing():
    """What is answered before it is read whole was not meant to be."""
    assert answer_with(200, chunks=20) == 20


def test_nobody_is_heard_out_for_ever():
    """More than the bound is left where it is."""
    most = MAX_FORGOTTEN_BYTES // len(CHUNK)

    assert answer_with(413, chunks=most + 100) == 100


def test_who_asks_first_is_told_without_sending():
    """Those that wait for 100 Continue hear the refusal instead."""
    assert answer_with(413, chunks=20, expect="100-continue") == 20


@pytest.fixture
def refusing():
    """Return the port of a real server that refuses all without reading."""
    config = uvicorn.Config(
        UnreadBodies(Response("too much", status_code=413)), port=0, log_config=None, lifespan="off"
    )
    with closing(config.bind_socket()) as listening:
        listening.listen()
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def test_a_client_that_sends_all_before_it_reads_hears_why(refusing):
    """Twenty megabytes, far more than the connection's buffers hold."""
    head = f"POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {20 * len(CHUNK)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", refusing), timeout=30) as connection:
        connection.sendall(head.encode() + CHUNK * 20)
        answer = connection.recv(4096)

    assert answer.startswith(b"HTTP/1.1 413 ")
