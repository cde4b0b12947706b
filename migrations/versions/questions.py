"""Comments found by their words, and claims counted by actor, site and day."""

from __future__ import annotations

import sqlite3
from collections import Counter
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "questions"
down_revision = "job_archives"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")

FIRST_WITH_SECURE_DELETE = (3, 42)
"""Since then FTS5 can take deleted words out at once, not only when it next merges."""

LABELS = ("support", "deny", "query")


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _index_words_on_sqlite()
    else:
        # What is longer is a book; a tsvector holds a megabyte and is refused above that.
        op.execute(
            "ALTER TABLE comments ADD COLUMN words tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', left(text, 100000))) STORED"
        )
        op.execute("CREATE INDEX ix_comments_words ON comments USING gin (words)")
    op.create_table(
        "claim_counts",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cut", sa.String(length=16), nullable=False),
        sa.Column("scope", KEY, nullable=False),
        sa.Column("item", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.Column("deny", sa.Integer(), nullable=False),
        sa.Column("query", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_claim_counts")),
        sa.UniqueConstraint("cut", "scope", "item", name=op.f("uq_claim_counts_cut_scope_item")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_claim_counts_cut_scope_claims_number"),
        "claim_counts",
        ["cut", "scope", "claims", "number"],
    )
    _count_what_is_there()


def downgrade() -> None:
    op.drop_table("claim_counts")
    if op.get_context().dialect.name == "sqlite":
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER comment_search_{verb}")
        op.execute("DROP TABLE comment_search")
        op.execute("DROP VIEW comment_words")
    else:
        op.execute("ALTER TABLE comments DROP COLUMN words")


def _index_words_on_sqlite() -> None:
    # A row is known to FTS5 by one number: that of its page, then 24 bits for its place there.
    op.execute(
        "CREATE VIEW comment_words AS "
        "SELECT (page_number << 24) | position AS number, text FROM comments"
    )
    op.execute(
        "CREATE VIRTUAL TABLE comment_search USING fts5(text, content='comment_words', "
        "content_rowid='number', tokenize='unicode61 remove_diacritics 0')"
    )
    if sqlite3.sqlite_version_info >= FIRST_WITH_SECURE_DELETE:
        op.execute("INSERT INTO comment_search(comment_search, rank) VALUES ('secure-delete', 1)")
    add = (
        "INSERT INTO comment_search(rowid, text) "
        "VALUES ((new.page_number << 24) | new.position, new.text);"
    )
    take = (
        "INSERT INTO comment_search(comment_search, rowid, text) "
        "VALUES ('delete', (old.page_number << 24) | old.position, old.text);"
    )
    for verb, what in (("INSERT", add), ("DELETE", take), ("UPDATE", f"{take} {add}")):
        op.execute(
            f"CREATE TRIGGER comment_search_{verb.lower()} AFTER {verb} ON comments "
            f"BEGIN {what} END"
        )
    op.execute("INSERT INTO comment_search(comment_search) VALUES ('rebuild')")


def _count_what_is_there() -> None:
    connection = op.get_bind()
    day = (
        "substr(said_at, 1, 10)"
        if connection.dialect.name == "sqlite"
        else "to_char(said_at, 'YYYY-MM-DD')"
    )
    found = connection.exec_driver_sql(
        f"SELECT url, name_key, min(name), {day}, label, count(*) FROM attributions "  # noqa: S608
        "JOIN pages ON pages.number = attributions.page_number "
        "JOIN actor_names ON actor_names.page_number = attributions.page_number "
        "AND actor_names.actor_position = attributions.actor_position "
        "AND actor_names.position = 0 "
        f"GROUP BY url, name_key, {day}, label"
    )
    claims: Counter[tuple[str, str, str, str]] = Counter()
    names: dict[str, str] = {}
    for url, actor, name, said, label, count in found:
        names[actor] = name
        items = {"actor": actor, "day": said, "site": _site_of(url)}
        for by, item in items.items():
            if item:
                claims[by, "", item, label] += count
            for within in ("actor", "site"):
                if item and within != by and items[within]:
                    claims[f"{by}/{within}", items[within], item, label] += count
    rows = []
    for cut, scope, item in sorted({key[:3] for key in claims}):
        counts = {label: claims[cut, scope, item, label] for label in LABELS}
        shown = names[item] if cut.startswith("actor") else item
        held = {"cut": cut, "scope": scope, "item": item, "name": shown}
        rows.append({**held, **counts, "claims": sum(counts.values())})
    names_of_columns = ("cut", "scope", "item", "name", *LABELS, "claims")
    table = sa.table("claim_counts", *map(sa.column, names_of_columns))
    if rows:
        connection.execute(sa.insert(table), rows)


def _site_of(url: str | None) -> str:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")[:200]
