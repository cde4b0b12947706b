"""Promises about an article's title, author, date and address, as saved pages tell them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.parsing.page import explain_page

BODY = "<p>The crane fell into the old basin on Monday night, and nobody was hurt there.</p>" * 4


def read(head: str = "", top: str = "", end: str = ""):
    """Return the page that holds these before and behind its article."""
    html = f"<html><head>{head}</head><body>{top}<div class=entry>{BODY}</div>{end}</body></html>"
    return explain_page(html.encode(), content_type="text/html; charset=utf-8")[0]


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ("<title>The Quay</title><meta property=og:title content='The crane'>", ""),
        (
            "<title>x</title><meta property=og:title content='The crane - The Quay'>",
            "<h1>The crane</h1>",
        ),
        (
            (
                "<meta property=og:title content='The crane | The Quay'>"
                "<meta property=og:site_name content='The Quay'>"
            ),
            "",
        ),
        ("<title>The crane - The Quay</title>", ""),
        ("<title>The crane - The Quay</title>", "<h1>The Quay</h1>"),
        (
            "<title>The Quay</title>",
            "<h1>The Quay</h1><h1>News</h1><h2 class=post-title>The crane</h2>",
        ),
        (
            (
                '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The '
                'crane"}</script><title>The Quay</title>'
            ),
            "",
        ),
    ],
)
def test_titles_are_told_from_the_name_of_the_site(head: str, top: str):
    """Where the site's name stands behind the title, or in the page's heading, it is left out."""
    assert read(head, top).article.title == "The crane"


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ("<meta name=author content='Ann Quay'>", ""),
        ("<meta name=author content=admin>", "<p class=byline>By <a href=/author/a>Ann Quay</a>"),
        ("", "<div class=entry-meta><span class='author vcard'><a class=fn>Ann Quay</a></span>"),
        ("", "<p>Posted by <a rel=author href=/x>Ann Quay</a> on May 3, 2014</p>"),
        ("", "<span itemprop=author itemscope><span itemprop=name>Ann Quay</span>, editor</span>"),
        ("", "<p class=byline>Von Ann Quay</p>"),
        ("", "<p class=submitted>Submitted by Ann Quay on 3 May 2014 - 10:11</p>"),
        (
            (
                '<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": '
                '{"@id": "#a"}}, {"@type": "Person", "@id": "#a", "name": "Ann Quay"}]}</script>'
            ),
            "",
        ),
    ],
)
def test_authors_are_found_where_pages_name_them(head: str, top: str):
    """In what is declared, and in bylines without what is around the name."""
    assert read(head, top).article.author == "Ann Quay"


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ("<meta property=article:published_time content='2014-05-03T00:00:00Z'>", ""),
        ("", "<time datetime=2014-05-03>last spring</time>"),
        ("", "<abbr class=published title='2014-05-03T00:00:00+00:00'>May"),
        ("", "<p class=dateline>Saturday, May 3, 2014</p>"),
        ("", "<div class=date-header>Samstag, 3. Mai 2014</div>"),
        ("", "<div class=entry-meta>Posted on 3 May 2014 by Ann</div>"),
        ("", "<span class=date>3.5.2014</span>"),
        ("<link rel=canonical href=https://quay.example/2014/05/03/the-crane>", ""),
    ],
)
def test_dates_are_found_where_pages_tell_them(head: str, top: str):
    """In what is declared, in elements called dates, and in the page's address."""
    assert read(head, top).article.published_at == datetime(2014, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "end",
    [
        "<div class=sidebar><p class=byline>By Bob Aside</p><time datetime=2001-01-01>",
        "<ul class=related-posts><li><span class=author>Bob Aside</span><time datetime=2001-01-01>",
        "<ol class=commentlist>"
        + "".join(
            f"<li id=comment-{at} class=comment><cite class=fn>Bob {at}</cite> <span class=says>"
            f"says:</span><div class=comment-meta><time datetime=2001-01-0{at}>then</time></div>"
            f"<div class=comment-content><p>Nobody checked bolt {at}, as usual.</p></div>"
            for at in range(1, 5)
        ),
    ],
)
def test_what_others_wrote_is_not_taken_for_the_article_s(end: str):
    """Comments and articles beside it have authors and dates of their own."""
    article = read("<title>The crane</title>", "<h1>The crane</h1>", end).article
    assert (article.author, article.published_at) == (None, None)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href=https://quay.example/a>", "https://quay.example/a"),
        ("<base href=https://quay.example/><link rel=canonical href=/a>", "https://quay.example/a"),
        ("<meta property=og:url content=https://quay.example/a>", "https://quay.example/a"),
        ("<link rel=canonical href=javascript:alert(1)>", None),
        ("<link rel=canonical href='http://[::1'>", None),
        ("<link rel=canonical href=/a>", None),
    ],
)
def test_addresses_are_those_that_pages_give_themselves(head: str, url: str | None):
    """Only whole ones on the web count."""
    assert read(head).url == url
