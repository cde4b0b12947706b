"""Asks a service through the package `perspective`, a client of the Perspective API."""

import json
import sys
from urllib.error import HTTPError

from perspective import PerspectiveAPI

base, text, article = sys.argv[1:]
client = PerspectiveAPI("no key")
client.api_client.url = base + "/v1alpha1/{endpoint}"

found = {
    "score": client.score(text, tests=["ACCUSATION", "CERTAINTY"]),
    "analysis": client.analyze_comment(
        text,
        validate=False,
        requested_attributes={"ACCUSATION": {}, "SUPPORT": {}},
        span_annotations=True,
        languages=["en"],
        do_not_store=True,
        client_token="t1",  # noqa: S106 - an opaque word that is echoed
        context=[{"text": article, "type": "PLAIN_TEXT"}],
    ),
    "suggestion": client.suggest_score(
        text,
        {"ACCUSATION": {"summaryScore": {"value": 0.0}}},
        validate=False,
        client_token="t2",  # noqa: S106 - as above
    ),
}
try:
    client.score(text)
except HTTPError as error:
    found["toxicity"] = json.loads(error.read())
print(json.dumps(found))
