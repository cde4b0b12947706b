"""Fills a database with comments and times questions across pages: python bench/search.py PAGES.

The pages of the folder are stored once, with claims made up for them, and then copied within the
database until there are `--comments`. A quarter of all claims is about one actor, few are certain
and fewer blame a sponsor, so that lists must look for what is common and what is rare. Each
question is asked for many words, actors and sites, and once more by its cursor; what is printed is
the median and the slowest.

python bench/search.py PAGES [--comments 1000000] [--database-url URL] [--plans]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, text

from app.domain.listing import AttributionFilter, PageFilter
from app.domain.mined import Actor, MinedComment, MinedPage, ModelIdentity
from app.domain.page import Span
from app.domain.question import CommentFilter, CountFilter, Grouping
from app.domain.stance import Attribution, Label, Role, Stance
from app.errors import InputError
from app.parsing.page import parse_page
from app.storage.attributions import AttributionStore
from app.storage.counts import list_counts
from app.storage.engine import open_engine, open_session
from app.storage.page_list import list_pages
from app.storage.rows import page_row, rows_below
from app.storage.schema import upgrade
from app.storage.search import find_comments
from app.storage.tables import NamedClaimRow, PageRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from app.domain.page import Page

BEFORE_QUESTIONS = "job_archives"
"""The schema before words were indexed and claims counted: to fill it is quicker, and the way up
from there is measured on its own."""

FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 1_500
ACTORS, SITES = 2_000, 300
ROUNDS = 15
SPOKEN = Stance(Label.SUPPORT, certain=False, probabilities=(0.7, 0.1, 0.1, 0.1))
LABELS = (Label.SUPPORT, Label.SUPPORT, Label.DENY, Label.QUERY)


def make_mined(page: Page, number: int) -> MinedPage:
    """Return the page with a claim on every second of its comments."""
    actors = tuple(Actor(f"a{n}", name_of(number, n)) for n in range(4))
    day = FIRST_DAY + timedelta(days=number * 37 % DAYS)
    return MinedPage(
        article=page.article,
        comments=tuple(
            MinedComment(
                comment=type(comment)(f"c{at}", comment.text, comment.author, created_at=day),
                account_stance=SPOKEN,
                attributions=(_claim(actors[at // 2 % 4].id, at),) if at % 2 else (),
            )
            for at, comment in enumerate(page.comments)
        ),
        actors=actors,
        hypotheses=(),
        account=None,
        event=None,
        model=ModelIdentity("bench", "1"),
        mined_at=day,
        url=f"https://site{number % SITES}.example/{number}",
        language="en",
    )


def name_of(page: int, actor: int) -> str:
    """Return the name of an actor of a page; the first one is the same on all pages."""
    return f"Actor {(page * 7 + actor) % ACTORS if actor else 0}"


def _claim(actor: str, at: int) -> Attribution:
    label = LABELS[at // 8 % 4]
    role = Role.SPONSOR if at % 50 == 1 else Role.PERPETRATOR
    is_query = label is Label.QUERY
    certain = at % 20 == 1 and not is_query
    return Attribution(
        actor,
        label,
        certain,
        None if is_query else role,
        reported=False,
        probability=0.7,
        evidence=Span(0, 1),
    )


def read_pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of a folder that can be read."""
    kinds = {".txt": "text/plain", ".html": "text/html", ".json": "application/json"}
    for path in sorted(folder.iterdir()):
        if path.suffix in kinds:
            try:
                yield parse_page(path.read_bytes(), content_type=kinds[path.suffix])
            except InputError as error:
                print(f"{path.name}: {error}")


