"""Reads requests of the Perspective API; what is wrong with one is said as Perspective says it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.service.attributes import ATTRIBUTES
from app.service.moderation import Question
from app.service.places import place_of
from app.web.integrations.language import find_language, is_read
from app.web.integrations.perspective_errors import (
    PerspectiveRefusal,
    empty,
    language_not_supported,
    language_unknown,
    nothing_requested,
    too_long,
    unknown_attribute,
)
from app.web.integrations.texts import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.service.moderation import Place

_MOST_BYTES = 20_480
"""Of a comment in UTF-8: Perspective's own limit, which clients cut their texts to."""

_MOST_BITS = 64
"""Of a whole number: longer ones are no score, and some are too long for a float."""

_SCORE_TYPES = frozenset({None, "", "PROBABILITY", "SCORE_TYPE_UNSPECIFIED"})
_PLAIN = frozenset({None, "", "PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED"})
_MOST_CONTEXT_CHARS = 1_000_000
"""Of a context: Perspective's own limit of a megabyte."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What both methods are asked about: a comment, its surroundings, and the client's words."""

    question: Question
    place: Place | None
    entry: str | None
    languages: tuple[str, ...]
    detected: tuple[str, ...]
    community: str | None
    token: str | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A request to score; thresholds are below which a score is not wanted, by attribute."""

    asked: Asked
    thresholds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A request to take scores for right, by attribute."""

    asked: Asked
    scores: Mapping[str, float]


def read_analysis(body: Mapping[str, object]) -> Analysis:
    """Return what `comments:analyze` is asked.

    Raises:
        PerspectiveRefusal: the Perspective API would refuse it.
    """
    drops = body.get("dropUnsupportedAttributes") is True
    requested = _object(body, "requestedAttributes") or {}
    text = _comment(body)
    if not requested:
        raise nothing_requested()
    thresholds = {name: _threshold(name, value) for name, value in requested.items()}
    asked, unread = _asked(body, text)
    if unread:
        if not drops:
            raise language_not_supported(next(iter(thresholds)), unread)
        thresholds = {}
    return Analysis(asked, thresholds)


def read_suggestion(body: Mapping[str, object]) -> Suggestion:
    """Return what `comments:suggestscore` suggests.

    Raises:
        PerspectiveRefusal: the Perspective API would refuse it.
    """
    text = _comment(body)
    given = _object(body, "attributeScores") or {}
    if not given:
        raise PerspectiveRefusal("Missing attribute_scores", error_type="NO_REQUESTED_ATTRIBUTES")
    scores = {name: _suggested(name, value) for name, value in given.items()}
    asked, _ = _asked(body, text)
    return Suggestion(asked, scores)


def _asked(body: Mapping[str, object], text: str) -> tuple[Asked, tuple[str, ...]]:
    """Return what is asked about, and the languages of it that are not read here, if any."""
    context = _object(body, "context") or {}
    article, parent, entry = _surroundings(context)
    languages = _languages(body)
    detected: tuple[str, ...] = languages
    if not languages:
        found = find_language(text)
        if found is None:
            raise language_unknown()
        detected = (found,)
    asked = Asked(
        question=Question(text, article=article, parent=parent),
        place=place_of(entry),
        entry=entry,
        languages=languages or detected,
        detected=detected,
        community=_string(body, "communityId"),
        token=_string(body, "clientToken"),
    )
    return asked, () if is_read(detected) else detected


def _comment(body: Mapping[str, object]) -> str:
    comment = _object(body, "comment") or {}
    text = _entry_text(comment)
    if not text.strip():
        raise empty()
    if len(text.encode()) > _MOST_BYTES:
        raise too_long()
    return text


def _entry_text(entry: Mapping[str, object]) -> str:
    kind = _string(entry, "type")
    if kind not in _PLAIN and kind != "HTML":
        raise PerspectiveRefusal("Unknown text type")
    text = _string(entry, "text") or ""
    if len(text) > _MOST_CONTEXT_CHARS:
        raise too_long()
    return as_text(text, is_html=kind == "HTML")


def _surroundings(context: Mapping[str, object]) -> tuple[str, str | None, str | None]:
    """Return the article, the parent comment, and the first entry of another context."""
    both = _object(context, "articleAndParentComment")
    entries = context.get("entries")
    if both is not None and entries:
        raise PerspectiveRefusal(
            "Context can have either entries or article_and_parent_comment, "
            "but both fields were populated."
        )
    if not isinstance(entries, list | None):
        raise _wrong("context.entries", "a list")
    if both is not None:
        article = _entry_text(_object(both, "article") or {})
        parent = _entry_text(_object(both, "parentComment") or {})
        return article, parent if parent.strip() else None, None
    for entry in entries or ():
        if not isinstance(entry, dict):
            raise _wrong("context.entries", "a list of objects")
        return "", None, _entry_text(entry)
    return "", None, None


def _languages(body: Mapping[str, object]) -> tuple[str, ...]:
    given = body.get("languages")
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise _wrong("languages", "a list of language codes")
    return tuple(given)


def _threshold(name: str, value: object) -> float:
    if name not in ATTRIBUTES:
        raise unknown_attribute(name)
    if not isinstance(value, dict):
        raise _wrong(f"requested_attributes[{name}]", "an object")
    kind = value.get("scoreType")
    if not (kind is None or isinstance(kind, str)) or kind not in _SCORE_TYPES:
        raise PerspectiveRefusal(
            f"Requested score type {str(kind)[:60]} is not supported by attribute {name}"
        )
    return _number(
        value.get("scoreThreshold", 0.0), f"requested_attributes[{name}].score_threshold"
    )


def _suggested(name: str, value: object) -> float:
    if name not in ATTRIBUTES:
        raise unknown_attribute(name)
    summary = value.get("summaryScore") if isinstance(value, dict) else None
    path = f"attribute_scores[{name}].summary_score"
    if not isinstance(summary, dict):
        raise _wrong(path, "an object")
    score = _number(summary.get("value"), f"{path}.value")
    if not 0 <= score <= 1:
        raise _wrong(f"{path}.value", "a number from 0 to 1")
    return score


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _wrong(path, "a number")
    if (isinstance(value, int) and value.bit_length() > _MOST_BITS) or not math.isfinite(value):
        raise _wrong(path, "a number that a float can hold")
    return float(value)


def _object(body: Mapping[str, object], name: str) -> Mapping[str, object] | None:
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise _wrong(name, "an object")
    return value


def _string(body: Mapping[str, object], name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise _wrong(name, "a string")
    return value


def _wrong(path: str, expected: str) -> PerspectiveRefusal:
    return PerspectiveRefusal(f"Invalid value at '{path[:100]}': expected {expected}")
