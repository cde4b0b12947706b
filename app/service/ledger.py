"""Moderation: decisions about comments, each in the ledger in the moment in which it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.decision import Action, Decision
from app.errors import AlreadyUndone, InvalidRequest
from app.exchange.decisions import decisions_as_csv
from app.service.kept import new_id
from app.storage.cursors import MAX_SLICE
from app.storage.decisions import DecisionStore
from app.storage.engine import open_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from app.domain.decision import DecisionFilter
    from app.domain.listing import Slice
    from app.domain.source import Source
    from app.service.kept import KeptPages, ReadPage
    from app.storage.sources import StoredPage

MAX_REASON_CHARS = 2_000
"""Characters of a reason: a page of text, so that the ledger stays one."""

MAX_NAME_CHARS = 200
"""Characters of the name of who decides."""


class Ledger:
    """Takes decisions about comments, takes them back, and lists them all.

    A rejected comment leaves page, graph, ranking and exports at once; it is kept apart, to be
    shown again where the decision is undone, and goes for good with its page.
    """

    def __init__(
        self,
        engine: Engine,
        pages: KeptPages,
        *,
        read: Callable[[Source, bytes | None], ReadPage],
        now: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._pages = pages
        self._mine = read
        self._now = now

    def decide(
        self, page_id: str, comment_id: str, action: Action, *, reason: str, decided_by: str
    ) -> Decision:
        """Take a decision about a comment, shown or withheld, and return it.

        Raises:
            NotFound: there is no such page or comment.
            InvalidRequest: no reason, nobody who decides, or an undo, which `undo` does.
        """
        if action is Action.UNDO:
            raise InvalidRequest("expected approve, reject or flag, got undo")
        return self._decide(page_id, comment_id, action, reason, decided_by)

    def undo(self, decision_id: str, *, reason: str, decided_by: str) -> Decision:
        """Take a decision back, and return the decision that does so.

        Raises:
            NotFound: there is no such decision, or its comment or page is gone.
            AlreadyUndone: that was done before.
            InvalidRequest: it is an undo itself: what it took back can be decided again.
        """
        with open_session(self._engine, read_only=True) as session:
            undone = DecisionStore(session).load(decision_id)
        if undone.action is Action.UNDO:
            raise InvalidRequest("expected a decision to undo, got one that is an undo itself")
        if undone.undone_by is not None:
            raise AlreadyUndone(
                f"expected a decision that stands, got {undone.id!r}, which is undone"
            )
        return self._decide(
            undone.page_id, undone.comment_id, Action.UNDO, reason, decided_by, undoes=undone.id
        )

    def list(
        self, wanted: DecisionFilter, *, cursor: str | None = None, limit: int = 50
    ) -> Slice[Decision]:
        """Return some decisions, the latest first."""
        with open_session(self._engine, read_only=True) as session:
            return DecisionStore(session).list(wanted, cursor=cursor, limit=limit)

    def export(self, wanted: DecisionFilter) -> Iterator[bytes]:
        """Yield all decisions that are wanted as CSV, the latest first, in pieces."""
        return decisions_as_csv(self.walk(wanted))

    def walk(self, wanted: DecisionFilter) -> Iterator[Decision]:
        """Yield all decisions that are wanted, the latest first."""
        cursor: str | None = None
        while True:
            found = self.list(wanted, cursor=cursor, limit=MAX_SLICE)
            yield from found.items
            cursor = found.next_cursor
            if cursor is None:
                return

    def _decide(  # noqa: PLR0913 - what a decision consists of
        self,
        page_id: str,
        comment_id: str,
        action: Action,
        reason: str,
        decided_by: str,
        *,
        undoes: str | None = None,
    ) -> Decision:
        _check_words("reason", reason, MAX_REASON_CHARS)
        _check_words("decided_by", decided_by, MAX_NAME_CHARS)
        taken: list[Decision] = []

        def work(seen: StoredPage) -> ReadPage | None:
            if comment_id not in seen.source.withheld:
                seen.source.check_shown(comment_id)
            verdict = self._verdict(page_id, comment_id, action, undoes)
            changed = _follow(seen.source, comment_id, verdict)
            return None if changed == seen.source else self._mine(changed, seen.memo)

        def enter(session: Session, seen: StoredPage) -> None:
            decision = Decision(
                id=new_id("d"),
                page_id=page_id,
                comment_id=comment_id,
                action=action,
                reason=reason,
                decided_by=decided_by,
                decided_at=self._now(),
                model=seen.mined.model,
                undoes=undoes,
            )
            DecisionStore(session).add(decision)
            taken.append(decision)

        self._pages.change(page_id, work, also=enter)
        return taken[-1]

    def _verdict(
        self, page_id: str, comment_id: str, action: Action, undoes: str | None
    ) -> Action | None:
        """Return the approval or rejection that holds once the decision is taken, if any does."""
        if action in {Action.APPROVE, Action.REJECT}:
            return action
        with open_session(self._engine, read_only=True) as session:
            return DecisionStore(session).standing(page_id, comment_id, besides=undoes)


def _follow(source: Source, comment_id: str, verdict: Action | None) -> Source:
    withheld = comment_id in source.withheld
    if verdict is Action.REJECT:
        return source if withheld else source.withholding(comment_id)
    return source.showing(comment_id) if withheld else source


def _check_words(name: str, words: str, limit: int) -> None:
    if not words.strip():
        raise InvalidRequest(f"expected {name} to hold text, got none")
    if len(words) > limit:
        raise InvalidRequest(f"expected {name} of at most {limit} characters, got {len(words)}")
