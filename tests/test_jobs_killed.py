"""Services killed in the middle of their jobs: others, or the next start, come to the same end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from app.bootstrap import build_service
from app.config import Settings
from app.domain.listing import PageFilter
from app.exchange.contract import mined_as_json
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from tests.fakes import FakeScorer

ROOT = Path(__file__).resolve().parents[1]
PAGES = 24
PATIENCE_S = 90
SERVE = (
    "import time; from app.cli.entry import make_command; from tests.fakes import FakeScorer;"
    "make_command()(['serve', '--port', '0'],"
    " obj=lambda: FakeScorer(on_call=lambda: time.sleep(0.01)))"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    """Return the URL of a migrated database: an SQLite file, or a new schema on the server."""
    url = f"sqlite:///{tmp_path}/jobs.sqlite3"
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql")
        given = server.render_as_string(hide_password=False)
        schema = f"s{uuid4().hex}"
        with psycopg.connect(given, autocommit=True) as admin:
            admin.execute(f"CREATE SCHEMA {schema}")
        url = f"{given}?options=-csearch_path%3D{schema}"
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def serve(database_url, tmp_path):
    """Return a function that starts a service on the database and returns it with its address."""
    started = []

    def start() -> tuple[subprocess.Popen[bytes], str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("FINGERPOST_")
        }
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", SERVE],
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment
            | {
                "PYTHONPATH": str(ROOT),
                "FINGERPOST_DATABASE_URL": database_url,
                "FINGERPOST_JOB_LEASE_S": "2",
            },
        )
        started.append(process)
        lines = map(json.loads, process.stderr)
        return process, next(line["url"] for line in lines if line["event"] == "listening")

    yield start
    for process in started:
        process.kill()
        process.stderr.close()
        process.wait()


def archive() -> bytes:
    """Return an archive of pages of two comments, with a bad line among them."""
    rows = [
        json.dumps(
            {
                "title": f"Fire {number}",
                "article": "Eleven buses burned.",
                "comments": [{"text": f"Veltra Transit did number {number}."}, {"text": "Why?"}],
            }
        )
        for number in range(PAGES)
    ]
    return "\n".join([*rows[:5], "no page", *rows[5:]]).encode()


def test_jobs_outlive_services(serve, database_url, tmp_path):
    """Two services on one database die in the middle of a job, a third one ends it undisturbed."""
    with ThreadPoolExecutor() as threads:
        (first, url), (other, other_url) = threads.map(lambda _: serve(), range(2))
    job = call(f"{url}/v1/jobs", archive())["id"]
    wait(url, job, lambda seen: seen["done"] >= 6)
    first.kill()
    half = wait(other_url, job, lambda seen: seen["done"] >= PAGES)
    other.kill()
    _, last_url = serve()
    done = wait(last_url, job, lambda seen: seen["state"] not in {"queued", "running"})

    alone = f"sqlite:///{tmp_path}/alone.sqlite3"
    service = build_service(Settings(database_url=alone), load_scorer=FakeScorer, migrate=True)
    expected = service.archives.submit_upload(BytesIO(archive()), None)
    service.jobs.run_next()
    tally = service.jobs.load(expected.id).tally
    service.close()
    assert half["state"] == "running"
    assert (done["state"], done["done"], done["total"]) == ("done", 2 * PAGES, 2 * PAGES)
    assert (done["result"]["pages"], done["result"]["failed"]) == (tally.pages, tally.failed)
    assert stored(database_url) == stored(alone)


def call(url: str, body: bytes | None = None) -> dict:
    """Return what the service answers."""
    request = urllib.request.Request(  # noqa: S310 - our own service
        url, data=body, headers={"content-type": "application/octet-stream"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own service
        return json.load(answer)


def wait(url: str, job_id: str, is_reached) -> dict:
    """Return the job as it stands when that is reached."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        seen = call(f"{url}/v1/jobs/{job_id}")
        if is_reached(seen):
            return seen
        time.sleep(0.02)
    raise AssertionError(f"job is still {seen}")


def stored(url: str) -> list[dict]:
    """Return all pages of a database in the order in which they came, but for ids and times."""
    service = build_service(Settings(database_url=url), load_scorer=FakeScorer)
    listed = service.list_pages(PageFilter(), limit=100).items[::-1]
    pages = [mined_as_json(None, service.page(each.id)) for each in listed]
    service.close()
    return [{**page, "mined_at": None} for page in pages]
