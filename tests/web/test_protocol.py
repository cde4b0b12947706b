"""Heads that never end, sent to a real server."""

from __future__ import annotations

import socket
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection

import pytest
import uvicorn

from app.web.protocol import MAX_HEAD_BYTES, BoundedHttp


async def echo(scope, receive, send) -> None:
    """Answer with the length of the body, once that has come."""
    assert scope["type"] == "http"
    length, more = 0, True
    while more:
        message = await receive()
        length += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(length).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def address():
    """Serve on a free port of the loopback."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(echo, http=BoundedHttp, lifespan="off", log_config=None, ws="none")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listener.getsockname()
    server.should_exit = True
    thread.join(10)


def talk(address, *parts: bytes) -> bytes:
    """Send the parts, and return what came until the server closed or had answered."""
    with socket.create_connection(address, timeout=10) as client:
        try:
            for part in parts:
                client.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            pass  # closed meanwhile, which is what is wanted
        try:
            return client.recv(65_536)
        except ConnectionResetError:
            return b""


ENDLESS = [b"x" * 16_384] * 64
"""A megabyte, in parts that are read one by one."""


@pytest.mark.parametrize(
    "head",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: ",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Trailer: ",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;extension=",
    ],
    ids=["address", "header", "trailer", "extension of a chunk"],
)
def test_what_never_ends_is_refused(address, head):
    """The connection is closed, where anything is answered with 400, and others go on."""
    answer = talk(address, head, *ENDLESS)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert talk(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_many_headers_together_are_bounded_too(address):
    """What counts is all that comes before the head's end, however it is cut."""
    headers = [b"X-%d: %s\r\n" % (number, b"y" * 4_000) for number in range(200)]

    answer = talk(address, b"GET / HTTP/1.1\r\nHost: a\r\n", *headers)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")


def test_a_long_body_is_no_head(address):
    """Bodies have a bound of their own, by the route; here they are read whole."""
    body = b"z" * 8 * MAX_HEAD_BYTES
    connection = HTTPConnection(*address, timeout=10)

    connection.request("POST", "/", body=body)

    assert connection.getresponse().read() == str(len(body)).encode()
    connection.close()


def test_many_requests_on_one_connection_are_each_counted_anew(address):
    """A connection that stays open may send more heads than one may be long."""
    connection = HTTPConnection(*address, timeout=10)
    for _ in range(5):
        connection.request("GET", "/", headers={"X-Long": "x" * 30_000})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (HTTPStatus.OK, b"0")
    connection.close()
