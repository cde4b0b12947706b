"""OpenAI's moderations: `POST /v1/moderations`, one text or many, in categories of our own.

OpenAI's categories (harassment, violence …) are not judged here and so are not in the answer.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import Response  # noqa: TC002  (as above)

from app.errors import Busy, FingerpostError, InvalidRequest
from app.service.moderation import Question
from app.web.answers import json_answer
from app.web.integrations import reasons
from app.web.integrations.descriptions import MODERATIONS
from app.web.integrations.judging import MOST_INPUTS, judge, read_json
from app.web.integrations.protocol import route_in_form
from app.web.integrations.texts import as_text
from app.web.parts import Parts, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.page import Span
    from app.service.moderation import Judgement

_KINDS = {401: "invalid_request_error", 403: "invalid_request_error", 429: "rate_limit_error"}
_CODES = {401: "invalid_api_key", 403: "insufficient_permissions", 429: "rate_limit_exceeded"}
_OWN_FAULT = 500


def openai_routes() -> APIRouter:
    """Return the route POST /v1/moderations."""
    router = APIRouter(tags=["integrations"], route_class=route_in_form(phrase))
    router.add_api_route("/v1/moderations", moderate, methods=["POST"], **MODERATIONS)
    return router


async def moderate(request: Request, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Return one result a text: flagged where it accuses somebody, with the categories' scores."""
    texts = await read_json(request, parts, _read_texts)
    judged = await judge(request, parts, [Question(text) for text in texts])
    threshold = parts.settings.flag_threshold
    model = judged[0].model
    return json_answer(
        {
            "id": f"modr-{secrets.token_hex(12)}",
            "model": f"{model.name}-{model.revision}",
            "results": [
                _result(text, judgement, threshold)
                for text, judgement in zip(texts, judged, strict=True)
            ],
        }
    )


def phrase(error: FingerpostError, status: int) -> Response:
    """Return the error as OpenAI's interface words it."""
    kind = "server_error" if status >= _OWN_FAULT else _KINDS.get(status, "invalid_request_error")
    if isinstance(error, InvalidRequest):
        status = 400  # OpenAI's for whatever is wrong with the body
    return json_answer(
        {
            "error": {
                "message": str(error),
                "type": "rate_limit_error" if isinstance(error, Busy) else kind,
                "param": "input" if isinstance(error, InvalidRequest) else None,
                "code": _CODES.get(status),
            }
        },
        status=status,
    )


def _result(text: str, judgement: Judgement, threshold: float) -> dict[str, object]:
    scores = {
        "accusation": judgement.accusation,
        "accusation/unsupported": judgement.unsupported,
    }
    return {
        "flagged": judgement.accusation >= threshold,
        "categories": {name: score >= threshold for name, score in scores.items()},
        "category_scores": scores,
        "category_applied_input_types": {name: ["text"] for name in scores},
        "reasons": [
            *reasons.accusations(judgement, text, _code_points),
            *reasons.reasons_given(judgement, text, _code_points),
        ],
    }


def _code_points(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _read_texts(body: Mapping[str, object]) -> list[str]:
    given = body.get("input")
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list) or not given:
        raise InvalidRequest("expected input to be a text or a list of texts that is not empty")
    if len(given) > MOST_INPUTS:
        raise InvalidRequest(f"expected at most {MOST_INPUTS} inputs, got {len(given)}")
    if all(isinstance(each, str) for each in given):
        return [as_text(each) for each in given]
    # A list of parts is one input of several kinds, and gets one result.
    return ["\n\n".join(as_text(_text_of(part, at)) for at, part in enumerate(given))]


def _text_of(part: object, at: int) -> str:
    text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
    if not isinstance(text, str):
        raise InvalidRequest(
            f'expected input[{at}] to be a text or {{"type": "text", "text": …}}, got another kind'
        )
    return text
