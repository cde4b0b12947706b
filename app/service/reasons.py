"""Finds the words of a comment that give a reason, by what introduces reasons in English.

Rules, no model: a reason that nothing announces is missed, which the documentation says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.mining.sentences import split_sentences

if TYPE_CHECKING:
    from app.domain.page import Span

_GIVES_REASON = re.compile(
    r"\b(?:because|cause of|due to|given (?:that|how|what|the)|seeing (?:as|that|how)"
    r"|after all|that(?:'|’)?s why|which is why|hence|therefore|according to"
    r"|since (?:it|he|she|they|we|nobody|no one|only|the|this|that|all)"
    r"|as (?:they|he|she|it|nobody|no one|only) (?:had|has|have|was|were|is|are|did|alone|could)"
    r"|who else (?:would|could|had|has)|(?:had|has|have|with) (?:the |a |every )?(?:motive|means)"
    r"|(?:saw|seen|filmed|recorded|photographed|caught) (?:it|them|him|her|on)"
    r"|(?:footage|records?|documents?|logs?|photos?|video|report|inquiry|audit|tests?|witness(?:es)?)"
    r" (?:\w+ )?(?:shows?|showed|says?|said|proves?|proved|confirms?|confirmed|found))\b"
    r"|\bhttps?://\S",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(r"\b(?:evidence|proof)\b", re.IGNORECASE)
_LACKS = re.compile(
    r"\b(?:no|any|not|without|zero|where|lack(?:s|ed|ing)?)\b|n['’]t\b|\?", re.IGNORECASE
)


def find_reasons(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` that give a reason; quoted ones ("> …") do not count."""
    return tuple(
        span
        for span in split_sentences(text, language="en")
        if not text.startswith(">", span.start) and _is_reason(span.text_of(text))
    )


def _is_reason(sentence: str) -> bool:
    if _GIVES_REASON.search(sentence):
        return True
    return bool(_EVIDENCE.search(sentence)) and not _LACKS.search(sentence)
