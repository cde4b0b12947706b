"""The webhook: told of each job that ended, signed, until it hears, and never led elsewhere."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from hmac import digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from app.errors import ConfigInvalid
from tests.service.pages import page

SECRET = "a secret of this test"  # noqa: S105 - of this test


@pytest.fixture
def receiver():
    """A server that remembers what it heard and answers with `statuses`, then with 204."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            server.heard.append((self.path, dict(self.headers), body))
            self.send_response(server.statuses.pop(0) if server.statuses else 204)
            self.send_header("location", "/elsewhere")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the base class' name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.heard, server.statuses = [], []
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def service(make_service, receiver):
    """A service that tells the receiver."""
    url = f"http://127.0.0.1:{receiver.server_port}/hook"
    return make_service(webhook_url=url, webhook_secret=SECRET)


def test_the_end_of_a_job_is_told_and_signed(service, receiver):
    """The message names the job and its page, and its signature is that of Standard Webhooks."""
    job = service.jobs.submit_page(page())
    assert not service.jobs.tell_of_next()
    service.jobs.run_next()

    assert service.jobs.tell_of_next()
    assert not service.jobs.tell_of_next()

    ((path, headers, body),) = receiver.heard
    headers = {name.lower(): value for name, value in headers.items()}
    told = json.loads(body)
    signed = f"{job.id}.{headers['webhook-timestamp']}.".encode() + body
    assert path == "/hook"
    assert told["type"] == "job.done"
    assert told["data"]["id"] == job.id == headers["webhook-id"]
    assert told["data"]["result"] == service.jobs.load(job.id).result
    signature = b64encode(digest(SECRET.encode(), signed, sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{signature}"


@pytest.mark.parametrize("status", [500, 302])
def test_a_receiver_that_did_not_hear_is_told_later(service, receiver, status):
    """Neither an error nor a way to another address counts as heard, nor is the way gone."""
    receiver.statuses.append(status)
    service.jobs.submit_page(page())
    service.jobs.run_next()

    assert service.jobs.tell_of_next()

    assert [path for path, _, _ in receiver.heard] == ["/hook"]
    assert not service.jobs.tell_of_next()  # not due yet


def test_a_receiver_that_is_away_harms_nobody(make_service):
    """The job stays as it is."""
    service = make_service(webhook_url="http://127.0.0.1:9/hook", webhook_secret=SECRET)
    job = service.jobs.submit_page(page())
    service.jobs.cancel(job.id)

    assert service.jobs.tell_of_next()
    assert service.jobs.load(job.id).state == "cancelled"


def test_a_webhook_needs_a_secret(make_service):
    """Messages that nobody could check are not sent."""
    with pytest.raises(ConfigInvalid, match="WEBHOOK_SECRET"):
        make_service(webhook_url="https://hooks.example/x")
