"""Why a score is what it is, in JSON: claims with the words that carry them, reasons, stances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.exchange.contract import stance_as_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.page import Span
    from app.service.moderation import Judgement

    Placing = Callable[[Span], tuple[int, int]]

Reason = dict[str, object]


def claims(judgement: Judgement, text: str, place: Placing) -> list[Reason]:
    """Return whom the comment supports, denies or queries as responsible, with its words."""
    return [
        {
            "kind": "claim",
            "actor": judgement.names.get(row.actor, row.actor),
            "label": row.label.value,
            "role": None if row.role is None else row.role.value,
            "certain": row.certain,
            "reported": row.reported,
            "probability": row.probability,
            **_words(row.evidence, text, place),
        }
        for row in judgement.attributions
    ]


def accusations(judgement: Judgement, text: str, place: Placing) -> list[Reason]:
    """Return whom the comment holds responsible, with its words."""
    return [row for row in claims(judgement, text, place) if row["label"] == "support"]


def reasons_given(judgement: Judgement, text: str, place: Placing) -> list[Reason]:
    """Return the comment's own words that give a reason for what it claims."""
    return [{"kind": "reason", **_words(span, text, place)} for span in judgement.reasons]


def stances(judgement: Judgement) -> list[Reason]:
    """Return how the comment stands to its parent and to the article's account."""
    pairs = (("parent", judgement.reply_stance), ("article", judgement.account_stance))
    return [
        {"kind": "stance", "to": to, **stance_as_json(stance)}
        for to, stance in pairs
        if stance is not None
    ]


def _words(span: Span, text: str, place: Placing) -> Reason:
    begin, end = place(span)
    return {"begin": begin, "end": end, "text": span.text_of(text)}
