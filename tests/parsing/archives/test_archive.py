"""The front door: formats are told by content, files are found, what is broken is named."""

from __future__ import annotations

import bz2
import gzip
import json

import pytest
import zstandard

from app.errors import UnreadableArchive
from app.parsing.archives import Archive, ArchiveFormat, Entry, Failure
from app.parsing.archives.sniff import sniff_format

_PAGE = {"title": "Fire", "article": "A shed burned.", "comments": [{"text": "Arson."}]}
_HTML = (
    "<html><head><title>Fire</title></head><body><article><h1>Fire</h1><p>A shed burned down in the"
    " night, and nobody was hurt in it, the police said on Monday.</p></article>"
    '<ol class="commentlist">'
    + "".join(
        f'<li class="comment" id="comment-{n}"><div class="comment-author"><cite class="fn">{name}'
        f'</cite></div><div class="comment-content"><p>It was arson, no doubt {n}.</p></div></li>'
        for n, name in enumerate(("Ines", "Tom", "Bo"), 1)
    )
    + "</ol></body></html>"
)


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ('<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.0/">', "wordpress"),
        ('`<?xml version="1.0"?>\n<disqus xmlns="http://disqus.com">', "disqus"),
        ("<?xml version='1.0'?><ns0:feed xmlns:ns0='http://www.w3.org/2005/Atom'>", "blogger"),
        ("AUTHOR: a\nTITLE: b\n-----\nBODY:\n", "movable-type"),
        ('{"id": "a", "link_id": "t3_b", "body": "c"}\n', "reddit"),
        ('{"id": "a", "subreddit": "b", "title": "c"}', "reddit"),
        ('{"by": "a", "id": 1, "type": "story"}\n', "hacker-news"),
        ('[{"id": 1, "type": "comment", "parent": 2}]', "hacker-news"),
        ('{\n "version": 1,\n "comments": [{"commentHex": "a"}]}', "commento"),
        ('[{"comments": [], "id": "/a", "title": "b"}]', "isso"),
        ('{"id": "a", "conversation_id": "b", "text": "c"}\n', "convokit"),
        ('{"title": "a", "comments": []}\n{"title": "b", "comments": []}\n', "jsonl"),
        ('{"title": "a", "comments": []}', "jsonl"),
        ('{"title": "a", "article": "' + "x" * 70_000, "jsonl"),
        ('{\n  "title": "a",\n  "comments": []\n}', "page"),
        ("<!DOCTYPE html><html><body>", "page"),
        ("Some text.\n\nTITLE: not at the top", "page"),
        ("WARC/1.0\r\n", "warc"),
        ("filedesc://a.arc 1.2.3.4 20140216050221 text/plain 75\n", "warc"),
        ("", "page"),
    ],
)
def test_the_first_bytes_tell_the_format(head, form):
    """Whatever the file is called."""
    assert sniff_format(head.encode()) == ArchiveFormat(form)


