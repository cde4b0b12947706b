"""Folds of what has no split: what a training must not read, and what its network is scored on.

Of a corpus, replies to one comment are of one fold, and any other row with a held text is kept from
training too. Of the labelled pages a fold is half of the domains that train: with the parts that
tune and report, every domain is then read by weights that were not trained on it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from models.training.corpora import text_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.examples import Example
    from models.training.pages import LabelledPage

FOLDS = 5

FOLDED = "debagreement_train"
"""The corpus that is cut; its official release has no split."""

PAGE_FOLDS = ("jflmhrg", "eotbqi")
"""The domains that train, cut in two, in the order in which the parts of the pages were drawn."""


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


def pages_of_fold(pages: Sequence[LabelledPage], fold: int) -> list[LabelledPage]:
    """Return the pages of a fold's domains; pages written later have domains of their own."""
    return [page for page in pages if page["id"].split("-")[0] in PAGE_FOLDS[fold]]


def pages_without_fold(pages: Sequence[LabelledPage], fold: int) -> list[LabelledPage]:
    """Return the pages that a training may read whose network is scored on `fold`."""
    held = {page["id"] for page in pages_of_fold(pages, fold)}
    return [page for page in pages if page["id"] not in held]
