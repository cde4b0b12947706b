"""Real exports, malformed ones among them, are read as counted by hand."""

from __future__ import annotations

import pytest

from app.domain.page import CommentKind
from app.parsing.archives import Archive, Entry, Failure

_GOOGLE = "google-blog-converters-appengine--"
_THEME = "theme-test-data--"
_IMPORTER = "wordpress-importer--"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (f"{_GOOGLE}blogger-sample.xml", (3, 2, 0, 0, 0)),
        (f"{_GOOGLE}blogger-sample2.xml", (4, 3, 0, 0, 0)),
        (f"{_GOOGLE}blogger.goldenfile.1.xml", (4, 3, 0, 0, 0)),
        (f"{_GOOGLE}movabletype-sample.txt", (451, 0, 0, 0, 0)),
        (f"{_GOOGLE}movabletype-sample2.txt", (1, 3, 0, 0, 0)),
        (f"{_GOOGLE}wordpress-sample.wxr", (4, 2, 0, 0, 0)),
        (f"{_GOOGLE}wordpress-sample2.wxr", (4, 3, 0, 0, 0)),
        (f"{_GOOGLE}wordpress.1.xml", (6, 3, 0, 0, 0)),
        ("isso--disqus.xml", (4, 5, 1, 0, 0)),  # one of six is deleted
        ("isso--generic.json", (2, 2, 0, 0, 0)),
        ("isso--wordpress.xml", (3, 8, 3, 0, 0)),
        ("pelican--bloggerexport.xml", (4, 1, 0, 0, 0)),
        ("pelican--wordpressexport.xml", (13, 3, 1, 0, 0)),  # one of four is in the trash
        ("remark42--commento.json", (2, 3, 1, 0, 0)),
        ("remark42--disqus.xml", (3, 5, 0, 0, 1)),
        ("remark42--disqus-deleted-post.xml", (3, 4, 0, 0, 1)),
        ("remark42--disqus-deleted-thread.xml", (2, 3, 0, 0, 1)),
        (f"{_THEME}theme-preview.xml", (7, 2, 0, 0, 0)),
        (f"{_THEME}themeunittestdata.wordpress.xml", (79, 30, 9, 4, 0)),  # three of 33 wait
        ("warcio--example-iana.org-chunked.warc", (1, 0, 0, 0, 0)),
        ("warcio--example.arc.gz", (1, 0, 0, 0, 0)),
        ("warcio--example.warc.gz", (1, 0, 0, 0, 0)),
        (f"{_IMPORTER}crazy-cdata.xml", (1, 0, 0, 0, 1)),
        (f"{_IMPORTER}invalid-version-tag.xml", (0, 0, 0, 0, 0)),
        (f"{_IMPORTER}malformed.xml", (0, 0, 0, 0, 1)),
        (f"{_IMPORTER}namespace-edge-cases.xml", (6, 0, 0, 0, 0)),
        (f"{_IMPORTER}slashes.xml", (1, 1, 0, 0, 0)),
        (f"{_IMPORTER}small-export.xml", (11, 1, 0, 0, 0)),
        (f"{_IMPORTER}test-serialized-comment-meta.xml", (1, 1, 0, 0, 0)),
        (f"{_IMPORTER}wxr-comprehensive.xml", (2, 1, 0, 0, 0)),
    ],
)
def test_a_real_export_gives_the_pages_and_comments_in_it(shared, name, expected):
    """Pages, comments, replies, pingbacks and failures are as counted; formats need no saying."""
    records = list(Archive([str(shared / "samples" / name)]).records())

    pages = [each.page for each in records if isinstance(each, Entry)]
    said = [comment for page in pages for comment in page.comments]
    assert expected == (
        len(pages),
        len(said),
        sum(comment.reply_to is not None for comment in said),
        sum(comment.kind is CommentKind.PINGBACK for comment in said),
        sum(isinstance(each, Failure) for each in records),
    )
    assert all(comment.text.strip() and "<p>" not in comment.text for comment in said)


def test_every_sample_is_in_the_table(shared):
    """A sample that is added is not forgotten here."""
    (table,) = test_a_real_export_gives_the_pages_and_comments_in_it.pytestmark
    listed = {row[0] for row in table.args[1]}

    there = {path.name for path in (shared / "samples").iterdir() if path.suffix != ".md"}

    assert there == listed
