"""Answers in JSON, written once: UTF-8, no escapes for letters, never a number that is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping


def json_answer(
    content: object,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """Return the content as a JSON response."""
    return Response(
        _encode(content),
        status_code=status,
        headers=dict(headers) if headers else None,
        media_type=media_type,
    )


def _encode(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can only hold it escaped
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()
