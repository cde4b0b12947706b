"""Killed at random moments under load, a service loses nothing acknowledged, halves nothing."""

from __future__ import annotations

import json
import random
import time
from itertools import count
from threading import Event, Lock, Thread

import pytest

from app.bootstrap import build_service
from app.config import Settings
from app.domain.listing import PageFilter
from app.exchange.contract import mined_as_json
from app.parsing.page import parse_page
from tests.fakes import FakeScorer
from tests.faults.serving import ALL, page

KILLS = 10 if ALL else 2
"""Times that the service dies in one test."""

CLIENTS = 3


class Load:
    """Clients that send pages, to be answered or as jobs, and note what was acknowledged."""

    def __init__(self, serving) -> None:
        self.pages: dict[str, str] = {}
        self.jobs: dict[str, str] = {}
        self._serving = serving
        self._numbers = count()
        self._guard = Lock()
        self._over = Event()
        self._threads = [Thread(target=self._send) for _ in range(CLIENTS)]

    def point_at(self, serving) -> None:
        """Have the clients send to another process."""
        self._serving = serving

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        while not self._over.is_set():
            number = next(self._numbers)
            name = f"n{number}"
            path = "/v1/pages" if number % 3 else "/v1/pages?wait=false"
            try:
                status, answer = self._serving.ask(path, page(name))
            except (OSError, ValueError):  # it died before it had said all: nothing is promised
                time.sleep(0.02)
                continue
            with self._guard:
                if status in {200, 201}:
                    self.pages[name] = answer["id"]
                elif status == 202:
                    self.jobs[name] = answer["id"]


@pytest.mark.parametrize("seed", [1])
def test_nothing_acknowledged_is_lost(serve, database_url, seed):
    """Each page answered is there, each job taken is done, and no page differs from mining it."""
    moments = random.Random(seed)  # noqa: S311 - the same moments every time
    serving = serve(database_url)
    with Load(serving) as load:
        for _ in range(KILLS):
            time.sleep(moments.uniform(0.2, 1.5))
            serving.end()
            serving = serve(database_url)
            load.point_at(serving)
        time.sleep(0.5)
    ended = {name: serving.wait_for_job(job_id) for name, job_id in load.jobs.items()}
    serving.end()

    assert load.pages
    assert load.jobs
    assert {job["state"] for job in ended.values()} == {"done"}
    there = load.pages | {name: job["result"] for name, job in ended.items()}
    check_pages(database_url, there)


def check_pages(database_url: str, acknowledged: dict[str, str]) -> None:
    """Assert that these pages are stored, and that every stored page is what mining it gives."""
    service = build_service(Settings(database_url=database_url), load_scorer=FakeScorer)
    try:
        listed, cursor = [], None
        while True:
            some = service.list_pages(PageFilter(), limit=100, cursor=cursor)
            listed += some.items
            cursor = some.next_cursor
            if cursor is None:
                break
        titles = [each.title for each in listed]
        assert len(set(titles)) == len(titles)
        by_id = {each.id: each.title for each in listed}
        assert {by_id[page_id] for page_id in acknowledged.values()} == {
            f"Fire {name}" for name in acknowledged
        }
        for each in listed:
            stored = mined_as_json(each.id, service.page(each.id))
            anew = mined_as_json(each.id, service.mine(sent(each.title)))
            assert stored | {"mined_at": None} == anew | {"mined_at": None}
            assert service.graph(each.id).nodes
    finally:
        service.close()


def sent(title: str):
    """Return the page of that title as it was sent."""
    return parse_page(
        json.dumps(page(title.removeprefix("Fire "))).encode(), content_type="application/json"
    )