def fill(engine: Engine, folder: Path, comments: int) -> int:
    """Store the pages, and copy them until there are so many comments; return their number."""
    with open_session(engine) as session, session.begin():
        for number, page in enumerate(read_pages(folder), start=1):
            mined = make_mined(page, number)
            row = {"number": number, "id": f"p{number}", "version": 1, **page_row(mined)}
            session.execute(insert(PageRow), [row])
            for table, rows in rows_below(mined).items():
                if rows and table is not NamedClaimRow:
                    below = [{"page_number": number, **each} for each in rows]
                    for each in below:
                        each.pop("premises", None)  # a column that comes later
                    session.execute(insert(table).execution_options(render_nulls=True), below)
        pages = session.scalar(text("SELECT count(*) FROM pages")) or 0
        there = session.scalar(text("SELECT count(*) FROM comments")) or 0
    while there < comments:
        wanted = min(pages, -(-(comments - there) * pages // there))
        with open_session(engine) as session, session.begin():
            copy_pages(session, pages, wanted)
            there = session.scalar(text("SELECT count(*) FROM comments")) or 0
        pages += wanted
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return there


def copy_pages(session: Session, pages: int, wanted: int) -> None:
    """Copy the first `wanted` of so many pages, with other words, actors, sites and days."""
    day = (
        "datetime(said_at, '+' || ((page_number + :by) % 997) || ' hours') || '.000000'"
        if session.get_bind().dialect.name == "sqlite"
        else "said_at + make_interval(hours => ((page_number + :by) % 997)::int)"
    )
    number = (
        "(CASE actor_position WHEN 0 THEN 0 "
        f"ELSE ((page_number + :by) * 7 + actor_position) % {ACTORS} END)"
    )
    changed = {
        "pages": {
            "number": "number + :by",
            "id": "'p' || (number + :by)",
            "url": f"'https://site' || ((number + :by) % {SITES}) || '.example/' || (number + :by)",
        },
        "comments": {
            "text": "text || ' word' || (((page_number + :by) * 31 + position * 7) % 50000)"
        },
        "actors": {},
        "actor_names": {
            "name": f"'Actor ' || {number}",
            "name_key": f"'actor ' || {number}",
        },
        "attributions": {"said_at": day},
    }
    for table, columns in changed.items():
        names = _columns_of(session, table)
        key = "number" if table == "pages" else "page_number"
        values = {key: f"{key} + :by"} | columns
        shown = ", ".join(values.get(name, name) for name in names)
        session.execute(
            text(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {shown} FROM {table} "  # noqa: S608
                f"WHERE {key} <= :wanted"
            ),
            {"by": pages, "wanted": wanted},
        )


def _columns_of(session: Session, table: str) -> list[str]:
    found = session.execute(text(f"SELECT * FROM {table} LIMIT 0"))  # noqa: S608
    return list(found.keys())


def questions(at: int) -> dict[str, Callable[[Session, str | None], str | None]]:
    """Return the questions of one round by name; each takes a cursor and returns the next."""
    actor, site, rare = f"Actor {at * 13 % ACTORS}", f"site{at * 17 % SITES}.example", at * 977
    return {
        "a common word": _found("the"),
        "a common and a rarer word": _found("the police"),
        "a rare word": _found(f"word{rare % 50000}"),
        "a phrase": _found('"of the"'),
        "claims": _claims(AttributionFilter()),
        "claims about an actor": _claims(AttributionFilter(actor=actor)),
        "claims about the common actor": _claims(AttributionFilter(actor="Actor 0")),
        "certain denials of that actor": _claims(
            AttributionFilter(actor="Actor 0", label=Label.DENY, certain=True)
        ),
        "denials": _claims(AttributionFilter(label=Label.DENY)),
        "certain claims": _claims(AttributionFilter(certain=True)),
        "sponsors": _claims(AttributionFilter(role=Role.SPONSOR)),
        "enablers, of whom there are none": _claims(AttributionFilter(role=Role.ENABLER)),
        "denials since a day": _claims(
            AttributionFilter(label=Label.DENY, since=FIRST_DAY + timedelta(days=at * 90))
        ),
        "counts by actor": _counted(CountFilter(Grouping.ACTOR)),
        "counts by actor on a site": _counted(CountFilter(Grouping.ACTOR, site=site)),
        "counts by site": _counted(CountFilter(Grouping.SITE)),
        "counts by site of an actor": _counted(CountFilter(Grouping.SITE, actor=actor)),
        "counts by day": _counted(CountFilter(Grouping.DAY)),
        "counts by day of an actor": _counted(CountFilter(Grouping.DAY, actor=actor)),
        "pages": _pages(PageFilter()),
        "pages about an actor": _pages(PageFilter(actor=actor)),
    }


def _found(words: str) -> Callable[[Session, str | None], str | None]:
    wanted = CommentFilter(words)
    return lambda s, cursor: find_comments(s, wanted, cursor=cursor, limit=50).next_cursor


def _claims(wanted: AttributionFilter) -> Callable[[Session, str | None], str | None]:
    return lambda s, cursor: AttributionStore(s).list(wanted, cursor=cursor, limit=50).next_cursor


def _counted(wanted: CountFilter) -> Callable[[Session, str | None], str | None]:
    return lambda s, cursor: list_counts(s, wanted, cursor=cursor, limit=50).next_cursor


def _pages(wanted: PageFilter) -> Callable[[Session, str | None], str | None]:
    return lambda s, cursor: list_pages(s, wanted, cursor=cursor, limit=50).next_cursor


def measure(engine: Engine) -> None:
    """Ask every question from the top of its list and from its second slice, and print times."""
    times: dict[str, list[float]] = {}
    for at in range(ROUNDS):
        for name, ask in questions(at).items():
            cursor: str | None = None
            for _ in range(2):
                begun = time.perf_counter()
                with open_session(engine, read_only=True) as session:
                    cursor = ask(session, cursor)
                times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
                if cursor is None:
                    break
    print(f"{'question':30} {'median ms':>10} {'slowest ms':>10}")
    for name, taken in times.items():
        print(f"{name:30} {statistics.median(taken):10.1f} {max(taken):10.1f}")


def show_plans(engine: Engine) -> None:
    """Print how the database answers each question."""
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    for name, ask in questions(1).items():
        with open_session(engine, read_only=True) as session:
            ask(session, None)
            statement, parameters = asked[-1]
            plan = session.connection().exec_driver_sql(f"{explain} {statement}", parameters)
            steps = [str(row[-1]) for row in plan]
        print(f"\n{name}:\n  " + "\n  ".join(steps))


def main() -> None:
    """Fill a database, time the questions, and show the plans where wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--database-url", help="an empty database; else a new SQLite file")
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(options.database_url or f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine, BEFORE_QUESTIONS)
        begun = time.perf_counter()
        there = fill(engine, options.pages, options.comments)
        filled = time.perf_counter()
        upgrade(engine)
        print(
            f"{engine.dialect.name}: {there} comments filled in {filled - begun:.0f} s, words "
            f"indexed and claims counted in {time.perf_counter() - filled:.0f} s"
        )
        measure(engine)
        if options.plans:
            show_plans(engine)
        engine.dispose()


if __name__ == "__main__":
    main()
