"""Chooses the sentences of an article that tell its account and its event; writes none itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.mining.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.page import Page
    from app.mining.scorer import ArticleReader

_ACCOUNT_SHARES = (0.60, 0.19, 0.06, 0.02)
_EVENT_SHARES = (0.44, 0.41, 0.08, 0.015)
"""How often title, first, second and any later sentence is the one whose words overlap most with
the labelled account or event: 306 labelled pages, rounded. Their logarithms are added to the
reader's logits, so that they decide only between sentences that it finds equally good."""

_MIN_EVENT_LOGIT = 0.0
"""A page whose best event sentence is likelier none than one (probability below a half) is about
no attributable event. Read off the reader alone: the place in the article says nothing here."""

_MAX_SENTENCES = 100
"""Sentences read of one article: an account stands near its beginning (of 306 labelled pages in
the first 14 sentences), and the rest would only cost time."""

_MAX_LENGTH = 600
"""Code points of an account; a longer "sentence" is a list or has no stops: cut at a word."""


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """What the article says happened: its central claim, and the bare event; either may be None."""

    account: str | None
    event: str | None


def choose_account(page: Page, reader: ArticleReader) -> AccountChoice:
    """Return the account and event of a page, each as given or as the article's own sentence.

    The title is a candidate like any sentence. The reader is not asked where both are given, or
    where there is nothing to read.
    """
    given = AccountChoice(page.account, page.event)
    if given.account is not None and given.event is not None:
        return given
    title = _one_line(page.article.title or "")
    sentences = [
        _one_line(span.text_of(page.article.text))
        for span in split_sentences(page.article.text)[:_MAX_SENTENCES]
    ]
    candidates = [title, *sentences] if title else sentences
    if not candidates:
        return given
    scores = reader.score_sentences(title or None, candidates)
    places = range(0 if title else 1, len(candidates) + (0 if title else 1))
    account = _best([score.account for score in scores], places, _ACCOUNT_SHARES)
    event = _best([score.event for score in scores], places, _EVENT_SHARES)
    has_event = max(score.event for score in scores) >= _MIN_EVENT_LOGIT
    return AccountChoice(
        account=given.account if given.account is not None else candidates[account],
        event=given.event if given.event is not None or not has_event else candidates[event],
    )


def _best(logits: Sequence[float], places: Sequence[int], shares: Sequence[float]) -> int:
    """Return the index of the best logit, a place beyond the shares taking the last of them."""
    merits = [
        logit + math.log(shares[min(place, len(shares) - 1)])
        for logit, place in zip(logits, places, strict=True)
    ]
    return max(range(len(merits)), key=lambda at: (merits[at], -at))


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _MAX_LENGTH:
        return line
    return line[: _MAX_LENGTH + 1].rpartition(" ")[0] or line[:_MAX_LENGTH]
