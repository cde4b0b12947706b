"""Logs: one JSON object a line from everybody, with ids, and without anybody's words."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from app.logs import set_up_logs


@pytest.fixture
def lines():
    """Return what has been logged, object by object; puts the logging back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(level="info", form="json", stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def test_lines_are_json_with_the_request(lines):
    """A line holds the event, its level and time, and the request it belongs to."""
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        structlog.get_logger("web").info("request", status=200)

    (line,) = lines()
    assert line["event"] == "request"
    assert (line["level"], line["logger"], line["request_id"], line["status"]) == (
        "info",
        "web",
        "r1",
        200,
    )
    assert line["timestamp"].endswith("Z")


def test_libraries_log_in_the_same_form(lines):
    """What comes through the standard library is a line like the others."""
    logging.getLogger("uvicorn.error").warning("stopping %s", "soon")

    (line,) = lines()
    assert (line["event"], line["level"]) == ("stopping soon", "warning")


def test_level_holds(lines):
    """What is below the level is not written."""
    structlog.get_logger("web").debug("quiet")
    logging.getLogger("x").debug("quiet")

    assert lines() == []


def test_exceptions_leave_their_words_out(lines):
    """An exception is logged as its class and where it was raised, never with its message."""
    try:
        int("the words of a comment")
    except ValueError:
        structlog.get_logger("jobs").exception("job failed")
        logging.getLogger("x").exception("failed")

    for line in lines():
        assert line["error"] == "ValueError"
        assert "test_exceptions_leave_their_words_out" in line["frames"][0]
        assert "the words of a comment" not in json.dumps(line)


def test_people_get_lines_they_can_read(lines):
    """The form for people is no JSON and holds the same."""
    del lines
    stream = io.StringIO()
    set_up_logs(level="info", form="console", stream=stream)

    structlog.get_logger("web").info("request", status=200)

    assert "request" in stream.getvalue()
    assert "status=200" in stream.getvalue()
