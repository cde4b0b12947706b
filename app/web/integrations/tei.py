"""Text classification as text-embeddings-inference and its clients speak it: `POST /predict`.

The labels are three and their scores sum to 1: an accusation with a reason, one without, none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import Response  # noqa: TC002  (as above)

from app.errors import FingerpostError, InvalidRequest
from app.service.moderation import Question
from app.web.answers import json_answer
from app.web.integrations.descriptions import PREDICT
from app.web.integrations.judging import MOST_INPUTS, judge, read_json
from app.web.integrations.protocol import route_in_form
from app.web.integrations.texts import as_text
from app.web.parts import Parts, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.service.moderation import Judgement

_KINDS = {401: "unauthorized", 403: "unauthorized", 413: "validation", 429: "overloaded"}
_OWN_FAULT = 500


def tei_routes() -> APIRouter:
    """Return the route POST /predict."""
    router = APIRouter(tags=["integrations"], route_class=route_in_form(phrase))
    router.add_api_route("/predict", predict, methods=["POST"], **PREDICT)
    return router


async def predict(request: Request, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Return the labels of one text, or a list of them for a list of texts, the likeliest first."""
    texts, is_batch = await read_json(request, parts, _read_inputs)
    judged = await judge(request, parts, [Question(text) for text in texts])
    found = [_labels(judgement) for judgement in judged]
    return json_answer(found if is_batch else found[0])


def phrase(error: FingerpostError, status: int) -> Response:
    """Return the error as text-embeddings-inference words it."""
    kind = "backend" if status >= _OWN_FAULT else _KINDS.get(status, "validation")
    return json_answer({"error": str(error), "error_type": kind}, status=status)


def _labels(judgement: Judgement) -> list[dict[str, object]]:
    scores = {
        "reasoned_accusation": judgement.accusation - judgement.unsupported,
        "unsupported_accusation": judgement.unsupported,
        "no_accusation": 1 - judgement.accusation,
    }
    ordered = sorted(scores.items(), key=lambda pair: -pair[1])
    return [{"label": label, "score": score} for label, score in ordered]


def _read_inputs(body: Mapping[str, object]) -> tuple[list[str], bool]:
    given = body.get("inputs")
    if isinstance(given, str):
        return [_checked(given)], False
    if not isinstance(given, list) or not given:
        raise InvalidRequest("expected inputs to be a text or a list of texts that is not empty")
    if len(given) > MOST_INPUTS:
        raise InvalidRequest(f"expected at most {MOST_INPUTS} inputs, got {len(given)}")
    return [_checked(each) for each in given], True


def _checked(text: object) -> str:
    # A text may come in a list of its own: the texts of a pair do, and a pair is not asked here.
    if isinstance(text, list) and len(text) == 1:
        text = text[0]
    if not isinstance(text, str):
        raise InvalidRequest("expected each of the inputs to be a text, got another kind")
    return as_text(text)
