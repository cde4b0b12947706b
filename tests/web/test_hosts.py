"""On the loopback, without keys: pages of other hosts neither read nor send anything."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from app.bootstrap import build_service
from app.web.app import create_app
from app.web.hosts import is_loopback
from tests.fakes import FakeScorer
from tests.web.samples import page
from tests.web.silence import silent_logger


@pytest.fixture
def ask(settings):
    """Return a maker of clients of a service with changed settings."""
    services = []

    def make(**changes) -> TestClient:
        changed = settings.model_copy(update=changes)
        service = build_service(changed, load_scorer=FakeScorer)
        services.append(service)
        app = create_app(service, changed, runs_jobs=False, logger=silent_logger())
        return TestClient(app, base_url="http://127.0.0.1")

    yield make
    for service in services:
        service.close()


def test_a_name_that_is_made_to_lead_here_is_refused(ask):
    """DNS rebinding: the browser still names the page's own host, and gets nothing."""
    client = ask()
    foreign = ("evil.example", "evil.example:8000", "127.0.0.1.evil.example", "[", "192.0.2.1", "")
    paths = ("/", "/health", "/v1/pages", "/openapi.json", "/nowhere")

    answers = [client.get(path, headers={"host": host}) for host in foreign for path in paths]

    assert {answer.status_code for answer in answers} == {421}
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert all("content-security-policy" in answer.headers for answer in answers)


def test_a_name_longer_than_names_are_is_not_remembered(ask):
    """What is asked about often is known by heart; made-up names may not fill the memory."""
    client = ask()
    is_loopback.cache_clear()

    refused = client.get("/health", headers={"host": "x" * 5_000})
    known = client.get("/health", headers={"host": "localhost"})

    assert (refused.status_code, known.status_code) == (421, 200)
    assert is_loopback.cache_info().currsize == 1


def test_this_machine_is_known_by_all_its_names(ask):
    """Whatever surely leads to the loopback is no foreign name."""
    client = ask()
    own = ("127.0.0.1", "127.0.0.1:80", "localhost:80", "LOCALHOST", "[::1]:8000", "127.8.9.1")

    assert {client.get("/health", headers={"host": each}).status_code for each in own} == {200}


def test_a_page_of_another_origin_has_nothing_stored(ask):
    """A form or script of another site, sent by a visitor's browser, is refused."""
    with ask() as client:
        for origin in ("https://evil.example", "null", "http://[", "file://"):
            sent = client.post("/v1/pages", json=page(), headers={"origin": origin})
            scored = client.post("/predict", json={"inputs": "x"}, headers={"origin": origin})
            assert (sent.status_code, scored.status_code) == (403, 403)
        assert client.get("/v1/pages").json()["items"] == []


def test_pages_of_this_machine_may_send(ask):
    """An application on the same machine is trusted, as any program on it is."""
    with ask() as client:
        headers = {"origin": "http://localhost:3000"}
        assert client.post("/v1/pages", json=page(), headers=headers).status_code == 201


def test_a_proxy_can_be_named(ask):
    """The operator may trust other names, and only those."""
    client = ask(trusted_hosts="forum.example, other.example")

    assert client.get("/v1/pages", headers={"host": "Forum.Example:443"}).status_code == 200
    assert client.get("/v1/pages", headers={"host": "third.example"}).status_code == 421


def test_where_keys_are_needed_any_name_will_do(ask):
    """Who has no key gets nothing under any name, so that none is refused."""
    client = ask(require_keys=True)

    assert client.get("/health", headers={"host": "any.example"}).status_code == 200
    assert client.get("/v1/pages", headers={"host": "any.example"}).status_code == 401