def test_a_folder_is_read_file_by_file(tmp_path):
    """Pages and archives in any depth, in order; assets, hidden files and links are passed over."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "page.html").write_text(_HTML, encoding="utf-8")
    (tmp_path / "b" / "page_files").mkdir()
    (tmp_path / "b" / "page_files" / "ad.html").write_text("x", encoding="utf-8")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps(_PAGE).encode()))
    (tmp_path / "c.json").write_text(json.dumps(_PAGE, indent=1), encoding="utf-8")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.html").write_text("x", encoding="utf-8")
    (tmp_path / "e.html").symlink_to(tmp_path / "b" / "page.html")

    records = list(Archive([str(tmp_path)]).records())

    assert [(each.file.removeprefix(f"{tmp_path}/"), each.position) for each in records] == [
        ("a.jsonl.gz", "line 1"),
        ("c.json", "whole file"),
        ("b/page.html", "whole file"),
    ]
    assert [len(each.page.comments) for each in records if isinstance(each, Entry)] == [1, 1, 3]


def test_what_is_not_there_is_refused_at_once(tmp_path):
    """Before anything is read."""
    with pytest.raises(UnreadableArchive, match="none"):
        Archive([str(tmp_path / "nowhere")])
    with pytest.raises(UnreadableArchive, match="found none"):
        Archive([str(tmp_path)])


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, zstandard.compress])
def test_a_truncated_file_gives_what_it_holds_and_a_failure(read_archive, compress):
    """The pages before the break are there, and the next file is read."""
    lines = "".join(
        json.dumps({**_PAGE, "title": f"Fire {n} {n * 7919 % 104729}"}) + "\n"
        for n in range(20_000)
    )
    packed = compress(lines.encode())

    entries, failures = read_archive(packed[:-20_000], json.dumps(_PAGE).encode(), form="jsonl")

    assert len(entries) > 1_000
    assert entries[-1].position == "line 1"
    assert any("read to the end" in failure.problem for failure in failures)


def test_lines_longer_than_any_page_are_passed_over(read_archive):
    """A line without end takes no more memory than the longest that is read."""
    good = json.dumps(_PAGE).encode()

    entries, failures = read_archive(
        b'{"article": "' + b"x" * 17_000_000 + b"\n" + good, form="jsonl"
    )

    assert [entry.position for entry in entries] == ["line 2"]
    assert [failure.position for failure in failures] == ["line 1"]


def test_a_crawl_gives_its_pages_and_passes_over_the_rest(read_archive):
    """Of responses, HTML with status 200 counts, also where nobody has said anything."""
    crawl = b""
    for url, status, kind, body in (
        ("http://a.example/1", "200 OK", "text/html; charset=utf-8", _HTML),
        ("http://a.example/2", "404 Not Found", "text/html", _HTML),
        ("http://a.example/3", "200 OK", "image/png", "x"),
        ("http://a.example/4", "200 OK", "text/html", "<html><body><p>Nothing.</p></body></html>"),
    ):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
        record = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}"
            "\r\n\r\n"
        ).encode()
        crawl += gzip.compress(record + answer + b"\r\n\r\n")

    entries, failures = read_archive(crawl)

    assert failures == []
    assert [(each.page.url, len(each.page.comments)) for each in entries] == [
        ("http://a.example/1", 3),
        ("http://a.example/4", 0),
    ]


def test_a_crawl_cut_off_is_reported(read_archive):
    """What comes before the break is there."""
    entries, failures = read_archive(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n"
    )

    assert entries == []
    assert all(isinstance(failure, Failure) for failure in failures)


def test_the_share_read_grows_to_one(tmp_path):
    """From nothing to all, for files read one by one and for those sorted first."""
    (tmp_path / "a.jsonl").write_text(json.dumps(_PAGE) + "\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        '{"id": 1, "type": "story", "title": "T"}\n', encoding="utf-8"
    )
    heard: list[int] = []
    archive = Archive([str(tmp_path)], on_bytes=heard.append)

    shares = [archive.share for _ in archive.records()]

    assert shares == sorted(shares)
    assert archive.share == pytest.approx(1)
    assert sum(heard) == sum(place.size for place in archive.places)


def test_a_movable_type_entry_ends_where_it_says(read_archive):
    """Pings are notices, the month comes first, and a dash line ends a comment."""
    export = (
        "AUTHOR: admin\nTITLE: Fire\nDATE: 03/04/2008 12:16:10 AM\n-----\nBODY:\nA shed burned.\n"
        "-----\nEXTENDED BODY:\nNobody was hurt.\n-----\n"
        "COMMENT:\nAUTHOR: Ines\nURL: \nDATE: 03/04/2008 01:00:00 PM\n"
        "It was:\nURL: no field\n-----\n"
        "PING:\nTITLE: Elsewhere\nURL: http://b.example\nDATE: 03/05/2008 01:00:00 PM\n"
        "BLOG NAME: B\nlinks here\n-----\n--------\n"
        "TITLE: Second\n-----\nBODY:\nx\n-----\n--------\n"
    )

    entries, failures = read_archive(export.encode())

    assert failures == []
    first, second = (entry.page for entry in entries)
    assert first.article.text == "A shed burned.\n\nNobody was hurt."
    assert first.article.published_at.isoformat() == "2008-03-04T00:16:10+00:00"
    assert [(each.author, each.text, each.kind.value) for each in first.comments] == [
        ("Ines", "It was:\nURL: no field", "comment"),
        ("B", "links here", "pingback"),
    ]
    assert (second.article.title, second.comments) == ("Second", ())


def test_wordpress_shows_what_was_shown(read_archive):
    """Spam, trash and waiting comments are left out; what answers them moves up; breaks count."""
    rows = (
        ("1", "1", "", "0", "one\ntwo &amp; <b>three</b>"),
        ("2", "0", "", "1", "waits"),
        ("3", "1", "", "2", "answers one that waits"),
        ("4", "spam", "", "0", "spam"),
        ("5", "1", "trackback", "0", "[...] links here [...]"),
    )
    export = (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>T</title>'
        "<wp:post_type>post</wp:post_type>"
        + "".join(
            f"<wp:comment><wp:comment_id>{id_}</wp:comment_id><wp:comment_approved>{approved}"
            f"</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>"
            f"{parent}</wp:comment_parent><wp:comment_content><![CDATA[{text}]]>"
            "</wp:comment_content></wp:comment>"
            for id_, approved, kind, parent, text in rows
        )
        + "</item></channel></rss>"
    )

    entries, failures = read_archive(export.encode())

    assert failures == []
    assert [
        (each.id, each.text, each.reply_to, each.kind.value) for each in entries[0].page.comments
    ] == [
        ("1", "one\ntwo & three", None, "comment"),
        ("3", "answers one that waits", "1", "comment"),
        ("5", "[...] links here [...]", None, "pingback"),
    ]
