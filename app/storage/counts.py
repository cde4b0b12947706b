"""Counts of claims by actor, site and day, kept in step with every page that is stored or deleted.

To count a million attributions takes seconds; so each page adds what it says to the counts, in
the transaction that stores it. Nothing here commits.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import and_, bindparam, delete, select, tuple_

from app.domain.question import ClaimCount, Grouping
from app.domain.stance import Label
from app.errors import InvalidRequest
from app.storage.columns import KEY_LENGTH, name_key
from app.storage.cursors import MAX_NUMBER, check_limit, decode_cursor, encode_cursor, slice_of
from app.storage.filters import check_filter
from app.storage.tables import ActorNameRow, AttributionRow, ClaimCountRow, PageRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.orm import Session

    from app.domain.listing import Slice
    from app.domain.question import CountFilter

_EVERYTHING = ""
"""The scope of counts that nothing narrows."""

_COUNTED = (Label.SUPPORT, Label.DENY, Label.QUERY)


class PageCounts:
    """What one page says, as far as it is counted: claims by cut, scope, item and label."""

    def __init__(self) -> None:
        self.claims: Counter[tuple[str, str, str, Label]] = Counter()
        self.names: dict[tuple[str, str], str] = {}

    @classmethod
    def read(cls, session: Session, page_number: int) -> PageCounts:
        """Return what is stored of the page of that number."""
        counts = cls()
        found = session.execute(
            select(
                PageRow.url,
                ActorNameRow.name_key,
                ActorNameRow.name,
                AttributionRow.said_at,
                AttributionRow.label,
            )
            .join(PageRow, PageRow.number == AttributionRow.page_number)
            .join(
                ActorNameRow,
                and_(
                    ActorNameRow.page_number == AttributionRow.page_number,
                    ActorNameRow.actor_position == AttributionRow.actor_position,
                    ActorNameRow.position == 0,
                ),
            )
            .where(AttributionRow.page_number == page_number)
        )
        for url, actor, name, said_at, label in found:
            items = {Grouping.ACTOR: actor, Grouping.DAY: said_at.date().isoformat()}
            site = site_of(url)
            if site:
                items[Grouping.SITE] = site
            counts.names[Grouping.ACTOR, actor] = name
            for cut, scope, item in _cells(items):
                counts.claims[cut, scope, item, label] += 1
        return counts


def settle_counts(session: Session, before: PageCounts, after: PageCounts) -> None:
    """Make the counts say `after` of a page of which they said `before`.

    Rows are touched in one order by everybody, so that no two writers wait for each other.
    """
    changes = Counter(after.claims)
    changes.subtract(before.claims)
    names = before.names | after.names
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    for cut, scope, item in sorted({key[:3] for key, change in changes.items() if change}):
        support, deny, query = (changes[cut, scope, item, label] for label in _COUNTED)
        rows[cut, scope, item] = {
            "cut": cut,
            "scope": scope,
            "item": item,
            "name": names.get((cut.partition("/")[0], item), item),
            "support": support,
            "deny": deny,
            "query": query,
            "claims": support + deny + query,
        }
    if not rows:
        return
    added = _insert_on(session)(ClaimCountRow)
    columns = ("support", "deny", "query", "claims")
    session.execute(
        added.on_conflict_do_update(
            index_elements=["cut", "scope", "item"],
            set_={
                "name": added.excluded.name,
                **{
                    name: getattr(ClaimCountRow, name) + getattr(added.excluded, name)
                    for name in columns
                },
            },
        ),
        list(rows.values()),
    )
    emptied = [
        {"c": cut, "s": scope, "i": item}
        for cut, scope, item in rows
        if not _says_any(after, cut, scope, item)
    ]
    if emptied:
        session.connection().execute(
            delete(ClaimCountRow).where(
                ClaimCountRow.cut == bindparam("c"),
                ClaimCountRow.scope == bindparam("s"),
                ClaimCountRow.item == bindparam("i"),
                ClaimCountRow.support == 0,
                ClaimCountRow.deny == 0,
                ClaimCountRow.query == 0,
            ),
            emptied,
        )


def _says_any(counts: PageCounts, cut: str, scope: str, item: str) -> bool:
    """Whether a page says anything of that item."""
    return any(counts.claims[cut, scope, item, label] for label in _COUNTED)


def list_counts(
    session: Session, wanted: CountFilter, *, cursor: str | None = None, limit: int
) -> Slice[ClaimCount]:
    """Return some counts: of actors and sites the highest first, of days the latest.

    Raises:
        InvalidRequest: a broken cursor, a limit out of range, filters that do not go together.
    """
    check_limit(limit)
    cut, scope = _place_of(wanted)
    by_day = wanted.by is Grouping.DAY
    key = (ClaimCountRow.item,) if by_day else (ClaimCountRow.claims, ClaimCountRow.number)
    statement = (
        select(ClaimCountRow)
        .where(ClaimCountRow.cut == cut, ClaimCountRow.scope == scope)
        .order_by(*(column.desc() for column in key))
        .limit(limit + 1)
        .execution_options(populate_existing=True)
    )
    name = f"counts/{cut}"
    if cursor is not None and by_day:
        (day,) = decode_cursor(name, cursor, most=[date.max.toordinal()])
        statement = statement.where(ClaimCountRow.item < _day_of(day))
    elif cursor is not None:
        place = decode_cursor(name, cursor, most=[MAX_NUMBER, MAX_NUMBER])
        statement = statement.where(tuple_(*key) < place)
    return slice_of(
        session.scalars(statement).all(),
        limit=limit,
        item_of=lambda row: ClaimCount(row.name, row.support, row.deny, row.query),
        cursor_of=lambda row: (
            encode_cursor(name, date.fromisoformat(row.item).toordinal())
            if by_day
            else encode_cursor(name, row.claims, row.number)
        ),
    )


def site_of(url: str | None) -> str:
    """Return the host of an address in lower case, without "www."; empty where it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # brackets that hold no address
        return ""
    return host.removeprefix("www.")[:KEY_LENGTH]


def _cells(items: Mapping[Grouping, str]) -> Iterator[tuple[str, str, str]]:
    """Yield cut, scope and item of every count that a claim belongs to."""
    for by, item in items.items():
        yield by.value, _EVERYTHING, item
        for within in (Grouping.ACTOR, Grouping.SITE):
            if within is not by and within in items:
                yield f"{by}/{within}", items[within], item


def _place_of(wanted: CountFilter) -> tuple[str, str]:
    scopes = {Grouping.ACTOR: wanted.actor, Grouping.SITE: wanted.site}
    given = {within: value for within, value in scopes.items() if value is not None}
    if not given:
        return wanted.by.value, _EVERYTHING
    (within, value), *more = given.items()
    if more or within is wanted.by:
        raise InvalidRequest(
            f"expected counts by {wanted.by} of one actor or of one site, got other filters"
        )
    check_filter(within, value)
    scope = name_key(value) if within is Grouping.ACTOR else value.lower().removeprefix("www.")
    return f"{wanted.by}/{within}", scope[:KEY_LENGTH]


def _day_of(ordinal: int) -> str:
    if ordinal < 1:
        raise InvalidRequest("expected a cursor as the list before it gave it, got another text")
    return date.fromordinal(ordinal).isoformat()


def _insert_on(session: Session) -> Callable[[type[ClaimCountRow]], PostgresInsert | SqliteInsert]:
    """Return the database's own insert, which knows what to do about a row that is there.

    All of SQLAlchemy's PostgreSQL comes with its one, which SQLite need not wait for.
    """
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - on need

        return postgresql.insert
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - on need

    return sqlite.insert
