"""A browser without scripts: a client that sends forms as our own pages do."""

from __future__ import annotations

import pytest

from tests.web.samples import page


@pytest.fixture
def browser(client):
    """Return a client whose forms say that they come from this service, as browsers do."""
    client.headers["sec-fetch-site"] = "same-origin"
    client.headers["accept"] = "text/html"
    return client


@pytest.fixture
def mined(browser) -> str:
    """Return the id of a mined page."""
    return browser.post("/v1/pages", json=page()).json()["id"]
