"""Folds over a corpus without a split: which rows a training must not read, and which are scored.

Replies to one comment are of one fold. Any other row with a held text is kept from training too.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from models.training.corpora import text_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.examples import Example

FOLDS = 5

FOLDED = "debagreement_train"
"""The corpus that is cut; its official release has no split."""


def fold_of(group: str) -> int:
    """Return the fold of a group (the comment that is answered)."""
    digest = hashlib.sha256(text_key(group).encode()).digest()
    return int.from_bytes(digest[:4], "big") % FOLDS


def without_fold(examples: Sequence[Example], fold: int) -> list[Example]:
    """Return the examples that a training may read whose network is scored on `fold`."""
    held = {
        text_key(own.reading.text)
        for own in examples
        if own.source == FOLDED and fold_of(own.reading.context or "") == fold
    }
    return [own for own in examples if text_key(own.reading.text) not in held]
