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
the labelled account or event: 306 labelled pages, rounded. Their logarithms are added to what the
reader says."""

_READER_WEIGHT = 0.25
"""What a logit of the reader counts beside the logarithm of a share. Measured on 42 pages that
trained no reader, as overlap of words (F1) with the labelled account and event: 0.374 and 0.324;
with 1 it is 0.362 and 0.316, for the reader alone 0.341 and 0.323, for the shares alone 0.374 and
0.278, and 0.424 and 0.405 for the best sentence there is."""

_MIN_LEAD = 2.9
_FEWEST_JUDGED = 5
"""Logits by which the best event sentence has to stand out from the mean of its article, where it
has as many sentences; a page where none does is about no attributable event. The reader's logits
are comparable within an article only: of the 42 pages above the 38 with an event have 3.0 or more,
the four without 1.3, 2.5, 2.8 and 4.0. Of fewer sentences none can stand out."""

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
    has_event = _stands_out([score.event for score in scores])
    return AccountChoice(
        account=given.account if given.account is not None else candidates[account],
        event=given.event if given.event is not None or not has_event else candidates[event],
    )


def _stands_out(logits: Sequence[float]) -> bool:
    lead = max(logits) - math.fsum(logits) / len(logits)
    return len(logits) < _FEWEST_JUDGED or lead >= _MIN_LEAD


def _best(logits: Sequence[float], places: Sequence[int], shares: Sequence[float]) -> int:
    """Return the index of the best sentence, a place beyond the shares taking the last of them."""
    merits = [
        _READER_WEIGHT * logit + math.log(shares[min(place, len(shares) - 1)])
        for logit, place in zip(logits, places, strict=True)
    ]
    return max(range(len(merits)), key=lambda at: (merits[at], -at))


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _MAX_LENGTH:
        return line
    return line[: _MAX_LENGTH + 1].rpartition(" ")[0] or line[:_MAX_LENGTH]
