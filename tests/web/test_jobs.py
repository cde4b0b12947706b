"""Jobs over HTTP: archives sent or named, watched, cancelled and tried again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.errors import ModelUnusable
from tests.fakes import FakeScorer
from tests.web.samples import page

if TYPE_CHECKING:
    from app.config import Settings

ARCHIVE = "".join(json.dumps(page(title=f"Page {n}")) + "\n" for n in range(3)) + "{}}\n"


@pytest.fixture
def settings(settings, tmp_path) -> Settings:
    """Settings with a folder of archives in which there is one."""
    folder = tmp_path / "archives"
    folder.mkdir()
    (folder / "a.jsonl").write_text(ARCHIVE, encoding="utf-8")
    update = {"archives_folder": str(folder), "max_archive_bytes": 100_000}
    return settings.model_copy(update=update)


@pytest.mark.parametrize(
    "sent",
    [
        {"content": ARCHIVE, "headers": {"content-type": "application/x-ndjson"}},
        {"content": ARCHIVE},
        {"json": {"archive": "a.jsonl", "format": "jsonl"}},
    ],
)
def test_an_archive_becomes_a_job(client, sent):
    """Sent or named, it is answered with a job, and the job in the end with what came of it."""
    answer = client.post("/v1/jobs", **sent)
    client.app.state.parts.service.jobs.run_next()
    job = client.get(answer.headers["location"]).json()

    assert answer.status_code == 202
    assert answer.json()["state"] == "queued"
    assert job["state"] == "done"
    assert job["done"] == job["total"] > 0
    assert (job["result"]["pages"], job["result"]["failed"]) == (3, 1)
    assert job["result"]["failures"][0]["examples"][0]["position"] == "line 4"
    assert len(client.get("/v1/pages").json()["items"]) == 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b""}, 422),
        ({"content": b"x" * 100_001}, 413),
        ({"content": b"x", "params": {"format": "parquet"}}, 422),
        ({"json": {"archive": "../fingerpost.sqlite3"}}, 404),
        ({"json": {"archive": "none.jsonl"}}, 404),
        ({"json": {"archive": "a.jsonl", "webhook": "https://elsewhere.example"}}, 422),
        ({"json": ["a.jsonl"]}, 422),
    ],
)
def test_what_is_no_archive_is_refused(client, sent, status):
    """Nothing, too much, no known format, nothing in the folder, and addresses to call."""
    answer = client.post("/v1/jobs", **sent)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_job_can_be_cancelled(client):
    """It never runs; cancelling again changes nothing."""
    job = client.post("/v1/pages", params={"wait": False}, json=page()).json()

    answers = [client.post(f"/v1/jobs/{job['id']}/cancel") for _ in range(2)]

    assert [answer.json()["state"] for answer in answers] == ["cancelled"] * 2
    assert not client.app.state.parts.service.jobs.run_next()


def test_a_failed_job_can_be_tried_again(make_client):
    """With the model mended it is done; one that is done cannot be tried again."""

    def fail() -> None:
        raise ModelUnusable("expected weights, got none")

    with make_client(FakeScorer(on_call=fail)) as broken:
        job = broken.post("/v1/pages", params={"wait": False}, json=page()).json()
        broken.app.state.parts.service.jobs.run_next()
    with make_client() as client:
        failed = client.get(f"/v1/jobs/{job['id']}").json()
        again = client.post(f"/v1/jobs/{job['id']}/retry")
        client.app.state.parts.service.jobs.run_next()
        done = client.get(f"/v1/jobs/{job['id']}").json()
        refused = client.post(f"/v1/jobs/{job['id']}/retry")

    assert failed["problem"]["status"] == 503
    assert (again.status_code, again.json()["state"]) == (200, "queued")
    assert done["state"] == "done"
    assert refused.status_code == 409


@pytest.mark.parametrize("act", ["cancel", "retry"])
def test_unknown_jobs_are_not_found(client, act):
    """What is not there can be neither cancelled nor tried again."""
    assert client.post(f"/v1/jobs/jnone/{act}").status_code == 404
