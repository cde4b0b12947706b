"""A service on a real SQLite file, with a scorer of word rules for its model."""

from __future__ import annotations

import pytest

from app.bootstrap import build_service
from app.config import Settings
from tests.fakes import FakeScorer


@pytest.fixture
def settings(tmp_path) -> Settings:
    """Settings of an empty database in a file."""
    return Settings(database_url=f"sqlite:///{tmp_path}/fingerpost.sqlite3")


@pytest.fixture
def make_service(settings):
    """Return a maker of services on the same database, each as after a restart."""
    services = []

    def make(scorer: FakeScorer | None = None, **changes):
        service = build_service(
            settings.model_copy(update=changes),
            load_scorer=lambda: scorer or FakeScorer(),
            migrate=True,
        )
        services.append(service)
        return service

    yield make
    for service in services:
        service.close()


@pytest.fixture
def service(make_service):
    """Return a service on an empty, migrated database."""
    return make_service()
