"""A logger that says nothing, for the applications of tests."""

from __future__ import annotations

from typing import Any

import structlog


def silent_logger() -> Any:
    """Return a logger that drops all that it is given."""
    return structlog.wrap_logger(None, [_drop])


def _drop(*_: object) -> None:
    raise structlog.DropEvent
