"""Retention: what is too old goes with all that was made of it, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.feedback import Feedback
from app.domain.listing import AttributionFilter, PageFilter
from app.service import Service
from app.service.retention import Pruned
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from tests.fakes import FakeScorer
from tests.service.pages import body, page

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def at(settings):
    """Return a maker of services on one database, each so many days before now."""
    services = []

    def make(days: float, **changes) -> Service:
        engine = open_engine(settings.database_url)
        upgrade(engine)
        service = Service(
            settings=settings.model_copy(update=changes),
            engine=engine,
            load_scorer=FakeScorer,
            now=lambda: NOW - timedelta(days=days),
        )
        services.append(service)
        return service

    yield make
    for service in services:
        service.close()


def titles(service) -> list[str]:
    """Return the titles of the stored pages, the latest first."""
    return [each.title for each in service.list_pages(PageFilter()).items]


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_what_is_too_old_goes_and_the_rest_stays(at):
    """Pages and feedback beyond the age are gone with their claims; younger ones are untouched."""
    at(91).add_page(page(title="old"))
    at(89).add_page(page(title="young"))
    for days in (91, 89):
        label = Feedback("Zap.", "DENY", 1.0, NOW - timedelta(days=days))
        at(days).feedback.add([label])
    service = at(0)
    age = timedelta(days=90)

    assert service.retention.count(age) == Pruned(pages=1, labels=1)
    assert service.retention.prune(age) == Pruned(pages=1, labels=1)

    assert titles(service) == ["young"]
    claims = service.list_attributions(AttributionFilter()).items
    assert {claim.page_title for claim in claims} == {"young"}
    assert len(list(service.feedback.all())) == 1
    assert service.retention.prune(age) == Pruned(pages=0, labels=0)


def test_a_page_that_lives_on_is_not_old(at):
    """A page counts from its last change: comments that came later keep it."""
    added = at(91).add_page(page(title="old"))
    at(1).comments.add(added.id, body({"text": "Who did it?"}))

    assert at(0).retention.prune(timedelta(days=90)).pages == 0


def test_a_service_removes_what_it_keeps_no_longer(at):
    """With `retention_days` it does so by itself, now and then; without it never."""
    at(8).add_page(page(title="old"))

    assert at(0).retention.prune_when_due() is None
    keeping = at(0, retention_days=7).retention
    assert keeping.prune_when_due() == Pruned(pages=1, labels=0)
    assert keeping.prune_when_due() is None


def test_an_age_beyond_all_years_removes_nothing(at):
    """No number of days is too large to be asked for."""
    at(1).add_page(page())

    assert at(0).retention.prune(timedelta(days=999_999)).pages == 0
