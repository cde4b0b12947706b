"""What OpenAPI says of keys: where they come, which routes need one, and how they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.errors import Busy, KeyRefused, NotAllowed
from app.web.api.describe import problem_responses
from app.web.gate import KEY_IN_QUERY, OPEN, needs_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.config import Settings

_SCHEMES: dict[str, dict[str, str]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-KEY"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
}


def describe_keys(document: dict[str, Any], settings: Settings) -> None:
    """Add to an OpenAPI document how each operation takes a key, as these settings have it."""
    document.setdefault("components", {})["securitySchemes"] = _SCHEMES
    for path, operation in _operations(document):
        if path in OPEN:
            continue
        names = ["bearer", "header", *(["query"] if path in KEY_IN_QUERY else [])]
        security: list[dict[str, list[str]]] = [{name: []} for name in names]
        operation["security"] = security if needs_keys(settings) else [{}, *security]
        if "4XX" not in operation["responses"]:  # which has them in another product's form
            for status, entry in problem_responses(KeyRefused, NotAllowed, Busy).items():
                operation["responses"].setdefault(str(status), entry)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, verbs in document["paths"].items():
        for operation in verbs.values():
            yield path, operation
