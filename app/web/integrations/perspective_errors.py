"""Errors as the Perspective API words them: Google's error object with an error type of its own.

Clients branch on `errorType`, some on the message: both are Perspective's own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import FingerpostError, InvalidRequest, KeyRefused, PageTooLarge
from app.web.answers import json_answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response

_DETAIL = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"

_STATUS_WORDS: Mapping[int, str] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}
"""The statuses of google.rpc.Code that the table of our errors leads to."""


class PerspectiveRefusal(InvalidRequest):
    """A request that the Perspective API refuses, for a reason that it has a word for."""

    def __init__(
        self, message: str, *, error_type: str = "INVALID_REQUEST", **more: object
    ) -> None:
        super().__init__(message)
        self.detail: dict[str, object] = {"@type": _DETAIL, "errorType": error_type, **more}


def too_long() -> PerspectiveRefusal:
    """Return the refusal of a comment, or a body, beyond its limit."""
    return PerspectiveRefusal("Comment text too long.", error_type="COMMENT_TOO_LONG")


def empty() -> PerspectiveRefusal:
    """Return the refusal of a comment without text."""
    return PerspectiveRefusal("Comment must be non-empty.", error_type="COMMENT_EMPTY")


def nothing_requested() -> PerspectiveRefusal:
    """Return the refusal of a request without attributes."""
    return PerspectiveRefusal("Missing requested_attributes", error_type="NO_REQUESTED_ATTRIBUTES")


def unknown_attribute(name: str) -> PerspectiveRefusal:
    """Return the refusal of an attribute that is not served here."""
    return PerspectiveRefusal(f"Unknown requested attribute: {name[:100]}")


def language_not_supported(attribute: str, languages: Sequence[str]) -> PerspectiveRefusal:
    """Return the refusal of an attribute for languages that it does not read."""
    shown = [language[:35] for language in languages[:20]]
    return PerspectiveRefusal(
        f"Attribute {attribute} does not support request languages: {', '.join(shown)}",
        error_type="LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        languageNotSupportedByAttributeError={"detectedLanguages": shown, "attribute": attribute},
    )


def language_unknown() -> PerspectiveRefusal:
    """Return the refusal of a text of which nobody can tell the language."""
    return PerspectiveRefusal("Unable to detect language", error_type="LANGUAGE_DETECTION_FAILED")


def _no_key(error: KeyRefused) -> Response:
    """Return what Google's gate says before Perspective hears of a request."""
    if not error.given:
        message = (
            "Method doesn't allow unregistered callers (callers without established identity). "
            "Please use API Key or other form of API consumer identity to call this API."
        )
        content = {"code": 403, "message": message, "status": "PERMISSION_DENIED"}
        return json_answer({"error": content}, status=403)
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
    }
    message = "API key not valid. Please pass a valid API key."
    content = {"code": 400, "message": message, "status": "INVALID_ARGUMENT", "details": [detail]}
    return json_answer({"error": content}, status=400)


def phrase(error: FingerpostError, status: int) -> Response:
    """Return the error as the Perspective API answers it; what the caller can mend is a 400."""
    if isinstance(error, PageTooLarge):
        error = too_long()
    if isinstance(error, KeyRefused):
        return _no_key(error)
    details: list[Mapping[str, object]] = []
    if isinstance(error, PerspectiveRefusal):
        details = [error.detail]
    elif status not in _STATUS_WORDS or status == 400:  # noqa: PLR2004 - HTTP's own number
        details = [PerspectiveRefusal("").detail]
    code = status if status in _STATUS_WORDS else 400
    content: dict[str, object] = {
        "code": code,
        "message": str(error),
        "status": _STATUS_WORDS[code],
    }
    if details:
        content["details"] = details
    return json_answer({"error": content}, status=code)
