"""Mines pages with the model and keeps what comes of it, for callers that wait and for jobs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.domain.source import Source
from app.errors import NotFound
from app.mining.again import mine_again
from app.mining.memo import unpack_memo
from app.mining.mine import mine
from app.service.cautions import with_cautions
from app.service.content import hash_content, renewed
from app.service.kept import AddedPage, ReadPage
from app.service.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.domain.mined import MinedPage
    from app.domain.page import Page
    from app.service.kept import KeptPages
    from app.service.model import SharedModel
    from app.service.pseudonyms import Pseudonyms
    from app.service.queued import Held
    from app.storage.sources import StoredPage


class Mining:
    """Reads pages with a shared model; no transaction is open while it works."""

    def __init__(
        self,
        model: SharedModel,
        pages: KeptPages,
        *,
        pseudonyms: Pseudonyms,
        now: Callable[[], datetime],
    ) -> None:
        self._model = model
        self._pages = pages
        self._pseudonyms = pseudonyms
        self._now = now

    def mine(self, page: Page, work: Work) -> MinedPage:
        """Return the mined page, stored nowhere and remembered nowhere."""
        return with_cautions(mine(page, self._model.load().working(work), now=self._now()))

    def read(self, source: Source, memo: bytes | None, work: Work | None = None) -> ReadPage:
        """Return what the source holds, mined; what the memo knows is not asked again."""
        scorer = self._model.load().working(work or Work())
        again = mine_again(source.shown(), scorer, unpack_memo(memo), now=self._now())
        return ReadPage(with_cautions(again.mined), source, again.memo.pack())

    def add(self, page: Page, work: Work, *, remine: bool = False) -> AddedPage:
        """Mine and store the page as `Service.add_page` promises."""
        page = self._pseudonyms.of_page(page)
        content_hash = hash_content(page)
        there = self._pages.find(content_hash)
        if there is not None and not remine:
            return there
        if there is not None:

            def renew(seen: StoredPage) -> ReadPage:
                return self.read(renewed(page, seen.source), seen.memo, work)

            with suppress(NotFound):  # deleted in the meantime: then it is a new page
                return AddedPage(there.id, self._pages.change(there.id, renew), created=False)
        read = self.read(Source(page), self._pages.find_memo(page.url), work)
        return self._pages.add(read, content_hash=content_hash)

    def add_queued(self, page: Page, held: Held, *, remine: bool = False) -> str:
        """Mine and store the page of a job; return the page's id."""
        return self.add(page, held.work, remine=remine).id
