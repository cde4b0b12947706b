"""What can be seen of clauses without a model: words that begin them, marks, places.

Training and inference both go through here, so that heads meet the same numbers in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.argument import UNIT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.argument import UnitPair

_CUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*(?:because|since|given that|as\b)",  # a reason
        r"^\W*(?:so|therefore|thus|hence|which means|that'?s why)\b",  # a conclusion
        r"^\W*(?:but|however|yet|although|though|whereas|while|still)\b",  # a concession
        r"^\W*(?:if|unless|suppose|imagine|say)\b",  # a condition or a case
        r"^\W*(?:and|or|also|then|plus|besides)\b",  # goes on
        r"\bfor (?:example|instance)\b|\be\.g\.|\bsuch as\b|\blike when\b",
        r"\b(?:i|we) (?:think|believe|feel|guess|agree|disagree|would say|'d say)\b|\bin my\b",
        r"\b(?:should|must|ought|need to|have to)\b",  # what is to be done
        r"\b(?:no|not|never|\w+n't|nothing|nobody|wrong|false)\b",  # refuses
        r"\b(?:yes|right|exactly|true|agreed?|indeed)\b",  # grants
        r"\?\W*$",
        r"https?://|www\.",
        r"\d",
        r"[\"“”«»]",
        r"\b(?:i|my|me)\b",
        r"\b(?:you|your)\b",
        r"\b(?:thank|thanks|sorry|lol|edit)\b",  # talk about the talk
    )
)
"""Signs of discourse that grammars of argument list (Stab and Gurevych 2017, section 5): what
begins a reason, a conclusion or a concession, who speaks to whom, what is refused or granted."""

_AGREES = re.compile(
    r"^\W*(?:yes|yeah|yep|indeed|thanks?|great|fair enough|i (?:\w+ ){0,2}agree)\b"
    r"|\b(?:agreed?|true|right|exactly|fair|good point|makes? sense|convinc(?:ed?|ing))\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:not|never|disagree\w*|but|however|although|though)\b|n['’]t\b", re.IGNORECASE
)

_LONG = 40.0
"""Words of a long clause; numbers are kept near 1."""

CLAUSE_CUES = len(_CUES) + 6
PAIR_CUES = 2 * len(_CUES) + 2 * len(UNIT_KINDS) + 9


def clause_cues(clauses: Sequence[str], place: int) -> list[float]:
    """Return the numbers of one clause among those of its text: [CLAUSE_CUES]."""
    text, many = clauses[place], len(clauses)
    return [
        *_seen_in(text),
        float(place == 0),
        float(place == many - 1),
        place / many,
        1.0 / many,
        min(len(text.split()) / _LONG, 2.0),
        float(text.rstrip()[-1:] in {".", "!", "?"}),
    ]


def pair_cues(pair: UnitPair) -> list[float]:
    """Return the numbers of a pair: [PAIR_CUES]."""
    apart = pair.apart
    source, target = set(pair.source.casefold().split()), set(pair.target.casefold().split())
    return [
        *_seen_in(pair.source),
        *_seen_in(pair.target),
        *(float(pair.source_kind is kind) for kind in UNIT_KINDS),
        *(float(pair.target_kind is kind) for kind in UNIT_KINDS),
        float(pair.same_comment),
        float(pair.same_author),
        float(pair.answers),
        float(pair.quoted),
        float(apart == 1),
        float(apart == -1),
        float(apart > 1),
        apart / 4.0,
        len(source & target) / max(1, min(len(source), len(target))),
    ]


def agrees(text: str) -> bool:
    """Whether a clause grants what it answers, and takes nothing back."""
    return _AGREES.search(text) is not None and _REFUSES.search(text) is None


def _seen_in(text: str) -> list[float]:
    return [float(cue.search(text) is not None) for cue in _CUES]
