"""Coral's external moderation phase: a signed comment in, a flag or no opinion out.

Coral sends ids only; article and parent are known where the story is a page of the store, or where
Coral itself has told of them by now.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import Response

from app.errors import KeyRefused
from app.exchange.fields import as_object, as_optional_text, as_text, load_json
from app.service.cautions import READ
from app.service.moderation import Place, Question
from app.web.answers import json_answer
from app.web.body import read_body
from app.web.integrations.descriptions import CORAL
from app.web.integrations.judging import judge
from app.web.integrations.language import find_language
from app.web.integrations.texts import as_text as without_markup
from app.web.parts import Parts, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNATURE = "x-coral-signature"
_METHOD = "sha256="
_MOST_SIGNATURES = 8
"""Coral signs with each secret in use: two while one is rotated."""

_FLAG = {"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}
"""Of the two reasons that Coral knows the nearer one; the other is spam."""


def coral_routes() -> APIRouter:
    """Return the route POST /integrations/coral."""
    router = APIRouter(tags=["integrations"])
    router.add_api_route("/integrations/coral", moderate, methods=["POST"], **CORAL)
    return router


async def moderate(request: Request, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Flag a comment that accuses somebody, or hold it where the operator chose so."""
    data = await read_body(request, limit=parts.settings.max_body_bytes)
    _check_signature(data, request.headers.get(_SIGNATURE, ""), _secrets_of(parts))
    text, place = await run_sync(_read, data)
    if find_language(text) != READ:
        return Response(status_code=204)
    (judgement,) = await judge(request, parts, [Question(text)], place)
    if judgement.accusation < parts.settings.flag_threshold:
        return Response(status_code=204)
    answer: dict[str, object] = {"actions": [_FLAG]}
    if parts.settings.coral_action == "premod":
        answer["status"] = "PREMOD"
    return json_answer(answer)


def is_signed(body: bytes, signatures: str, secrets: Sequence[str]) -> bool:
    """Return whether any of the signatures was made of those very bytes with any of the secrets."""
    given = [
        each.strip().removeprefix(_METHOD).encode()
        for each in signatures.split(",", _MOST_SIGNATURES)[:_MOST_SIGNATURES]
        if each.strip().startswith(_METHOD)
    ]
    made = [hmac.new(secret.encode(), body, "sha256").hexdigest().encode() for secret in secrets]
    # Every pair is compared, each in a time that tells nothing.
    matches = [hmac.compare_digest(one, other) for one in given for other in made]
    return any(matches)


def _check_signature(body: bytes, signatures: str, secrets: Sequence[str]) -> None:
    if not secrets:
        raise KeyRefused("expected FINGERPOST_CORAL_SECRET to be set first", given=False)
    if not is_signed(body, signatures, secrets):
        got = "one that does not fit" if signatures else "none"
        raise KeyRefused(f"expected Coral's signature of this body, got {got}", given=True)


def _secrets_of(parts: Parts) -> list[str]:
    held = parts.settings.coral_secret
    listed = held.get_secret_value().split(",") if held is not None else []
    return [secret.strip() for secret in listed if secret.strip()]


def _read(data: bytes) -> tuple[str, Place | None]:
    """Return the comment's text without markup, and where it stands.

    Raises:
        UnreadablePage: the body is not one of Coral's.
    """
    body = as_object(load_json(data), "body")
    comment = as_object(body.get("comment"), "comment")
    story = as_object(body.get("story") or {}, "story")
    text = without_markup(as_text(comment.get("body") or "", "comment.body"), is_html=True)
    parent = as_optional_text(comment.get("parentID"), "comment.parentID")
    url = as_optional_text(story.get("url"), "story.url")
    return text, Place(url, parent) if url else None
