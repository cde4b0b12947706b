"""Fixtures that several rooms' tests share: what may be absent, and is then skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Machines may be busy: how long an example takes says nothing about what is tested.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared samples beside the checkout, or skip."""
    given = os.environ.get("FINGERPOST_SHARED")
    folder = Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "contract.md").is_file():
        pytest.skip(f"needs the shared samples, not there: {folder}")
    return folder


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Return the URL of an empty PostgreSQL database that tests may fill, or skip."""
    url = os.environ.get("FINGERPOST_TEST_POSTGRES_URL")
    if not url:
        pytest.skip("needs PostgreSQL: FINGERPOST_TEST_POSTGRES_URL is not set")
    return url
