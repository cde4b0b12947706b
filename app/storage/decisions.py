"""The store of moderators' decisions: they are added and listed, and never changed.

Nothing here commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from app.domain.decision import Action, Decision
from app.domain.mined import ModelIdentity
from app.errors import AlreadyUndone, NotFound
from app.storage.checks import checked_row, checked_time
from app.storage.columns import KEY_LENGTH, is_storable, join_time
from app.storage.cursors import MAX_NUMBER, check_limit, decode_cursor, encode_cursor, slice_of
from app.storage.filters import check_filter
from app.storage.tables import DecisionRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from app.domain.decision import DecisionFilter
    from app.domain.listing import Slice

_LIST = "decisions"
_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


class DecisionStore:
    """Adds and lists decisions through a session whose transaction the caller opens."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, decision: Decision) -> None:
        """Append a decision.

        Raises:
            AlreadyUndone: it undoes one that is undone, also where that happened just now.
            InvalidPage: a text that no database here can hold.
        """
        decided_at, decided_offset_s = checked_time("decided_at", decision.decided_at)
        row = checked_row(
            DecisionRow,
            {
                "id": decision.id,
                "page_id": decision.page_id,
                "comment_key": decision.comment_id[:KEY_LENGTH],
                "comment_id": decision.comment_id,
                "action": decision.action,
                "reason": decision.reason,
                "decided_by": decision.decided_by,
                "decided_at": decided_at,
                "decided_offset_s": decided_offset_s,
                "model_name": decision.model.name,
                "model_revision": decision.model.revision,
                "undoes": decision.undoes,
            },
        )
        try:
            with self._session.begin_nested():
                self._session.execute(insert(DecisionRow), [row])
        except IntegrityError as error:
            raise AlreadyUndone(
                f"expected a decision that stands, got {decision.undoes!r}, which is undone"
            ) from error

    def load(self, decision_id: str) -> Decision:
        """Return a decision.

        Raises:
            NotFound: there is none of that id.
        """
        found = (
            self._session.execute(_select_found().where(DecisionRow.id == decision_id)).first()
            if is_storable(decision_id)
            else None
        )
        if found is None:
            raise NotFound(f"expected the id of a decision, got {decision_id[:_ECHOED]!r}")
        return _decision(found)

    def standing(
        self, page_id: str, comment_id: str, *, besides: str | None = None
    ) -> Action | None:
        """Return whether a comment was last approved or rejected, undone decisions left out.

        `besides` is one more decision that is left out.
        """
        undo = aliased(DecisionRow)
        statement = (
            select(DecisionRow.action)
            .where(
                *_of_comment(page_id, comment_id),
                DecisionRow.action.in_([Action.APPROVE, Action.REJECT]),
                ~select(undo.number).where(undo.undoes == DecisionRow.id).exists(),
            )
            .order_by(DecisionRow.number.desc())
            .limit(1)
        )
        if besides is not None:
            statement = statement.where(DecisionRow.id != besides)
        return self._session.scalar(statement)

    def list(
        self, narrowed: DecisionFilter, *, cursor: str | None = None, limit: int
    ) -> Slice[Decision]:
        """Return some decisions, the latest first, from where `cursor` left off.

        Raises:
            InvalidRequest: a broken cursor, a limit out of range, a filter that is too long.
        """
        check_limit(limit)
        statement = (
            _select_found()
            .where(*_conditions(narrowed))
            .order_by(DecisionRow.number.desc())
            .limit(limit + 1)
        )
        if cursor is not None:
            (number,) = decode_cursor(_LIST, cursor, most=[MAX_NUMBER])
            statement = statement.where(DecisionRow.number < number)
        return slice_of(
            self._session.execute(statement).all(),
            limit=limit,
            item_of=_decision,
            cursor_of=lambda found: encode_cursor(_LIST, found[0].number),
        )


def _select_found() -> Select[DecisionRow, str | None]:
    undo = aliased(DecisionRow)
    return (
        select(DecisionRow, undo.id)
        .outerjoin(undo, undo.undoes == DecisionRow.id)
        .execution_options(populate_existing=True)
    )


def _conditions(narrowed: DecisionFilter) -> Iterator[ColumnElement[bool]]:
    for name in ("page_id", "comment_id", "decided_by"):
        value = getattr(narrowed, name)
        if value is not None:
            check_filter(name, value)
    if narrowed.page_id is not None:
        yield DecisionRow.page_id == narrowed.page_id
    if narrowed.comment_id is not None:
        yield DecisionRow.comment_key == narrowed.comment_id[:KEY_LENGTH]
        yield DecisionRow.comment_id == narrowed.comment_id
    if narrowed.action is not None:
        yield DecisionRow.action == narrowed.action
    if narrowed.decided_by is not None:
        yield DecisionRow.decided_by == narrowed.decided_by


def _of_comment(page_id: str, comment_id: str) -> Iterator[ColumnElement[bool]]:
    yield DecisionRow.page_id == page_id
    yield DecisionRow.comment_key == comment_id[:KEY_LENGTH]
    yield DecisionRow.comment_id == comment_id


def _decision(found: Row[DecisionRow, str | None]) -> Decision:
    row, undone_by = found
    return Decision(
        id=row.id,
        page_id=row.page_id,
        comment_id=row.comment_id,
        action=row.action,
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=join_time(row.decided_at, row.decided_offset_s),
        model=ModelIdentity(row.model_name, row.model_revision),
        undoes=row.undoes,
        undone_by=undone_by,
    )
