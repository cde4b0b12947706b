"""Where a comment stands, as Coral says it in the context of a request to the Perspective API."""

from __future__ import annotations

import json

from app.service.moderation import Place


def place_of(entry: str | None) -> Place | None:
    """Return the story that Coral names: its entry is JSON with an address and comments' ids."""
    if entry is None or not entry.lstrip().startswith("{"):
        return None
    try:
        named = json.loads(entry)
    except (ValueError, RecursionError):
        return None
    url, parent = named.get("url"), named.get("reply_to_id_Coral_comment_id")
    if not isinstance(url, str) or not url:
        return None
    return Place(url, parent if isinstance(parent, str) else None)
