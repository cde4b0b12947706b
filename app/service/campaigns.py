"""Campaigns across pages: texts that are copied, found when somebody asks for them.

Pages stored or changed since are compared first, a bounded number each time, so that storing a
page never waits for it; a text is compared with a sketch of each known one that it may be like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.mining.copies import SAME_FROM, group_copies
from app.mining.sketches import bands_of, sketch, words_of
from app.service.kept import new_id
from app.storage.campaign_list import list_campaign_comments, list_campaigns
from app.storage.campaigns import CampaignStore
from app.storage.engine import open_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from sqlalchemy import Engine

    from app.domain.campaign import CampaignComment, CampaignSummary
    from app.domain.listing import Slice

PAGES_AT_A_TIME = 20
"""Pages that a request compares before it answers: of ordinary pages, a second's work."""

_STORED = np.dtype("<u4")


class Campaigns:
    """Finds and lists texts that are copied from comment to comment; any thread may call it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def catch_up(
        self, pages: int | None = PAGES_AT_A_TIME, *, on_page: Callable[[], None] | None = None
    ) -> int:
        """Compare pages that are not compared yet, at most so many; return how many are left."""
        while pages is None or pages > 0:
            at_once = PAGES_AT_A_TIME if pages is None else min(pages, PAGES_AT_A_TIME)
            with open_session(self._engine, read_only=True) as session:
                numbers = CampaignStore(session).pages_behind(at_once)
            if not numbers:
                break
            for number in numbers:
                self._compare(number)
                if on_page is not None:
                    on_page()
            if pages is not None:
                pages -= len(numbers)
        with open_session(self._engine) as session, session.begin():
            store = CampaignStore(session)
            store.forget_unheld()
            return store.count_behind()

    def list(
        self,
        *,
        min_comments: int = 2,
        min_pages: int = 1,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Slice[CampaignSummary]:
        """Return some of the campaigns among the pages that are compared."""
        with open_session(self._engine, read_only=True) as session:
            return list_campaigns(
                session, min_comments=min_comments, min_pages=min_pages, cursor=cursor, limit=limit
            )

    def comments(
        self, campaign_id: str, *, cursor: str | None = None, limit: int = 50
    ) -> Slice[CampaignComment]:
        """Return some of the comments that have a campaign's text; NotFound where it is none."""
        with open_session(self._engine, read_only=True) as session:
            return list_campaign_comments(session, campaign_id, cursor=cursor, limit=limit)

    def _compare(self, page_number: int) -> None:
        with open_session(self._engine, read_only=True) as session:
            version, texts = CampaignStore(session).read(page_number)
        if version is None:
            return
        positions = list(texts)
        words = [words_of(texts[position]) for position in positions]
        first = group_copies(words)
        sketches = sketch(words)
        rows = sketches.rows()
        copies: dict[int, list[int]] = {}
        for at in np.flatnonzero(np.diff(sketches.starts)).tolist():
            copies.setdefault(first[at], []).append(positions[at])
        with open_session(self._engine) as session, session.begin():
            store = CampaignStore(session)
            store.lock()
            if store.begin_page(page_number, version):
                for at, members in copies.items():
                    number = _campaign_of(store, rows[at])
                    store.join(number, page_number, members)


def _campaign_of(store: CampaignStore, row: NDArray[np.uint32]) -> int:
    """Return the number of the campaign that a text is most like, a new one where it is none."""
    bands = bands_of(row[None])[0].view(np.int64).tolist()
    likeness = {
        number: float(np.mean(np.frombuffer(stored, _STORED) == row))
        for number, stored in store.candidates(bands)
    }
    best = max(likeness, key=lambda number: likeness[number], default=None)
    if best is not None and likeness[best] >= SAME_FROM:
        return best
    return store.add(new_id("g"), row.astype(_STORED).tobytes(), bands)
