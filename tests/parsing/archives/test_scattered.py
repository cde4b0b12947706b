"""Threads scattered over an archive, or over several files of it, come together."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from app.domain.page import Article, Comment, Page, ReplyLink
from app.exchange.convokit import pages_as_convokit
from app.mining.mine import mine
from app.parsing.archives import Archive, Entry, Failure
from app.parsing.archives.spill import Spill
from tests.fakes import FakeScorer

_NOW = datetime(2024, 5, 17, tzinfo=UTC)
_MANY_ATTRIBUTES = " ".join(f"a{n}='1'" for n in range(20_000))


def _lines(*rows) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _comment(id_, parent, text="words", **more):
    return {
        "id": id_,
        "link_id": "t3_s",
        "parent_id": parent,
        "author": "Ines",
        "body": text,
        "created_utc": 1_400_000_000,
        **more,
    }


def test_reddit_threads_span_files(read_archive):
    """Comments of two files find each other and the submission in a third, whatever the order."""
    entries, failures = read_archive(
        _lines(_comment("b", "t1_a")),
        _lines({"id": "s", "title": "Fire &amp; smoke", "selftext": "Why?", "subreddit": "x"}),
        _lines(_comment("a", "t3_s"), _comment("c", "t1_gone")),
    )

    assert failures == []
    (entry,) = entries
    assert entry.page.article.title == "Fire & smoke"
    assert entry.page.url == "https://www.reddit.com/comments/s/"
    assert [(each.id, each.reply_to) for each in entry.page.comments] == [
        ("a", None),
        ("b", "a"),
        ("c", None),
    ]


def test_reddit_deleted_comments_are_left_out(read_archive):
    """Both ways in which Reddit marks them, and an author who is gone has no name."""
    entries, _ = read_archive(
        _lines(
            _comment("a", "t3_s", "[removed]"),
            _comment("b", "t1_a", "still here", author="[deleted]"),
            _comment("c", "t1_b", "[deleted]"),
        )
    )

    (comment,) = entries[0].page.comments
    assert (comment.text, comment.author, comment.reply_to) == ("still here", None, None)


def test_bad_lines_are_reported_by_number_and_the_rest_is_read(read_archive):
    """Broken JSON, another type and missing fields lose one line each."""
    entries, failures = read_archive(
        _lines(_comment("a", "t3_s"))
        + b'{"id": \n[1]\n\n'
        + _lines({"id": "x"}, _comment("b", "t1_a"))
    )

    assert [failure.position for failure in failures] == ["line 2", "line 3", "line 5"]
    assert {failure.kind for failure in failures} == {"UnreadableArchive"}
    assert len(entries[0].page.comments) == 2


def test_hacker_news_comments_find_their_story_by_their_parents(read_archive):
    """However deep, with the deepest first; under a missing item they make a page of their own."""
    depth = 3_000
    items = [
        {"id": n, "type": "comment", "by": "a", "text": "x<p>y", "parent": n - 1, "time": n}
        for n in range(depth, 1, -1)
    ]
    lost = {"id": 9_001, "type": "comment", "text": "z", "parent": 9_000, "time": 1}
    gone = {"id": 9_002, "type": "comment", "deleted": True, "parent": 9_001, "time": 2}
    story = {"id": 1, "type": "story", "title": "T", "time": 1}

    entries, failures = read_archive(_lines(*items, lost, gone), _lines(story))

    assert failures == []
    pages = {each.page.url: each.page for each in entries}
    assert set(pages) == {f"https://news.ycombinator.com/item?id={n}" for n in (1, 9_000)}
    chain = pages["https://news.ycombinator.com/item?id=1"].comments
    assert [each.reply_to for each in chain] == [None, *(str(n) for n in range(2, depth))]
    assert chain[0].text == "x\ny"
    assert [each.id for each in pages["https://news.ycombinator.com/item?id=9000"].comments] == [
        "9001"
    ]


def test_hacker_news_items_come_as_an_array_too(read_archive):
    """One JSON document of all items, with one that is none."""
    items = [
        {"id": 1, "type": "story", "title": "T"},
        7,
        {"id": 2, "type": "comment", "parent": 1, "text": "x"},
    ]

    entries, failures = read_archive(json.dumps(items).encode())

    assert len(entries[0].page.comments) == 1
    assert [failure.position for failure in failures] == ["item 2"]


def test_circles_of_parents_end(read_archive):
    """Items that answer each other in a circle make a page, and reading ends."""
    ring = [
        {"id": n, "type": "comment", "text": "x", "parent": n % 5 + 1, "time": n}
        for n in range(1, 6)
    ]

    entries, _ = read_archive(_lines(*ring))

    assert sum(len(each.page.comments) for each in entries) == 5


def test_disqus_orphans_and_deleted_threads(read_archive):
    """Posts of an unknown thread make a page without an article; a deleted thread makes none."""
    export = """<?xml version="1.0"?><disqus xmlns="http://disqus.com"
        xmlns:dsq="http://disqus.com/disqus-internals">
      <thread dsq:id="1"><link>http://a.example/</link><title>A</title>
        <isDeleted>true</isDeleted></thread>
      <post dsq:id="10"><message>in a deleted thread</message><thread dsq:id="1"/></post>
      <post dsq:id="11"><message>alone</message><thread dsq:id="404"/></post>
      <post dsq:id="12"><message>spam</message><isSpam>true</isSpam><thread dsq:id="404"/></post>
      <post dsq:id="13"><message>answer</message><thread dsq:id="404"/><parent dsq:id="12"/></post>
    </disqus>"""

    entries, failures = read_archive(export.encode())

    assert failures == []
    (entry,) = entries
    assert entry.page.article.title is None
    assert [(each.text, each.reply_to) for each in entry.page.comments] == [
        ("alone", None),
        ("answer", None),
    ]


@pytest.fixture
def corpus(tmp_path):
    """Return a folder with a corpus of one conversation, and pickle files that would explode."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    utterances = [
        {"id": "u2", "root": "u1", "text": "answer", "user": {"id": "Tom"}, "reply_to": "u1"},
        {
            "id": "u1",
            "conversation_id": "u1",
            "text": "the post",
            "speaker": "Ines",
            "reply-to": None,
        },
        {"id": "u3", "conversation_id": "u9", "text": "alone", "speaker": "Bo", "timestamp": "12"},
    ]
    (folder / "utterances.jsonl").write_bytes(_lines(*utterances))
    (folder / "conversations.json").write_text('{"u1": {"meta": {"title": "T"}}}', encoding="utf-8")
    (folder / "index.json").write_text("{}", encoding="utf-8")
    (folder / "speakers.json").write_text("{}", encoding="utf-8")
    (folder / "corpus.json").write_text("{}", encoding="utf-8")
    (folder / "vectors.p").write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    return folder


