"""The application on a real SQLite file, with a scorer of word rules for its model."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from app.bootstrap import build_service
from app.config import Settings
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from app.web.app import create_app
from tests.fakes import FakeScorer
from tests.web.silence import silent_logger

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    """Return an SQLite file with the schema and nothing in it, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def settings(tmp_path, migrated_file) -> Settings:
    """Settings of a service on an empty, migrated file."""
    file = shutil.copy(migrated_file, tmp_path / "fingerpost.sqlite3")
    url = f"sqlite:///{file}"
    return Settings(database_url=url, max_body_bytes=1_000_000, sync_comments=20, queue_limit=2)


@pytest.fixture
def make_client(settings):
    """Return a maker of clients, each of an application of its own on the same database."""
    services = []

    def make(scorer: FakeScorer | None = None, **options) -> TestClient:
        service = build_service(settings, load_scorer=lambda: scorer or FakeScorer())
        services.append(service)
        options = {"runs_jobs": False, "logger": silent_logger(), **options}
        app = create_app(service, settings, **options)
        return TestClient(app, base_url="http://127.0.0.1:8000")

    yield make
    for service in services:
        service.close()


@pytest.fixture
def client(make_client):
    """Return a client of a running application."""
    with make_client() as client:
        yield client
