"""Promises about how settings become a service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import bootstrap
from app.config import Settings

if TYPE_CHECKING:
    from app.service.turns import Turns


@pytest.fixture
def turns_of(monkeypatch):
    """Return a function that gives the turns of a service with so many threads on eight cores."""
    taken: list[Turns] = []

    def build(threads: int | None) -> Turns:
        monkeypatch.setattr(bootstrap, "count_cores", lambda: 8)
        monkeypatch.setattr(bootstrap, "Service", lambda *, turns, **_: taken.append(turns))
        bootstrap.build_service(Settings(threads=threads, database_url="sqlite://"))
        return taken[-1]

    return build


@pytest.mark.parametrize(("threads", "most"), [(None, 4), (1, 1), (3, 3), (16, 4)])
def test_no_more_batches_run_at_once_than_threads_are_allowed(turns_of, threads, most):
    """A process that is told to use one core uses one, however many pages it mines at a time."""
    assert turns_of(threads).at_once == most
