"""The gate: keys, scopes, limits and what is refused, in every protocol's own form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.bootstrap import build_service
from app.domain.key import Scope
from app.errors import Busy, ConfigInvalid
from app.web.app import create_app
from app.web.gate import check_keys_made, needs_keys
from app.web.rates import RateLimits
from tests.fakes import FakeScorer
from tests.web.samples import page
from tests.web.silence import silent_logger

ANALYZE = "/v1alpha1/comments:analyze"
ASKED = {"comment": {"text": "Veltra Transit did it."}, "requestedAttributes": {"DENY": {}}}


@pytest.fixture
def open_to_all(settings):
    """Return a client of a service that others can reach."""
    settings = settings.model_copy(update={"host": "0.0.0.0", "key_per_minute": 50})  # noqa: S104 - what is tested
    service = build_service(settings, load_scorer=FakeScorer)
    app = create_app(service, settings, runs_jobs=False, logger=silent_logger())
    with TestClient(app, base_url="http://fingerpost.test") as client:
        yield client
    service.close()


@pytest.fixture
def make_key(open_to_all):
    """Return a maker of keys: scopes in, secret out."""

    def make(*scopes: Scope, **limits) -> str:
        return keys_of(open_to_all).make("a test", scopes, **limits).secret

    return make


def keys_of(client):
    """Return the keys of the client's service."""
    return client.app.state.parts.service.keys


def bearer(secret: str) -> dict[str, str]:
    """Return the headers that bring a key along."""
    return {"authorization": f"Bearer {secret}"}


def test_nothing_works_without_a_key_but_signs_of_life(open_to_all):
    """Where others can reach, every route asks for a key, each in its own form."""
    for path, verbs in open_to_all.get("/openapi.json").json()["paths"].items():
        for verb in verbs:
            asks = open_to_all.request(verb, path).status_code in {401, 403}
            assert asks is (path not in {"/health", "/ready"}), (verb, path)

    refused = open_to_all.get("/v1/pages")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.headers["content-type"] == "application/problem+json"
    assert open_to_all.get("/metrics").status_code == 401

    perspective = open_to_all.post(ANALYZE, json=ASKED)
    assert perspective.status_code == 403
    assert perspective.json()["error"]["status"] == "PERMISSION_DENIED"
    openai = open_to_all.post("/v1/moderations", json={"input": "x"})
    assert (openai.status_code, openai.json()["error"]["code"]) == (401, "invalid_api_key")
    tei = open_to_all.post("/predict", json={"inputs": "x"})
    assert (tei.status_code, tei.json()["error_type"]) == (401, "unauthorized")


def test_a_key_comes_as_the_protocols_have_it(open_to_all, make_key):
    """In the query for Perspective, as a bearer or in X-API-KEY everywhere."""
    key = make_key(Scope.MODERATE)

    assert open_to_all.post(f"{ANALYZE}?key={key}", json=ASKED).status_code == 200
    assert open_to_all.post(ANALYZE, json=ASKED, headers=bearer(key)).status_code == 200
    headers = {"x-api-key": key}
    assert open_to_all.post("/predict", json={"inputs": "x"}, headers=headers).status_code == 200
    assert open_to_all.post(f"/predict?key={key}", json={"inputs": "x"}).status_code == 401


def test_a_wrong_key_is_perspectives_own_error(open_to_all):
    """Perspective's clients look for API_KEY_INVALID."""
    answer = open_to_all.post(f"{ANALYZE}?key=wrong", json=ASKED)

    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"


def test_scopes_part_what_keys_may_do(open_to_all, make_key):
    """Reading, mining and moderating are apart; admin does all."""
    requests = {
        Scope.READ: ("GET", "/v1/pages", None),
        Scope.MINE: ("POST", "/v1/pages", page()),
        Scope.MODERATE: ("POST", "/v1/moderations", {"input": "x"}),
    }
    for scope in (*requests, Scope.ADMIN):
        key = make_key(scope)
        for needed, (method, path, body) in requests.items():
            answer = open_to_all.request(method, path, json=body, headers=bearer(key))
            allowed = scope in {needed, Scope.ADMIN}
            assert (answer.status_code == 403) is not allowed, (scope, needed)


