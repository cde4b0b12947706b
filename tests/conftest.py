"""Fixtures that several rooms' tests share: what may be absent, and is then skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


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
