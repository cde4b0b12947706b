"""The application as a server starts it."""

from __future__ import annotations

import logging

import pytest
import structlog
from starlette.testclient import TestClient

from app.errors import ConfigInvalid
from app.web.app import app_from_environment


@pytest.fixture
def logs_put_back():
    """Put the process' logging back to what it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("logs_put_back")
def test_the_environment_is_enough_to_start(monkeypatch, tmp_path):
    """A server needs no more than variables: the database is made, and requests are answered."""
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", f"sqlite:///{tmp_path}/new/pages.sqlite3")
    app = app_from_environment()

    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/v1/pages").json() == {"items": [], "next_cursor": None}
    app.state.parts.service.close()


def test_a_wrong_setting_is_said_before_anything_starts(monkeypatch):
    """A variable out of its range is named."""
    monkeypatch.setenv("FINGERPOST_QUEUE_LIMIT", "0")

    with pytest.raises(ConfigInvalid, match="FINGERPOST_QUEUE_LIMIT"):
        app_from_environment()
