"""A busy model: the rest of the service answers, and what is too much is sent away."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from app.web.app import AT_ONCE
from tests.fakes import FakeScorer
from tests.web.samples import page


def test_when_the_queue_is_full_requests_are_sent_away_and_the_rest_answers(make_client, settings):
    """With the model busy, one request too many gets 429, and all else goes on as ever."""
    opened = threading.Event()
    scorer = FakeScorer(on_call=lambda: opened.wait(20))
    room = AT_ONCE + settings.queue_limit
    with make_client(scorer) as client, ThreadPoolExecutor(room) as pool:
        try:
            sent = [
                pool.submit(client.post, "/v1/pages", json=page(title=f"Page {number}"))
                for number in range(room)
            ]
            wait_until_waiting(client, settings.queue_limit)

            refused = client.post("/v1/stance", json={"text": "x", "targets": ["y"]})
            health = client.get("/health")
            listed = client.get("/v1/pages")
        finally:
            opened.set()
        served = [future.result(20) for future in sent]

    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert int(refused.headers["retry-after"]) >= 1
    assert health.status_code == 200
    assert listed.status_code == 200
    assert [answer.status_code for answer in served] == [201] * room


def wait_until_waiting(client, count: int) -> None:
    """Wait until that many requests wait for the model."""
    line = f'fingerpost_queue_requests{{state="waiting"}} {float(count)}'
    for _ in range(2000):
        if line in client.get("/metrics").text.splitlines():
            return
        time.sleep(0.005)
    raise AssertionError(f"expected {count} requests to wait")
