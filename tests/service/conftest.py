"""A service on a real database, with a scorer of word rules for its model."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from app.bootstrap import build_service
from app.config import Settings
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from tests.fakes import FakeScorer


@pytest.fixture
def database_url(request, tmp_path) -> str:
    """Return the URL of an empty database: an SQLite file, or a new schema where asked for one."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path}/fingerpost.sqlite3"
    url = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql")
    server = url.render_as_string(hide_password=False)
    schema = f"s{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {schema}")
    return f"{server}?options=-csearch_path%3D{schema}"


@pytest.fixture
def settings(database_url) -> Settings:
    """Settings of an empty database."""
    return Settings(database_url=database_url)


@pytest.fixture
def make_service(settings):
    """Return a maker of services on the same database, each as after a restart."""
    services = []

    def make(scorer: FakeScorer | None = None, **changes):
        service = build_service(
            settings.model_copy(update=changes),
            load_scorer=lambda: scorer or FakeScorer(),
        )
        services.append(service)
        return service

    engine = open_engine(settings.database_url)
    upgrade(engine)
    engine.dispose()

    yield make
    for service in services:
        service.close()


@pytest.fixture
def service(make_service):
    """Return a service on an empty, migrated database."""
    return make_service()
