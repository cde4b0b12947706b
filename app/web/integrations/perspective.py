"""The Perspective API: `comments:analyze` and `comments:suggestscore`.

Nothing of a comment that is analyzed is stored or logged, whether `doNotStore` asks for it or not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import Response  # noqa: TC002  (read by FastAPI at run time)

from app.domain.feedback import Feedback
from app.domain.page import Span
from app.service.attributes import STANCES, value_of
from app.web.answers import json_answer
from app.web.integrations import reasons
from app.web.integrations.judging import judge, read_json
from app.web.integrations.perspective_description import ANALYZE, SUGGEST
from app.web.integrations.perspective_errors import phrase
from app.web.integrations.perspective_requests import read_analysis, read_suggestion
from app.web.integrations.protocol import route_in_form
from app.web.integrations.texts import Utf16
from app.web.parts import Parts, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.service.moderation import Judgement
    from app.web.integrations.perspective_requests import Analysis, Asked, Suggestion
    from app.web.integrations.reasons import Reason

_Parts = Annotated[Parts, Depends(parts_of)]


def perspective_routes() -> APIRouter:
    """Return the routes of the Perspective API."""
    router = APIRouter(tags=["integrations"], route_class=route_in_form(phrase))
    router.add_api_route("/v1alpha1/comments:analyze", analyze, methods=["POST"], **ANALYZE)
    router.add_api_route(
        "/v1alpha1/comments:suggestscore", suggest_score, methods=["POST"], **SUGGEST
    )
    return router


async def analyze(request: Request, parts: _Parts) -> Response:
    """Return the scores of the attributes that are asked for."""
    analysis = await read_json(request, parts, read_analysis)
    (judgement,) = await judge(request, parts, [analysis.asked.question], analysis.asked.place)
    return json_answer(await run_sync(_answer, analysis, judgement))


async def suggest_score(request: Request, parts: _Parts) -> Response:
    """Store the scores that a moderator finds right, to be trained on."""
    suggestion = await read_json(request, parts, read_suggestion)
    await run_sync(parts.service.feedback.add, _labels(suggestion))
    asked = suggestion.asked
    content: dict[str, object] = {
        "detectedLanguages": asked.detected,
        "requestedLanguages": asked.languages,
    }
    return json_answer(content | _token(asked))


def _answer(analysis: Analysis, judgement: Judgement) -> dict[str, object]:
    asked = analysis.asked
    text = asked.question.text
    units = Utf16(text)
    scores = {
        name: score
        for name, threshold in analysis.thresholds.items()
        if (score := _score(name, threshold, judgement, text, units)) is not None
    }
    return {
        "attributeScores": scores,
        "languages": asked.languages,
        "detectedLanguages": asked.detected,
    } | _token(asked)


def _score(
    name: str, threshold: float, judgement: Judgement, text: str, units: Utf16
) -> dict[str, object] | None:
    """Return the score of one attribute, or None where it is below what is wanted."""
    value, spans, why = _value(name, judgement, text, units)
    if value < threshold:
        return None
    begin = len(text) - len(text.lstrip())
    whole = Span(begin, max(begin, len(text.rstrip())))
    return {
        "spanScores": [
            {"begin": start, "end": end, "score": _probability(score)}
            for span, score in sorted(spans or [(whole, value)], key=lambda pair: pair[0])
            if score >= threshold
            for start, end in [units.span(span)]
        ],
        "summaryScore": _probability(value),
        "reasons": why,
    }


def _value(
    name: str, judgement: Judgement, text: str, units: Utf16
) -> tuple[float, Sequence[tuple[Span, float]], list[Reason]]:
    """Return an attribute's value, the spans that carry it, and why it is so."""
    value = value_of(name, judgement)
    if name in STANCES:
        return value, (), reasons.stances(judgement)
    if name == "CERTAINTY":
        why = [*reasons.claims(judgement, text, units.span), *reasons.stances(judgement)]
        return value, (), [row for row in why if row["certain"]]
    spans = _accusing_spans(judgement)
    why = reasons.accusations(judgement, text, units.span)
    if name == "ACCUSATION":
        return value, spans, why
    if value == 0.0:
        return 0.0, (), reasons.reasons_given(judgement, text, units.span)
    return value, spans, why


def _accusing_spans(judgement: Judgement) -> list[tuple[Span, float]]:
    """Return each span that accuses somebody, with the likeliest of its accusations."""
    best: dict[Span, float] = {}
    for row in judgement.accusations:
        best[row.evidence] = max(row.probability, best.get(row.evidence, 0.0))
    return list(best.items())


def _labels(suggestion: Suggestion) -> list[Feedback]:
    asked = suggestion.asked
    return [
        Feedback(
            text=asked.question.text,
            attribute=name,
            value=value,
            given_at=datetime.now(UTC),
            article=asked.question.article or None,
            parent=asked.question.parent,
            context=asked.entry,
            language=asked.detected[0][:35],
            community=asked.community,
            token=asked.token,
        )
        for name, value in suggestion.scores.items()
    ]


def _probability(value: float) -> dict[str, object]:
    return {"value": value, "type": "PROBABILITY"}


def _token(asked: Asked) -> dict[str, object]:
    return {} if asked.token is None else {"clientToken": asked.token}
