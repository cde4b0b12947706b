"""Coral's external moderation phase: signatures over the raw body, flags, no opinion."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.bootstrap import build_service
from app.web.app import create_app
from app.web.integrations.coral import is_signed
from tests.fakes import FakeScorer
from tests.web.samples import page
from tests.web.silence import silent_logger

ROUTE = "/integrations/coral"
ACCUSES = "<div>Veltra Transit is <b>behind</b> this.</div>"


@pytest.fixture
def coral(settings):
    """Return a maker of clients of a service that knows Coral's secrets, with other settings."""
    opened = []

    def make(**changes) -> TestClient:
        held = settings.model_copy(update={"coral_secret": SecretStr("new, old"), **changes})
        service = build_service(held, load_scorer=FakeScorer)
        opened.append(service)
        app = create_app(service, held, runs_jobs=False, logger=silent_logger())
        return TestClient(app, base_url="http://127.0.0.1")

    yield make
    for service in opened:
        service.close()


def sent(text: str, *, parent: str | None = None) -> bytes:
    """Return a request's body as Coral writes it."""
    return json.dumps(
        {
            "action": "NEW",
            "comment": {"body": text, "parentID": parent},
            "author": {"id": "u1", "role": "COMMENTER"},
            "story": {"id": "s1", "url": page()["url"]},
            "site": {"id": "w1"},
            "tenantID": "t1",
            "tenantDomain": "news.example",
        }
    ).encode()


def signed(body: bytes, *secrets: str) -> dict[str, str]:
    """Return Coral's header with a signature of each secret."""
    made = (hmac.new(each.encode(), body, hashlib.sha256).hexdigest() for each in secrets)
    return {"x-coral-signature": ",".join(f"sha256={each}" for each in made)}


def test_an_accusation_is_flagged_and_no_more(coral):
    """By default Coral is asked to flag the comment; its pipeline goes on."""
    body = sent(ACCUSES)
    answer = coral().post(ROUTE, content=body, headers=signed(body, "new"))

    flag = {"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}
    assert answer.json() == {"actions": [flag]}


def test_the_operator_may_have_it_held(coral):
    """With `premod` the comment waits for a moderator."""
    body = sent(ACCUSES)
    answer = coral(coral_action="premod").post(ROUTE, content=body, headers=signed(body, "old"))

    assert answer.json()["status"] == "PREMOD"


@pytest.mark.parametrize("text", ["Fine day.", "", "?!", "Это сделал Велтра Транзит."])
def test_nothing_is_said_of_what_accuses_nobody_or_cannot_be_read(coral, text):
    """No accusation, no words or another language: no opinion."""
    body = sent(text)
    answer = coral().post(ROUTE, content=body, headers=signed(body, "new"))

    assert (answer.status_code, answer.content) == (204, b"")


def test_parent_and_article_are_known_from_the_store(coral):
    """A comment that only agrees is flagged for what its parent says."""
    client = coral(flag_threshold=0.7)
    client.post("/v1/pages", json=page())
    body = sent("Exactly.", parent="c1")

    assert client.post(ROUTE, content=body, headers=signed(body, "new")).status_code == 200
    alone = sent("Exactly.")
    assert client.post(ROUTE, content=alone, headers=signed(alone, "new")).status_code == 204


def test_while_secrets_are_rotated_either_fits(coral):
    """One of several signatures is enough, of the old secret or the new."""
    body = sent("Fine day.")
    client = coral()

    for secrets in (("new",), ("old",), ("gone", "old"), ("old", "new")):
        answer = client.post(ROUTE, content=body, headers=signed(body, *secrets))
        assert answer.status_code == 204


def test_other_bytes_other_secrets_and_no_signature_are_refused(coral):
    """The signature is of the raw bytes: the same JSON written otherwise does not pass."""
    body = sent("Fine day.")
    client = coral()
    headers = [{}, signed(body, "gone"), {"x-coral-signature": "sha256=,md5=x,," + "é"}]
    answers = [
        client.post(ROUTE, content=body, headers={k: v.encode() for k, v in each.items()})
        for each in headers
    ]
    answers.append(client.post(ROUTE, content=body + b" ", headers=signed(body, "new")))
    unset = coral(coral_secret=None)
    answers.append(unset.post(ROUTE, content=body, headers=signed(body, "")))

    assert [answer.status_code for answer in answers] == [401] * len(answers)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"comment": 7}', b'{"comment": {"body": 7}}'])
def test_nonsense_that_is_signed_is_refused(coral, body):
    """What is not Coral's form is told so."""
    assert coral().post(ROUTE, content=body, headers=signed(body, "new")).status_code == 400


@given(st.binary(), st.text(), st.text(min_size=1))
def test_no_other_header_passes(body, header, secret):
    """Only a signature with the secret passes, and it always does."""
    secret = secret.encode("utf-8", "replace").decode()
    assert is_signed(body, signed(body, secret)["x-coral-signature"], [secret])
    assert not is_signed(body, header.encode("utf-8", "replace").decode(), [secret])
