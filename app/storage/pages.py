"""The store of pages: a mined page with its graph goes in whole, and comes out or goes whole.

Nothing here commits; what is done holds once the caller's transaction does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from app.errors import NotFound, PageChanged
from app.storage.columns import is_storable
from app.storage.contents import find_by_content, lead_to_page
from app.storage.counts import PageCounts, settle_counts
from app.storage.graphs import read_graph
from app.storage.page_list import list_pages
from app.storage.parts import delete_parts, insert_parts, parts_of
from app.storage.restore import read_page
from app.storage.rows import page_row
from app.storage.search import overwrite_words
from app.storage.sources import StoredPage, read_source
from app.storage.tables import CommentRow, JobRow, PageContentRow, PageRow

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.domain.graph import ArgumentGraph
    from app.domain.listing import PageFilter, PageSummary, Slice
    from app.domain.mined import MinedPage
    from app.domain.source import Source
    from app.storage.checks import Row

_FIRST_VERSION = 1
_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


class PageStore:
    """Stores pages through a session whose transaction the caller opens and commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(  # noqa: PLR0913 - all that is known of a page
        self,
        page_id: str,
        mined: MinedPage,
        graph: ArgumentGraph,
        *,
        content_hash: str,
        source: Source | None = None,
        memo: bytes | None = None,
    ) -> None:
        """Store a page under a new id.

        Raises:
            DuplicateContent: the content belongs to a page that is there, also where that was
                added at the same moment; nothing was stored, and the session can go on.
            InvalidPage: the page refers to what is not on it, or holds text with NUL in it.
        """
        row: Row = {"id": page_id, "version": _FIRST_VERSION, **page_row(mined)}
        parts = parts_of(mined, graph, source, memo)
        number = lead_to_page(self._session, content_hash, lambda: self._insert(row))
        insert_parts(self._session, number, parts)
        settle_counts(self._session, PageCounts(), PageCounts.read(self._session, number))

    def replace(  # noqa: PLR0913 - all that is known of a page
        self,
        page_id: str,
        mined: MinedPage,
        graph: ArgumentGraph,
        *,
        content_hash: str | None = None,
        if_version: int | None = None,
        source: Source | None = None,
        memo: bytes | None = None,
    ) -> None:
        """Store another reading of a page in its place; `content_hash` leads to it as well.

        Raises:
            NotFound: there is no such page.
            PageChanged: its version is no longer `if_version`; nothing was stored.
            DuplicateContent: as for `add`.
            InvalidPage: as for `add`.
        """
        parts = parts_of(mined, graph, source, memo)
        changed = page_row(mined)
        number, version = self._lock(page_id, if_version=if_version)
        if content_hash is not None and self.find_by_content(content_hash) != page_id:
            lead_to_page(self._session, content_hash, lambda: number)
        before = PageCounts.read(self._session, number)
        gone = self._texts(number) - {row["text"] for row in parts.get(CommentRow, ())}
        self._session.execute(
            update(PageRow)
            .where(PageRow.number == number)
            .values(version=version + 1, **changed)
            .execution_options(synchronize_session=False)
        )
        delete_parts(self._session, number)
        insert_parts(self._session, number, parts)
        settle_counts(self._session, before, PageCounts.read(self._session, number))
        if gone:
            overwrite_words(self._session)

    def find_by_content(self, content_hash: str) -> str | None:
        """Return the id of the page to which a content leads, or None."""
        return find_by_content(self._session, content_hash)

    def load_stored(self, page_id: str) -> StoredPage:
        """Return a page with all that it takes to mine it again and to `replace` it safely.

        Raises:
            NotFound: there is no such page.
        """
        row = self._page(page_id)
        mined = read_page(self._session, row)
        source, memo = read_source(self._session, row.number, mined)
        return StoredPage(mined, source, memo, row.version)

    def count_up(self, page_id: str, *, if_version: int) -> None:
        """Give a page another version, so that changes begun before begin anew.

        Raises:
            NotFound: there is no such page.
            PageChanged: its version is no longer `if_version`.
        """
        number, version = self._lock(page_id, if_version=if_version)
        self._session.execute(
            update(PageRow)
            .where(PageRow.number == number)
            .values(version=version + 1)
            .execution_options(synchronize_session=False)
        )

    def load(self, page_id: str) -> MinedPage:
        """Return a page as it was stored.

        Raises:
            NotFound: there is no such page.
        """
        return read_page(self._session, self._page(page_id))

    def load_graph(self, page_id: str) -> ArgumentGraph:
        """Return the argument graph of a page as it was stored.

        Raises:
            NotFound: there is no such page.
        """
        return read_graph(self._session, self._page(page_id).number)

    def delete(self, page_id: str) -> None:
        """Delete a page, every row of it, the contents that led to it, and the jobs that made it.

        Raises:
            NotFound: there is no such page.
        """
        number, _ = self._lock(page_id)
        settle_counts(self._session, PageCounts.read(self._session, number), PageCounts())
        delete_parts(self._session, number)
        for statement in (
            delete(PageContentRow).where(PageContentRow.page_number == number),
            delete(JobRow).where(JobRow.result == page_id),
            delete(PageRow).where(PageRow.number == number),
        ):
            self._session.execute(statement.execution_options(synchronize_session=False))
        overwrite_words(self._session)

    def list(
        self, narrowed: PageFilter, *, cursor: str | None = None, limit: int
    ) -> Slice[PageSummary]:
        """Return some pages, those added last first, from where `cursor` left off.

        Raises:
            InvalidRequest: a broken cursor, a limit out of range, a filter that is too long.
        """
        return list_pages(self._session, narrowed, cursor=cursor, limit=limit)

    def _page(self, page_id: str) -> PageRow:
        return self._one(select(PageRow).execution_options(populate_existing=True), page_id)

    def _lock(self, page_id: str, *, if_version: int | None = None) -> tuple[int, int]:
        """Return number and version of a page that nobody else changes until this is over."""
        row = self._one(
            select(PageRow).with_for_update().execution_options(populate_existing=True), page_id
        )
        if if_version is not None and row.version != if_version:
            raise PageChanged(
                f"expected page {page_id!r} as it was read, got one that was replaced since"
            )
        return row.number, row.version

    def _one(self, statement: Select[PageRow], page_id: str) -> PageRow:
        row = (
            self._session.scalar(statement.where(PageRow.id == page_id))
            if is_storable(page_id)
            else None
        )
        if row is None:
            raise NotFound(f"expected the id of a page, got {page_id[:_ECHOED]!r}")
        return row

    def _insert(self, row: Row) -> int:
        return self._session.scalars(insert(PageRow).returning(PageRow.number), [row]).one()

    def _texts(self, number: int) -> set[str]:
        chosen = select(CommentRow.text).where(CommentRow.page_number == number)
        return set(self._session.scalars(chosen))