def _check_corpus(names):
    records = list(Archive(names).records())
    assert not [each for each in records if isinstance(each, Failure)]
    pages = [each.page for each in records if isinstance(each, Entry)]
    said = [
        (page.article.title, page.article.text, [each.text for each in page.comments])
        for page in pages
    ]
    assert said == [("T", "the post", ["answer"]), (None, "", ["alone"])]


def test_a_corpus_is_read_from_its_folder(corpus):
    """The post under a conversation's title is the article; nothing but JSON is opened."""
    _check_corpus([str(corpus)])


def test_a_corpus_is_read_from_a_zip_file(corpus, tmp_path):
    """As corpora are handed out, without unpacking."""
    packed = tmp_path / "corpus.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(corpus.iterdir()):
            archive.write(path, f"corpus/{path.name}")

    _check_corpus([str(packed)])


def test_commento_names_come_from_the_end_of_the_export(read_archive):
    """Authors are listed behind the comments; deleted and unapproved comments are left out."""
    export = {
        "version": 1,
        "comments": [
            {
                "commentHex": "a",
                "domain": "b.example",
                "url": "/p",
                "commenterHex": "h",
                "markdown": "one",
                "parentHex": "root",
                "state": "approved",
            },
            {
                "commentHex": "b",
                "domain": "b.example",
                "url": "/p",
                "commenterHex": "anonymous",
                "html": "<p>two</p>",
                "parentHex": "a",
                "state": "approved",
            },
            {
                "commentHex": "c",
                "domain": "b.example",
                "url": "/p",
                "markdown": "x",
                "parentHex": "a",
                "state": "unapproved",
            },
            {
                "commentHex": "d",
                "domain": "b.example",
                "url": "/p",
                "markdown": "x",
                "parentHex": "a",
                "deleted": True,
            },
            {"domain": "b.example"},
        ],
        "commenters": [{"commenterHex": "h", "name": "Ines"}],
    }

    entries, failures = read_archive(json.dumps(export).encode())

    (entry,) = entries
    assert entry.page.url == "https://b.example/p"
    assert [(each.text, each.author, each.reply_to) for each in entry.page.comments] == [
        ("one", "Ines", None),
        ("two", None, "a"),
    ]
    assert [failure.position for failure in failures] == ["comments.item 5"]


