"""Health, readiness, metrics and jobs."""

from __future__ import annotations

import time

from starlette.testclient import TestClient

from app.bootstrap import build_service
from app.config import Settings
from app.errors import ModelUnusable
from app.web.app import create_app
from tests.fakes import FakeScorer
from tests.web.samples import page


def test_health_says_that_the_process_is_up(client):
    """Health needs neither model nor database."""
    assert client.get("/health").json() == {"status": "up"}


def test_the_index_leads_on(client):
    """Every link of the index is answered."""
    links = client.get("/v1").json()["links"]

    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_ready_names_the_model(client):
    """Ready is answered when model and database are there."""
    answer = client.get("/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "model": {"name": "fake", "revision": "1"}}


def test_without_its_schema_it_is_not_ready(tmp_path):
    """A database that was never migrated is a 503 that says what to do, and health stays up."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/empty.sqlite3")
    service = build_service(settings, load_scorer=FakeScorer)
    app = create_app(service, settings, runs_jobs=False)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get("/ready")
        health = client.get("/health")
        pages = client.get("/v1/pages")
    service.close()

    assert answer.status_code == 503
    assert "fingerpost db upgrade" in answer.json()["detail"]
    assert health.status_code == 200
    assert pages.status_code == 503


def test_without_its_model_it_is_not_ready(settings):
    """A model that cannot be loaded is a 503, for readiness and for mining alike."""

    def load():
        raise ModelUnusable("expected weights, found none")

    service = build_service(settings, load_scorer=load)
    app = create_app(service, settings, runs_jobs=False)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answers = [client.get("/ready"), client.post("/v1/pages", json=page())]
    service.close()

    assert [answer.status_code for answer in answers] == [503, 503]
    assert answers[0].json()["detail"] == "expected weights, found none"


def test_metrics_count_by_route_and_never_by_path(client):
    """Counts stand under a route's template; unknown paths and methods share one label each."""
    location = client.post("/v1/pages", json=page()).headers["location"]
    client.post(f"{location}/comments", json={"comments": [{"text": "Who says so?"}]})
    client.get("/v1/pages/secret-one")
    client.get("/secret-two")
    client.request("SECRET-THREE", "/health")

    text = client.get("/metrics").text

    assert 'fingerpost_requests_total{method="POST",route="/v1/pages",status="201"} 1.0' in text
    assert 'route="/v1/pages/{page_id}",status="404"' in text
    assert 'method="GET",route="unmatched",status="404"' in text
    assert 'method="OTHER"' in text
    assert "fingerpost_comments_scored_total 4.0" in text
    assert 'fingerpost_model_info{name="fake",revision="1"} 1.0' in text
    assert "secret" not in text.lower()
    assert 'fingerpost_queue_requests{state="waiting"} 0.0' in text


def test_each_application_counts_for_itself(make_client):
    """Two applications in one process share no counts."""
    with make_client() as one, make_client() as other:
        one.get("/health")
        assert 'route="/health"' in one.get("/metrics").text
        assert 'route="/health"' not in other.get("/metrics").text


def test_a_job_is_run_while_the_application_serves(make_client):
    """A page sent without waiting is mined in the background, and the job leads to it."""
    with make_client(runs_jobs=True) as client:
        location = client.post("/v1/pages?wait=false", json=page()).headers["location"]
        for _ in range(400):
            job = client.get(location).json()
            if job["state"] in {"done", "failed"}:
                break
            time.sleep(0.02)

        assert job["state"] == "done"
        assert job["done"] == job["total"] == 3
        assert client.get(f"/v1/pages/{job['result']}").json()["title"] == page()["title"]


def test_a_job_that_fails_says_why(make_client):
    """A failed job holds the problem that the same request would have been answered with."""

    def fail():
        raise ModelUnusable("expected weights, found none")

    with make_client(FakeScorer(on_call=fail), runs_jobs=True) as client:
        location = client.post("/v1/pages?wait=false", json=page()).headers["location"]
        for _ in range(400):
            job = client.get(location).json()
            if job["state"] in {"done", "failed"}:
                break
            time.sleep(0.02)

    assert job["state"] == "failed"
    assert job["problem"]["status"] == 503
    assert job["problem"]["detail"] == "expected weights, found none"
    assert "result" not in job
