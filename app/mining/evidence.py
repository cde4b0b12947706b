"""Finds the words of a comment that carry an attribution: the sentence that says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.domain.reading import Reading
from app.mining.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.domain.page import Comment
    from app.domain.stance import Label
    from app.mining.readings import Claims
    from app.mining.scorer import StanceScorer

MOST_SENTENCES = 200
"""Sentences of one comment that are read alone for one attribution. The longest of the labelled
comments has 40; the bound keeps a text of one-letter sentences from costing a page of readings."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An attribution of a comment whose evidence is looked for."""

    comment: Comment
    actor: str
    label: Label

    @property
    def key(self) -> tuple[str, str]:
        """The ids of comment and actor."""
        return self.comment.id, self.actor


def find_evidence(
    wanted: Sequence[Wanted], claims: Claims, scorer: StanceScorer, *, language: str | None
) -> dict[tuple[str, str], Span]:
    """Return the evidence of each attribution wanted, under the ids of its comment and actor.

    The sentence that names the actor is taken; of several, and where none does, the one that
    alone reads most like the label. All sentences that must be read go to the scorer in one
    call. Sentences that quote ("> …") count only where the comment has no others.
    """
    sentences = _sentences_of({row.comment.id: row.comment for row in wanted}, language)
    found: dict[tuple[str, str], Span] = {}
    undecided: dict[tuple[str, str], tuple[Wanted, list[Span]]] = {}
    for row in wanted:
        candidates = _candidates(row, sentences[row.comment.id], claims)
        if len(candidates) == 1:
            found[row.key] = candidates[0]
        else:
            undecided[row.key] = (row, candidates)
    found.update(_read_alone(undecided, claims, scorer))
    return found


def whole_text(text: str) -> Span:
    """Return the span of a text without the white space around it."""
    start = len(text) - len(text.lstrip())
    return Span(start, max(start, len(text.rstrip())))


def _sentences_of(
    comments: Mapping[str, Comment], language: str | None
) -> dict[str, tuple[Span, ...]]:
    return {
        key: split_sentences(comment.text, language=language or "en")
        for key, comment in comments.items()
    }


def _candidates(row: Wanted, sentences: Sequence[Span], claims: Claims) -> list[Span]:
    text = row.comment.text
    if len(sentences) <= 1:
        return [whole_text(text)]
    own = [span for span in sentences if not text.startswith(">", span.start)] or list(sentences)
    mentions = claims.named_in(row.comment).get(row.actor, ())
    naming = list(_holding(own, mentions))
    return (naming or own)[:MOST_SENTENCES]


def _holding(sentences: Sequence[Span], mentions: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences in which a mention begins; both come in order."""
    following = iter(sorted(mentions))
    mention = next(following, None)
    for sentence in sentences:
        while mention is not None and mention.start < sentence.start:
            mention = next(following, None)
        if mention is not None and mention.start < sentence.end:
            yield sentence


def _read_alone(
    undecided: Mapping[tuple[str, str], tuple[Wanted, list[Span]]],
    claims: Claims,
    scorer: StanceScorer,
) -> dict[tuple[str, str], Span]:
    """Return the likeliest sentence of each row; every sentence is read once for all its rows."""
    asked: dict[tuple[str, Span], list[Wanted]] = {}
    for row, candidates in undecided.values():
        for sentence in candidates:
            asked.setdefault((row.comment.id, sentence), []).append(row)
    readings = [_reading_of(sentence, rows, claims) for (_, sentence), rows in asked.items()]
    scores = scorer.score(readings) if readings else []
    best: dict[tuple[str, str], tuple[float, int, Span]] = {}
    for ((_, sentence), rows), answers in zip(asked.items(), scores, strict=True):
        for row, answer in zip(rows, answers, strict=True):
            offer = (answer.stance.probability_of(row.label), -sentence.start, sentence)
            best[row.key] = max(best.get(row.key, offer), offer)
    return {key: span for key, (_, _, span) in best.items()}


def _reading_of(sentence: Span, rows: Sequence[Wanted], claims: Claims) -> Reading:
    comment = rows[0].comment
    queries = []
    for row in rows:
        whole = claims.hypothesis_about(row.actor, comment)
        inside = tuple(
            Span(span.start - sentence.start, span.end - sentence.start)
            for span in whole.mentions
            if sentence.start <= span.start and span.end <= sentence.end
        )
        queries.append(replace(whole, mentions=inside))
    return Reading(
        sentence.text_of(comment.text),
        tuple(queries),
        context=claims.context_of(comment),
        background=claims.background,
    )
