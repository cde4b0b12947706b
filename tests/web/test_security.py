"""Headers, request ids, and what is written to the log."""

from __future__ import annotations

import io
import json

import pytest
import structlog

from tests.fakes import FakeScorer
from tests.web.samples import page


@pytest.fixture
def log() -> io.StringIO:
    """Return what the application of `logged_client` writes to its log."""
    return io.StringIO()


@pytest.fixture
def logger(log):
    """Return a logger that writes JSON lines to `log`."""
    return structlog.wrap_logger(
        structlog.WriteLogger(log),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.ExceptionRenderer(),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
    )


@pytest.mark.parametrize("path", ["/health", "/nowhere", "/v1/pages?limit=0", "/metrics"])
def test_every_answer_carries_the_security_headers(client, path):
    """Good or bad, an answer is neither sniffed, framed nor run."""
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_harmless_request_id_is_echoed(client):
    """An id that a caller sends comes back."""
    answer = client.get("/health", headers={"x-request-id": "trace-1.2_3"})

    assert answer.headers["x-request-id"] == "trace-1.2_3"


@pytest.mark.parametrize(
    "given",
    [b"", b"a b", b"x" * 65, b'"}', b"\xff", b"<script>", b"a\tb", b"-a", b"a,b"],
)
def test_any_other_request_id_is_replaced(client, given):
    """An id that could break a log line or a header is not taken over."""
    answer = client.get("/health", headers={b"x-request-id": given})

    assert len(answer.headers["x-request-id"]) == 16
    assert answer.headers["x-request-id"].isalnum()


def test_each_request_is_one_line_without_its_words(make_client, logger, log):
    """The log has method, route, status, time and id, and nothing that anybody wrote."""
    with make_client(logger=logger) as client:
        location = client.post("/v1/pages", json=page()).headers["location"]
        client.get(location, headers={"x-request-id": "mine"})
        client.get("/v1/pages", params={"text": "northgate", "actor": "Veltra"})
        client.get("/v1/pages/northgate/comments/veltra")

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("POST", "/v1/pages", 201),
        ("GET", "/v1/pages/{page_id}", 200),
        ("GET", "/v1/pages", 200),
        ("GET", "/v1/pages/{page_id}/comments/{comment_id:path}", 405),
    ]
    assert lines[1]["request_id"] == "mine"
    assert all(line["duration_ms"] >= 0 for line in lines)
    for word in ("veltra", "northgate", "Ines", "news.example"):
        assert word.lower() not in log.getvalue().lower()


def test_the_unforeseen_is_500_without_details(make_client, logger, log):
    """An error that nobody expected tells the caller nothing, and the log where it came from."""

    def fail() -> None:
        raise RuntimeError("Veltra Transit is behind this.")

    with make_client(FakeScorer(on_call=fail), logger=logger) as client:
        answer = client.post("/v1/pages", json=page())

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Veltra" not in answer.text
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["unexpected error", "request"]
    assert lines[0]["request_id"] == lines[1]["request_id"] == answer.headers["x-request-id"]
    assert lines[1]["status"] == 500