def test_a_rotated_key_has_both_secrets_for_a_while_and_a_revoked_one_none(open_to_all, make_key):
    """Rotation leaves time to change over; revocation is at once."""
    old = make_key(Scope.READ)
    keys = keys_of(open_to_all)
    key_id = keys.find(old).id
    new = keys.rotate(key_id, keep=timedelta(hours=1)).secret
    assert [keys.find(each).id for each in (old, new)] == [key_id, key_id]

    newest = keys.rotate(key_id, keep=timedelta(0)).secret
    assert [keys.find(each) is None for each in (old, new, newest)] == [True, True, False]

    keys.revoke(key_id)
    assert open_to_all.get("/v1/pages", headers=bearer(newest)).status_code == 401


def test_no_secret_is_in_the_database(make_key, settings):
    """What is stored of a key is a hash."""
    key = make_key(Scope.READ)
    file = settings.database_url.removeprefix("sqlite:///")

    for each in (file, f"{file}-wal"):
        with open(each, "rb") as stream:  # noqa: PTH123 - two names of one database
            assert key.encode() not in stream.read()


def test_a_key_has_limits_of_its_own(open_to_all, make_key):
    """Too many requests are told when to come back, too large ones that they are."""
    slow = bearer(make_key(Scope.READ, per_minute=2))
    answers = [open_to_all.get("/v1/pages", headers=slow) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 30

    small = bearer(make_key(Scope.MINE, max_body_bytes=100))
    assert open_to_all.post("/v1/pages", json=page(), headers=small).status_code == 413


def test_a_keys_largest_body_holds_for_archives_too(open_to_all, make_key):
    """An archive may be larger than a page, but not for a key that has a limit of its own."""
    archive = b"x" * (open_to_all.app.state.parts.settings.max_body_bytes + 1)
    sent = {
        limit: open_to_all.post(
            "/v1/jobs",
            content=archive,
            headers=bearer(make_key(Scope.MINE, max_body_bytes=limit)),
        )
        for limit in (100, None)
    }

    assert {limit: answer.status_code for limit, answer in sent.items()} == {100: 413, None: 202}


def test_on_loopback_a_key_is_optional(client):
    """Without a key all works there, and with one of another service too."""
    assert client.get("/v1/pages").status_code == 200
    assert client.get("/v1/pages", headers=bearer("of another service")).status_code == 200


def test_on_loopback_a_key_of_ours_has_its_scopes(client):
    """Who brings a key is held to it."""
    key = keys_of(client).make("a test", [Scope.MODERATE]).secret

    assert client.get("/v1/pages", headers=bearer(key)).status_code == 403


@pytest.mark.parametrize(
    ("host", "needed"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("a", True)],  # noqa: S104 - what is tested
)
def test_only_the_loopback_needs_no_key(settings, host, needed):
    """Whatever is not surely the loopback counts as open to others."""
    assert needs_keys(settings.model_copy(update={"host": host})) is needed


def test_nobody_listens_to_others_without_a_key(open_to_all, make_key):
    """The service refuses to start where keys are needed and none is in use."""
    parts = open_to_all.app.state.parts
    with pytest.raises(ConfigInvalid, match="fingerpost keys make"):
        check_keys_made(parts.service, parts.settings)

    make_key(Scope.READ)
    check_keys_made(parts.service, parts.settings)


def test_a_bucket_refills_evenly():
    """After the first minute's worth, requests come at the pace of the limit."""
    now = [0.0]
    limits = RateLimits(clock=lambda: now[0])
    for _ in range(60):
        limits.spend("k", 60)
    with pytest.raises(Busy) as refused:
        limits.spend("k", 60)
    assert refused.value.retry_after_s == 1

    now[0] = 1.01
    limits.spend("k", 60)
    limits.spend("other", 60)
