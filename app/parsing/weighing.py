"""Weighs what different sources make of a page's comments: the one that explains most wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.parsing.instants import DATE, may_hold_date
from app.parsing.platforms import Zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.drafts import Draft
    from app.parsing.found import Found

_TEXT, _AUTHOR, _DATE = 0.3, 0.45, 0.25
"""What the parts of a comment count; whoever finds all three has found a comment."""

_ANSWER = 0.02
"""Between two that find the same comments, the one that also sees who answers whom."""

_LONG_ENOUGH = 12
"""Characters below which a text counts half: buttons and labels are short, and "+1" is rare."""


def most_for(comments: int, weight: float) -> float:
    """Return the most that so many comments can weigh."""
    return comments * (_TEXT + _AUTHOR + _DATE + _ANSWER) * weight * _AS_DECLARED


def weigh(drafts: Sequence[Draft], weight: float, declared: int | None) -> float:
    """Return how much the drafts explain, in whole comments, about."""
    seen: set[tuple[str | None, str]] = set()
    score = 0.0
    for draft in drafts:
        if not draft.text or (draft.author, draft.text) in seen:
            continue
        if not draft.author and draft.text.strip("#+-., ").isdigit():
            continue  # a counter
        seen.add((draft.author, draft.text))
        own = _TEXT if len(draft.text) >= _LONG_ENOUGH else _TEXT / 2
        own += _AUTHOR if draft.author else 0.0
        own += _DATE if draft.created_at else 0.0
        own += _ANSWER if draft.parent is not None else 0.0
        score += own
    if declared and declared == sum(bool(draft.text) for draft in drafts):
        weight *= _AS_DECLARED
    return score * weight


_AS_DECLARED = 1.15
"""What finds exactly as many comments as the page says there are is preferred."""

_LEAST_PROOF = 3
_MOST = 0.75
_LEAST_WORDS = 3


def is_believable(drafts: Sequence[Draft], found: Sequence[Found], *, unproved: bool) -> bool:
    """Return whether what repeats may be comments: somebody must have written some of them."""
    if unproved:
        return _is_discussion(drafts, found)
    return any(draft.author is not None and draft.text for draft in drafts)


def _is_discussion(drafts: Sequence[Draft], found: Sequence[Found]) -> bool:
    """Whether drafts of what nothing calls comments look like posts of several people.

    Lists of articles have authors, dates and texts too, under headings that lead elsewhere.
    """
    some = [draft for draft in drafts if draft.text]
    if len(some) < _LEAST_PROOF:
        return False
    authors = {draft.author for draft in some if draft.author}
    named = sum(draft.author is not None for draft in some)
    dated = sum(comment.created_at is not None or _says_when(comment) for comment in found)
    wordy = sum(len(draft.text.split()) >= _LEAST_WORDS for draft in some)
    leading = sum(comment.leads_elsewhere for comment in found)
    return (
        len(authors) > 1
        and min(named, wordy) >= _MOST * len(some)
        and dated >= _MOST * len(found)
        and leading <= len(found) / 2
    )


def _says_when(comment: Found) -> bool:
    frames = (comment.text_of(zones)[:_LONGEST_FRAME] for zones in _FRAME)
    return any(may_hold_date(frame) and DATE.search(frame) for frame in frames)


_FRAME = (frozenset({Zone.META, Zone.AUTHOR}), frozenset({Zone.LOOSE, Zone.BODY}))
_LONGEST_FRAME = 300

_NEARLY_ALL = 0.95
_ENOUGH = 3
"""Fewer comments may be a platform's by accident."""


def leaves_nothing_open(drafts: Sequence[Draft], declared: int | None) -> bool:
    """Return whether nearly all comments have a text and an author, and none is missing."""
    texts = sum(bool(draft.text) for draft in drafts)
    authors = sum(draft.author is not None for draft in drafts)
    if texts < _ENOUGH or min(texts, authors) < _NEARLY_ALL * len(drafts):
        return False
    return declared is None or declared <= texts
