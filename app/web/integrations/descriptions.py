"""What OpenAPI says of the routes for OpenAI's packages, text-embeddings-inference, Coral, oAMF."""

from __future__ import annotations

from app.errors import (
    Busy,
    KeyRefused,
    ModelUnusable,
    PageTooLarge,
    UnreadablePage,
)
from app.web.api.describe import problem_responses
from app.web.integrations.describing import (
    ANY_OBJECT,
    OPTIONAL_TEXT,
    PROBABILITY,
    SAID,
    TEXT,
    a_list,
    an_object,
    described,
    in_json,
    ok,
)
from app.web.integrations.judging import MOST_INPUTS

_PART = an_object({"type": {"const": "text"}, "text": TEXT})
_LONG = {"minItems": 1, "maxItems": MOST_INPUTS}
_TEXTS = a_list(TEXT, **_LONG)

MODERATIONS = described(
    "Judge texts as OpenAI's moderations do",
    body=in_json(
        an_object({"input": {"anyOf": [TEXT, _TEXTS, a_list(_PART, **_LONG)]}}),
        {"input": [SAID]},
    ),
    answers=ok(
        "One result a text.",
        in_json(
            an_object(
                {
                    "id": TEXT,
                    "model": TEXT,
                    "results": a_list(
                        an_object(
                            {
                                "flagged": {"type": "boolean"},
                                "categories": ANY_OBJECT,
                                "category_scores": {
                                    "type": "object",
                                    "additionalProperties": PROBABILITY,
                                },
                            }
                        )
                    ),
                }
            ),
            {
                "id": "modr-0d6f2ae1",
                "model": "small-3f9c1a7e52d8",
                "results": [
                    {
                        "flagged": True,
                        "categories": {"accusation": True, "accusation/unsupported": True},
                        "category_scores": {"accusation": 0.86, "accusation/unsupported": 0.86},
                    }
                ],
            },
        ),
    ),
    error=in_json(
        an_object({"error": an_object({"message": TEXT, "type": TEXT})}),
        {"error": {"message": "expected input to be a text", "type": "invalid_request_error"}},
    ),
)

_SINGLE = a_list(TEXT, minItems=1, maxItems=1)
_LABELS = a_list(an_object({"label": TEXT, "score": PROBABILITY}))

PREDICT = described(
    "Classify texts as text-embeddings-inference does",
    body=in_json(
        an_object(
            {
                "inputs": {
                    "anyOf": [TEXT, a_list({"anyOf": [TEXT, _SINGLE]}, **_LONG)],
                }
            }
        ),
        {"inputs": SAID},
    ),
    answers=ok(
        "The labels of one text, the likeliest first, or a list of them for a list of texts.",
        in_json(
            {"anyOf": [_LABELS, a_list(_LABELS)]},
            [
                {"label": "unsupported_accusation", "score": 0.86},
                {"label": "no_accusation", "score": 0.14},
                {"label": "reasoned_accusation", "score": 0.0},
            ],
        ),
    ),
    error=in_json(
        an_object({"error": TEXT, "error_type": TEXT}),
        {"error": "expected inputs to be a text", "error_type": "validation"},
    ),
)

CORAL = described(
    "Judge a comment for Coral's external moderation phase, which signs what it sends",
    body=in_json(
        an_object(
            {"comment": an_object({}, body=OPTIONAL_TEXT, parentID=OPTIONAL_TEXT)},
            story={"type": ["object", "null"], "properties": {"url": OPTIONAL_TEXT}},
        ),
        {
            "action": "NEW",
            "comment": {"body": f"<p>{SAID}</p>", "parentID": None},
            "story": {"id": "s1", "url": "https://news.example/depot-fire"},
        },
    ),
    answers={
        **ok(
            "It accuses somebody: a flag, and a hold where the operator chose so.",
            in_json(
                an_object({"actions": a_list(ANY_OBJECT)}, status={"const": "PREMOD"}),
                {"actions": [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}]},
            ),
        ),
        204: {"description": "No opinion."},
        **problem_responses(KeyRefused, UnreadablePage, PageTooLarge, Busy, ModelUnusable),
    },
)

_XAIF = an_object({"AIF": ANY_OBJECT})
_XAIF_EXAMPLE = {
    "AIF": {
        "nodes": [{"nodeID": "1", "text": SAID, "type": "L"}],
        "edges": [],
        "locutions": [{"nodeID": "1", "personID": "1"}],
    },
    "text": SAID,
}
OAMF = described(
    "Add stances to a dialogue in xAIF, as a module of oAMF",
    body={
        "multipart/form-data": {
            "schema": an_object({"file": {"type": "string", "format": "binary"}})
        }
    },
    answers={
        **ok("The same with stances.", in_json(_XAIF, _XAIF_EXAMPLE)),
        **problem_responses(UnreadablePage, PageTooLarge, Busy, ModelUnusable),
    },
)
