"""HTTP/1.1 as uvicorn reads it by httptools (llhttp, Node's parser), with a bound on each head.

The parser keeps what it has of a request line, a header or a trailer until that ends, however long
it takes; what never ends would fill the memory.
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 65_536
"""Bytes of a request line and headers at most, and of what stands between a body's parts; uvicorn's
own bound for its other parser. One read from the socket may go beyond."""


class BoundedHttp(HttpToolsProtocol):
    """Answers 400 and closes the connection where a head goes on beyond `MAX_HEAD_BYTES`."""

    _bytes_without_end = 0

    def data_received(self, data: bytes) -> None:
        """Parse what came, and give up on what does not end."""
        self._bytes_without_end += len(data)
        super().data_received(data)
        if self._bytes_without_end > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("Request head too large.")

    def on_headers_complete(self) -> None:
        """Begin to count anew behind the headers."""
        self._bytes_without_end = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Begin to count anew behind a part of the body."""
        self._bytes_without_end = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Begin to count anew behind the request."""
        self._bytes_without_end = 0
        super().on_message_complete()
