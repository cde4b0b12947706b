"""Mines a page again after a change, asking the scorer only about what the change touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.mining.mine import mine
from app.mining.remembering import RememberingScorer

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.mined import MinedPage
    from app.domain.page import Page
    from app.mining.memo import Memo
    from app.mining.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Remined:
    """A mined page with the memo that the next mining of it needs.

    `asked` of the `wanted` texts were read by the model, whole or against new targets only.
    """

    mined: MinedPage
    memo: Memo
    asked: int
    wanted: int


def mine_again(page: Page, scorer: Scorer, memo: Memo, *, now: datetime) -> Remined:
    """Return what mining the page from scratch gives, from as few readings as that takes.

    All that needs no model is done over the whole page; what the model said of a text, in its
    context and of its targets, is taken from `memo`, that of the last mining, where it was asked
    the same. An empty memo only costs time.
    """
    remembering = RememberingScorer(scorer, memo)
    mined = mine(page, remembering, now=now)
    return Remined(mined, remembering.used, remembering.asked, remembering.wanted)
