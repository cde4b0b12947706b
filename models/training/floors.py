"""What rules without a model reach: the majority's label, and a handful of words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.metrics import Ints

SUPPORT, DENY, QUERY, COMMENT = range(len(LABELS))

_DENIALS = re.compile(
    r"\b(?:no|not|never|nobody|false|fake|hoax|lies?|lying|liars?|wrong|nonsense|bullshit|untrue|"
    r"disagree|against|ban|stop|debunked|rumou?r)\b|n['’]t\b",
    re.IGNORECASE,
)
_SUPPORTS = re.compile(
    r"\b(?:yes|yeah|yep|agree[ds]?|exactly|true|right|confirm(?:ed|s)?|indeed|support|"
    r"thank|thanks|good|great|definitely|absolutely)\b",
    re.IGNORECASE,
)


def majority(gold: Ints) -> Ints:
    """Return the commonest label, for every row."""
    label = Counter(gold.tolist()).most_common(1)[0][0] if len(gold) else COMMENT
    return np.full_like(gold, label)


def lexicon(texts: Sequence[str], labels: Sequence[int]) -> Ints:
    """Return a label a text from words of denial and agreement and from question marks."""
    return np.asarray([_by_words(text, labels) for text in texts], np.int64)


def _by_words(text: str, labels: Sequence[int]) -> int:
    if QUERY in labels and "?" in text:
        return QUERY
    denials, supports = len(_DENIALS.findall(text)), len(_SUPPORTS.findall(text))
    if denials == supports:
        return COMMENT if COMMENT in labels else SUPPORT
    return DENY if denials > supports else SUPPORT