def test_the_spill_leaves_nothing_behind(tmp_path):
    """Its file is gone when it is closed, and stands where it was told to."""
    with Spill(tmp_path) as spill:
        assert list(tmp_path.iterdir())
        assert list(spill.records()) == []

    assert list(tmp_path.iterdir()) == []


def test_a_huge_item_in_an_array_is_refused(monkeypatch):
    """What one item may hold is bounded, also where all of the file is one JSON document."""
    from app.parsing.archives import json_items  # noqa: PLC0415 - to lower its bound

    monkeypatch.setattr(json_items, "_MAX_ITEM_BYTES", 100_000)
    document = json.dumps([{"a": 1}, {"a": "x" * 300_000}]).encode()

    found = list(json_items.read_items(io.BytesIO(document), "item"))

    assert found[0] == ("item 1", {"a": 1})
    assert isinstance(found[1], Failure)
    assert len(found) == 2


def test_a_corpus_that_fingerpost_wrote_comes_back_as_its_pages(tmp_path):
    """Its root utterances are articles again, with or without a title, and nobody has no name."""
    pages = [
        Page(
            Article(title=title, text="A shed burned.", author="Ed"),
            (
                Comment("c1", "Arson.", author=None),
                Comment("c2", "Yes.", author="Tom", reply_to="c1", reply_link=ReplyLink.GIVEN),
            ),
        )
        for title in ("Fire", None)
    ]
    mined = [(f"p{n}", mine(page, FakeScorer(), now=_NOW)) for n, page in enumerate(pages)]
    packed = tmp_path / "pages.zip"
    packed.write_bytes(pages_as_convokit(mined))

    records = list(Archive([str(packed)]).records())

    back = [each.page for each in records if isinstance(each, Entry)]
    assert len(back) == len(records) == 2
    assert [page.article for page in back] == [page.article for page in pages]
    assert [
        [(each.id, each.text, each.author, each.reply_to) for each in page.comments]
        for page in back
    ] == [
        [(f"p{n}/c1", "Arson.", None, None), (f"p{n}/c2", "Yes.", "Tom", f"p{n}/c1")]
        for n in range(2)
    ]


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("hacker-news", '{"id": [1], "type": "comment", "parent": {"a": 1}, "text": 5}'),
        ("hacker-news", '{"id": 2, "type": [], "parent": 1}'),
        ("hacker-news", "[" * 100_000),
        ("convokit", '{"id": ["x"], "root": {"y": 1}, "text": 5, "speaker": [1], "reply-to": [2]}'),
        ("reddit", '{"id": "a\\ud800", "link_id": 5, "body": "x\\ud800", "created_utc": 1e400}'),
        ("reddit", '{"id": 5, "link_id": "t3_x", "body": "x"}'),
        ("commento", '{"comments": [5, {"commentHex": "a", "url": 7, "domain": []}]}'),
        ("commento", '{"a":' * 100_000),
        ("isso", '[{"id": 5, "title": 7, "comments": [5, {"id": 1, "parent": 1, "text": 7}]}]'),
        ("jsonl", '{"title": "a\\ud800", "comments": [{"text": "\\udfff hi"}]}'),
        ("disqus", f"<disqus {_MANY_ATTRIBUTES}><post/></disqus>"),
        ("wordpress", f"<item><comment><comment_id>{'1' * 100_000}</comment_id></comment></item>"),
    ],
)
def test_values_of_other_types_are_no_trouble(read_archive, form, content):
    """What is no string, no number or nested without end gives pages or failures, no exception."""
    entries, failures = read_archive(content.encode(), form=form)

    assert len(entries) + len(failures) >= 1
