"""What OpenAPI says of the Perspective API: of its fields those that are read here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.service.attributes import ATTRIBUTES
from app.web.integrations.describing import (
    ANY_OBJECT,
    OPTIONAL_TEXT,
    PROBABILITY,
    SAID,
    TEXT,
    WHOLE,
    a_list,
    an_object,
    described,
    in_json,
    ok,
)

if TYPE_CHECKING:
    from app.web.integrations.describing import Schema

_TEXT_TYPE = {"enum": ["PLAIN_TEXT", "HTML", "TEXT_TYPE_UNSPECIFIED", "", None]}
_SCORE_TYPE = {"enum": ["PROBABILITY", "SCORE_TYPE_UNSPECIFIED", "", None]}
_ENTRY = {
    "type": ["object", "null"],
    "properties": {"text": OPTIONAL_TEXT, "type": _TEXT_TYPE},
}
_COMMENT = an_object({"text": {"type": "string", "pattern": r"\S"}}, type=_TEXT_TYPE)
_SURROUNDINGS: dict[str, Schema] = {
    "context": {
        "type": ["object", "null"],
        "properties": {
            "entries": {"type": ["array", "null"], "items": {**_ENTRY, "type": "object"}},
            "articleAndParentComment": {
                "type": ["object", "null"],
                "properties": {"article": _ENTRY, "parentComment": _ENTRY},
            },
        },
        "description": "One of the two, or Coral's JSON with the address of a stored page.",
    },
    "languages": {"type": ["array", "null"], "items": TEXT},
    "clientToken": OPTIONAL_TEXT,
    "communityId": OPTIONAL_TEXT,
}


def _by_attribute(value: Schema) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"enum": list(ATTRIBUTES)},
        "additionalProperties": value,
    }


_SCORE = an_object({"value": PROBABILITY, "type": {"const": "PROBABILITY"}})
_SCORED = an_object(
    {
        "summaryScore": _SCORE,
        "spanScores": a_list(an_object({"begin": WHOLE, "end": WHOLE, "score": _SCORE})),
        "reasons": a_list(ANY_OBJECT),
    }
)
_EXAMPLE = {"value": 0.86, "type": "PROBABILITY"}

_ERROR = in_json(
    an_object({"error": an_object({"code": WHOLE, "message": TEXT, "status": TEXT})}),
    {
        "error": {
            "code": 400,
            "message": "Unknown requested attribute: TOXICITY",
            "status": "INVALID_ARGUMENT",
        }
    },
)

ANALYZE = described(
    "Score a comment as the Perspective API does",
    body=in_json(
        an_object(
            {
                "comment": _COMMENT,
                "requestedAttributes": _by_attribute(
                    an_object({}, scoreType=_SCORE_TYPE, scoreThreshold={"type": "number"})
                ),
            },
            **_SURROUNDINGS,
        ),
        {
            "comment": {"text": SAID},
            "requestedAttributes": {"ACCUSATION": {}},
            "languages": ["en"],
            "doNotStore": True,
        },
    ),
    answers=ok(
        "The scores of the attributes that were asked for.",
        in_json(
            an_object(
                {
                    "attributeScores": {"type": "object", "additionalProperties": _SCORED},
                    "languages": a_list(TEXT),
                    "detectedLanguages": a_list(TEXT),
                },
                clientToken=TEXT,
            ),
            {
                "attributeScores": {
                    "ACCUSATION": {
                        "summaryScore": _EXAMPLE,
                        "spanScores": [{"begin": 0, "end": 45, "score": _EXAMPLE}],
                        "reasons": [],
                    }
                },
                "languages": ["en"],
                "detectedLanguages": ["en"],
            },
        ),
    ),
    error=_ERROR,
)

SUGGEST = described(
    "Say what a comment should have scored, to be trained on",
    body=in_json(
        an_object(
            {
                "comment": _COMMENT,
                "attributeScores": _by_attribute(
                    an_object({"summaryScore": an_object({"value": PROBABILITY})})
                ),
            },
            **_SURROUNDINGS,
        ),
        {
            "comment": {"text": SAID},
            "attributeScores": {"ACCUSATION": {"summaryScore": {"value": 1}}},
            "languages": ["en"],
        },
    ),
    answers=ok(
        "The label is stored.",
        in_json(
            an_object(
                {"detectedLanguages": a_list(TEXT), "requestedLanguages": a_list(TEXT)},
                clientToken=TEXT,
            ),
            {"detectedLanguages": ["en"], "requestedLanguages": ["en"]},
        ),
    ),
    error=_ERROR,
)
