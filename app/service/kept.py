"""Pages as they are kept: every transaction of the service that touches a page, each a short one.

A change is worked out outside of any transaction, and stored only if the page is still the one
it was worked out from; otherwise it is worked out anew.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.domain.listing import PageFilter
from app.errors import Busy, DuplicateContent, PageChanged
from app.mining.graph import build_graph
from app.service.content import as_read, hash_content
from app.storage.engine import open_session
from app.storage.pages import PageStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from app.domain.graph import ArgumentGraph
    from app.domain.listing import PageSummary, Slice
    from app.domain.mined import MinedPage
    from app.domain.source import Source
    from app.storage.sources import StoredPage

ATTEMPTS = 10
"""How often a change is worked out anew before giving up; each time another change came first."""

_RETRY_AFTER_S = 1
_ID_BYTES = 16
_ID_CHARS = 25
"""Of a base of 32: 125 random bits, which nobody guesses."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was mined, what it was mined from, and the packed memo of that mining."""

    mined: MinedPage
    source: Source
    memo: bytes


@dataclass(frozen=True, slots=True)
class AddedPage:
    """A page in the store; `created` is false where the same content was there before."""

    id: str
    mined: MinedPage
    created: bool


class KeptPages:
    """Loads, adds, changes and deletes pages, a transaction each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self, page_id: str) -> MinedPage:
        """Return the page; NotFound where there is none."""
        with open_session(self._engine, read_only=True) as session:
            return PageStore(session).load(page_id)

    def load_graph(self, page_id: str) -> ArgumentGraph:
        """Return the page's graph; NotFound where there is no page."""
        with open_session(self._engine, read_only=True) as session:
            return PageStore(session).load_graph(page_id)

    def find(self, content_hash: str) -> AddedPage | None:
        """Return the page of that content, or None."""
        with open_session(self._engine, read_only=True) as session:
            return _find(PageStore(session), content_hash)

    def find_memo(self, url: str | None) -> bytes | None:
        """Return the memo of the latest page of that address, or None where there is none."""
        if url is None:
            return None
        with open_session(self._engine, read_only=True) as session:
            store = PageStore(session)
            found = store.list(PageFilter(url=url), cursor=None, limit=1).items
            return store.load_stored(found[0].id).memo if found else None

    def list(self, wanted: PageFilter, *, cursor: str | None, limit: int) -> Slice[PageSummary]:
        """Return some of the pages that are wanted."""
        with open_session(self._engine, read_only=True) as session:
            return PageStore(session).list(wanted, cursor=cursor, limit=limit)

    def add(self, read: ReadPage, *, content_hash: str) -> AddedPage:
        """Store the page, unless one of that content was stored in the meantime.

        Raises:
            Busy: others added and deleted that content each time.
        """
        graph = build_graph(read.mined)
        page_id = new_id("p")
        for _ in range(ATTEMPTS):
            try:
                with open_session(self._engine) as session, session.begin():
                    PageStore(session).add(
                        page_id,
                        read.mined,
                        graph,
                        content_hash=content_hash,
                        source=read.source,
                        memo=read.memo,
                    )
            except DuplicateContent:
                there = self.find(content_hash)
                if there is not None:
                    return there
            else:
                return AddedPage(page_id, read.mined, created=True)
        raise _too_busy("add a page")

    def change(
        self,
        page_id: str,
        work: Callable[[StoredPage], ReadPage | None],
        *,
        also: Callable[[Session, StoredPage], None] = lambda _session, _seen: None,
    ) -> MinedPage:
        """Store and return what `work` makes of the page; it may be called again and again.

        None leaves the page as it is. `also` runs in the transaction that stores it, and only
        where nobody changed the page since it was read.

        Raises:
            NotFound: there is no page of that id.
            Busy: others changed the page each time while it was worked on.
        """
        for _ in range(ATTEMPTS):
            with open_session(self._engine, read_only=True) as session:
                seen = PageStore(session).load_stored(page_id)
            changed = work(seen)
            with suppress(PageChanged):
                self._replace(page_id, seen, changed, also)
                return seen.mined if changed is None else changed.mined
        raise _too_busy(f"change page {page_id!r}")

    def _replace(
        self,
        page_id: str,
        seen: StoredPage,
        changed: ReadPage | None,
        also: Callable[[Session, StoredPage], None],
    ) -> None:
        """Store the page where its version is still that one.

        Where its content led to it alone (no account, event or actors came from the caller), the
        content it has now does so too: whoever sends the whole page, later comments included,
        finds this one.
        """
        if changed is None:
            with open_session(self._engine) as session, session.begin():
                PageStore(session).count_up(page_id, if_version=seen.version)
                also(session, seen)
            return
        graph = build_graph(changed.mined)
        before, after = hash_content(as_read(seen.mined)), hash_content(as_read(changed.mined))
        with open_session(self._engine) as session, session.begin():
            store = PageStore(session)
            replace = partial(
                store.replace,
                page_id,
                changed.mined,
                graph,
                if_version=seen.version,
                source=changed.source,
                memo=changed.memo,
            )
            content_hash = after if store.find_by_content(before) == page_id else None
            try:
                replace(content_hash=content_hash)
            except DuplicateContent:  # it is a page of its own already, and stays that
                replace()
            also(session, seen)

    def delete(self, page_id: str) -> None:
        """Remove the page; NotFound where there is none."""
        with open_session(self._engine) as session, session.begin():
            PageStore(session).delete(page_id)


def new_id(kind: str) -> str:
    """Return an id that nobody guesses: the letter of its kind, then base 32 in lower case."""
    return kind + b32encode(secrets.token_bytes(_ID_BYTES)).decode("ascii").lower()[:_ID_CHARS]


def _find(store: PageStore, content_hash: str) -> AddedPage | None:
    page_id = store.find_by_content(content_hash)
    return None if page_id is None else AddedPage(page_id, store.load(page_id), created=False)


def _too_busy(what: str) -> Busy:
    return Busy(
        f"expected to {what} in {ATTEMPTS} attempts, others were quicker each time",
        retry_after_s=_RETRY_AFTER_S,
    )
