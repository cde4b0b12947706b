"""Sorts the scattered posts of many threads by thread, in a temporary SQLite file.

Memory holds the rows of one batch, then one thread at a time; the file is gone when closed. Where
threads are known only by the chain of parents (Hacker News), `resolve` finds each chain's top.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from app.domain.page import Article, CommentKind
from app.parsing.archives.posts import Post
from app.parsing.archives.records import entry_of
from app.parsing.drafts import MAX_COMMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.parsing.archives.records import Record

_BATCH_ROWS = 5_000
"""Rows a call: from here on SQLite's own work is nearly all of the time."""

_CACHE_KIB = 8_192
"""What of the file stays in memory: 60,000 comments were read as fast as with eight times as much,
and memory stays flat."""

_MOST_PASSES = 40
"""Each pass doubles the length of chains that are resolved; only circles need more than 30."""

_SCHEMA = """
CREATE TABLE thread (key TEXT PRIMARY KEY, seq INTEGER, place TEXT, head TEXT);
CREATE TABLE post (seq INTEGER PRIMARY KEY, thread TEXT, id TEXT, place TEXT, body TEXT);
CREATE TABLE author (key TEXT PRIMARY KEY, name TEXT);
"""


@dataclass(frozen=True, slots=True)
class Thread:
    """What the comments of a thread stand under.

    `gone` where it was deleted with them; `rooted` where the post of the thread's own key is the
    article's text.
    """

    article: Article
    url: str | None = None
    gone: bool = False
    rooted: bool = False


class Spill:
    """Threads and posts, put in in any order and taken out thread by thread.

    `file` is the name of the file being read, kept with every position. `folder` is where the
    temporary file stands; it may grow as large as the archive. `address` makes the URL of a
    thread of which only posts are there.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        address: Callable[[str], str | None] = lambda _key: None,
    ) -> None:
        self.file = ""
        self._address = address
        self._folder = tempfile.TemporaryDirectory(prefix="fingerpost-", dir=folder)
        self._db = sqlite3.connect(Path(self._folder.name) / "spill.sqlite3", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_SCHEMA)
        self._threads: list[tuple[str, int, str, str]] = []
        self._posts: list[tuple[int, str, str, str, str]] = []
        self._seq = 0
        self._has_authors = False
        self.share = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def add_thread(self, key: str, thread: Thread, position: str) -> None:
        """Put in a thread; of two with the same key the first counts."""
        self._seq += 1
        self._threads.append((key, self._seq, self._place(position), _dump_thread(thread)))
        if len(self._threads) >= _BATCH_ROWS:
            self._flush()

    def add_post(self, key: str, post: Post, position: str) -> None:
        """Put in a post of the thread of that key, which may come later or never."""
        self._seq += 1
        row = (self._seq, key, post.id, self._place(position), _dump_post(post))
        self._posts.append(row)
        if len(self._posts) >= _BATCH_ROWS:
            self._flush()

    def add_author(self, key: str, name: str) -> None:
        """Say the name of an author whom posts, before or after, only give by a key."""
        self._has_authors = True
        self._db.execute("INSERT OR IGNORE INTO author VALUES (?, ?)", (key, name))

    def resolve(self) -> None:
        """Take the keys of posts for ids of what they answer, and find the top of each chain."""
        self._flush()
        self._db.execute("CREATE INDEX post_id ON post(id)")
        for _ in range(_MOST_PASSES):
            done = self._db.execute(
                "UPDATE post SET thread = (SELECT above.thread FROM post above"
                " WHERE above.id = post.thread ORDER BY above.seq LIMIT 1)"
                " WHERE thread IN (SELECT id FROM post)"
            )
            if done.rowcount == 0:
                return

    def records(self) -> Iterator[Record]:
        """Yield a page a thread, in the order in which threads were first heard of."""
        self._flush()
        self._db.execute("CREATE INDEX post_thread ON post(thread, seq)")
        self._db.execute(
            "INSERT INTO thread SELECT thread, min(seq), place, NULL FROM post"
            " WHERE thread NOT IN (SELECT key FROM thread) GROUP BY thread"
        )
        total = max(1, self._db.execute("SELECT count(*) FROM thread").fetchone()[0])
        threads = self._db.execute("SELECT key, place, head FROM thread ORDER BY seq")
        for number, (key, place, head) in enumerate(threads, 1):
            self.share = number / total
            thread = _load_thread(head) if head else Thread(Article(), self._address(key))
            if thread.gone:
                continue
            article, posts = thread.article, self._posts_of(key)
            if thread.rooted:
                article, posts = _with_root(article, key, list(posts))
            file, position = json.loads(place)
            yield entry_of(position, article, posts, url=thread.url, file=file)

    def _posts_of(self, key: str) -> Iterator[Post]:
        rows = self._db.execute(
            "SELECT body FROM post WHERE thread = ? ORDER BY seq LIMIT ?",
            (key, 2 * MAX_COMMENTS),  # some may be there twice
        )
        for (body,) in rows:
            post = _load_post(body)
            name = self._name_of(post.author) if post.author and self._has_authors else None
            yield replace(post, author=name) if name else post

    def _name_of(self, key: str) -> str | None:
        row = self._db.execute("SELECT name FROM author WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _flush(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR IGNORE INTO thread VALUES (?, ?, ?, ?)", self._threads)
        self._db.executemany("INSERT INTO post VALUES (?, ?, ?, ?, ?)", self._posts)
        self._db.execute("COMMIT")
        self._threads.clear()
        self._posts.clear()

    def _place(self, position: str) -> str:
        return json.dumps([self.file, position])


def _with_root(article: Article, key: str, posts: Sequence[Post]) -> tuple[Article, Iterator[Post]]:
    """The article with the root's text, and the other posts; what answered it has no parent now."""
    root = next((post for post in posts if post.id == key and post.parent is None), None)
    if root is None:
        return article, iter(posts)
    full = Article(
        title=article.title,
        text=root.text or "",
        author=root.author,
        published_at=root.created_at,
    )
    return full, (post for post in posts if post.id != key)


def _dump_thread(thread: Thread) -> str:
    article = thread.article
    return json.dumps(
        [
            article.title,
            article.text,
            article.author,
            _moment(article.published_at),
            thread.url,
            thread.gone,
            thread.rooted,
        ]
    )


def _load_thread(head: str) -> Thread:
    title, text, author, published_at, *others = json.loads(head)
    return Thread(Article(title, text, author, _time(published_at)), *others)


def _dump_post(post: Post) -> str:
    made = _moment(post.created_at)
    return json.dumps([post.id, post.text, post.author, post.parent, made, post.kind.value])


def _load_post(body: str) -> Post:
    id_, text, author, parent, made, kind = json.loads(body)
    return Post(id_, text, author, parent, _time(made), CommentKind(kind))


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value is not None else None


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value is not None else None
