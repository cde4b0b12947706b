"""Finds where the attributions stand that a list shows next, in a time that does not grow.

Label, certainty and role together have thirteen values. For each that is wanted an index gives the
latest places in order, and the latest of all these are what the list shows: no more rows are read
than thirteen times what is shown, however many are stored and however few are wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import false, select, tuple_, union_all

from app.domain.stance import ROLES, Label, Role
from app.errors import InvalidRequest
from app.storage.columns import name_key, split_time
from app.storage.filters import check_filter
from app.storage.tables import AttributionRow, NamedClaimRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, FromClause, Select, Subquery

    from app.domain.listing import AttributionFilter

ORDER = ("said_at", "page_number", "comment_position", "position")
"""What the list goes by, the greatest first; all but the time say where an attribution stands."""


_CLAIMS, _NAMED = AttributionRow.__table__, NamedClaimRow.__table__
"""The tables themselves: a part of a statement needs no entity."""


class _Kind(NamedTuple):
    label: Label
    certain: bool
    role: Role | None


_KINDS = (
    *(
        _Kind(label, certain, role)
        for label in (Label.SUPPORT, Label.DENY)
        for certain in (False, True)
        for role in ROLES
    ),
    _Kind(Label.QUERY, certain=False, role=None),
)
"""All that an attribution can be: a query commits to nothing and has no role."""


def select_places(
    narrowed: AttributionFilter, *, before: tuple[object, ...] | None, most: int
) -> Subquery:
    """Return the columns `ORDER` of the first attributions that are wanted, behind `before`.

    Raises:
        InvalidRequest: a filter that is too long, or a time out of range.
    """
    kinds = [kind for kind in _KINDS if _is_wanted(kind, narrowed)]
    if narrowed.actor is None and len(kinds) == len(_KINDS):
        # All of them in order is an index of its own.
        anything = list(_conditions(_CLAIMS, narrowed, before))
        return _latest(_CLAIMS, anything, most).subquery("places")
    table = _CLAIMS if narrowed.actor is None else _NAMED
    conditions = list(_conditions(table, narrowed, before))
    found = [
        select(_latest(table, [*_holding(table, kind), *conditions], most, by_role=True).subquery())
        for kind in kinds
    ]
    if not found:
        return _latest(table, [false()], most).subquery("places")
    merged = union_all(*found).subquery()
    order = [merged.c[name] for name in ORDER]
    latest = select(*order).order_by(*(column.desc() for column in order)).limit(most)
    return latest.subquery("places")


def _latest(
    table: FromClause,
    conditions: Sequence[ColumnElement[bool]],
    most: int,
    *,
    by_role: bool = False,
) -> Select[Any]:
    place = [table.c[name] for name in ORDER]
    # They have one role, or none: then PostgreSQL takes the index to be in order only like this.
    order = [table.c.role, *place] if by_role else place
    return (
        select(*place).where(*conditions).order_by(*(column.desc() for column in order)).limit(most)
    )


def _conditions(
    table: FromClause, narrowed: AttributionFilter, before: tuple[object, ...] | None
) -> Iterator[ColumnElement[bool]]:
    if narrowed.actor is not None:
        check_filter("actor", narrowed.actor)
        yield table.c.name_key == name_key(narrowed.actor)
    if narrowed.since is not None:
        yield table.c.said_at >= _since(narrowed.since)
    if before is not None:
        yield tuple_(*(table.c[name] for name in ORDER)) < before


def _is_wanted(kind: _Kind, narrowed: AttributionFilter) -> bool:
    asked = (narrowed.label, narrowed.certain, narrowed.role)
    return all(wanted in (None, held) for wanted, held in zip(asked, kind, strict=True))


def _holding(table: FromClause, kind: _Kind) -> Iterator[ColumnElement[bool]]:
    yield table.c.label == kind.label
    yield table.c.certain.is_(kind.certain)
    yield table.c.role.is_(None) if kind.role is None else table.c.role == kind.role


def _since(when: datetime) -> datetime:
    try:
        return split_time(when)[0]
    except ValueError as error:
        raise InvalidRequest(f"since: {error}") from error
