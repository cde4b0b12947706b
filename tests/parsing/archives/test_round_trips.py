"""What a product exports of a thread comes back as the thread, whatever the order and packing."""

from __future__ import annotations

import bz2
import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.page import Article, Comment, Page, ReplyLink
from app.exchange.contract import page_as_json
from tests.parsing.archives import exports

_WORDS = st.lists(
    st.text("abcdefgTKäß日<>&'\"!?.,", min_size=1, max_size=8), min_size=1, max_size=6
)
_TEXTS = _WORDS.map(lambda words: "w " + " ".join(words))
_BEGIN = datetime(2015, 3, 1, 12, tzinfo=UTC)


@st.composite
def _pages(draw) -> list[Page]:
    pages = []
    for number in range(draw(st.integers(1, 4))):
        comments: list[Comment] = []
        for place in range(draw(st.integers(1, 5))):
            parent = draw(st.none() | st.sampled_from(comments)) if comments else None
            comments.append(
                Comment(
                    id=f"{number}{place}",
                    text=draw(_TEXTS),
                    author=draw(_TEXTS),
                    reply_to=parent.id if parent else None,
                    reply_link=ReplyLink.GIVEN if parent else None,
                    created_at=_BEGIN + timedelta(minutes=place),
                )
            )
        article = Article(title=draw(_TEXTS), text=draw(_TEXTS))
        url = f"https://www.reddit.com/page/{number}"
        pages.append(Page(article, tuple(comments), url=url))
    return pages


def _said(page: Page, *, replies: bool = True, article: bool = True, ids: bool = True):
    place = {each.id: at for at, each in enumerate(page.comments)}
    return (
        (page.article.title, page.article.text, page.url) if article else None,
        [
            (
                each.id if ids else None,
                each.text,
                each.author,
                each.created_at,
                place.get(each.reply_to) if replies else None,
            )
            for each in page.comments
        ],
    )


@pytest.mark.parametrize(
    ("write", "kept"),
    [
        (exports.as_wordpress, {}),
        (exports.as_disqus, {}),
        (exports.as_blogger, {}),
        (exports.as_movable_type, {"replies": False, "ids": False}),
        (exports.as_reddit, {}),
        (exports.as_hacker_news, {"ids": False}),
        (exports.as_commento, {"article": False}),
        (exports.as_convokit, {"article": False}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pages=_pages())
def test_threads_come_back_as_they_were(read_archive, write, kept, pages):
    """Every comment comes back in its page, in order, with author, time and parent."""
    entries, failures = read_archive(write(pages))

    assert failures == []
    if write is exports.as_movable_type:
        read = [(each.page.article.title, each.page.article.text) for each in entries]
        assert read == [(page.article.title, page.article.text) for page in pages]
        kept = {**kept, "article": False}
    read = sorted((_said(each.page, **kept) for each in entries), key=repr)
    assert read == sorted((_said(page, **kept) for page in pages), key=repr)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pages=_pages())
def test_lines_of_the_contract_come_back_whole(read_archive, pages):
    """A page written as the contract's JSON is the same page again."""
    lines = "".join(json.dumps(page_as_json(page)) + "\n" for page in pages)

    entries, failures = read_archive(lines.encode())

    assert failures == []
    assert [_said(each.page) for each in entries] == [_said(page) for page in pages]
    assert [each.position for each in entries] == [f"line {n + 1}" for n in range(len(pages))]


@pytest.mark.parametrize(
    "compress",
    [
        lambda data: gzip.compress(data[:300]) + gzip.compress(data[300:]),
        lambda data: bz2.compress(data[:300]) + bz2.compress(data[300:]),
        lambda data: (
            zstandard.compress(data[:300])
            + b"\x50\x2a\x4d\x18\x02\x00\x00\x00ab"
            + zstandard.compress(data[300:])
        ),
    ],
    ids=["gzip", "bzip2", "zstd"],
)
def test_compressed_archives_are_read_to_the_end(read_archive, compress):
    """Several members one after the other, and frames to be skipped, are one stream."""
    page = Page(
        Article("T", "A fire."),
        (Comment("1", "It was arson.", "Ines", created_at=_BEGIN),),
        url="u",
    )
    plain = exports.as_wordpress([page])

    entries, failures = read_archive(compress(plain))

    assert failures == []
    assert [each.page.comments[0].text for each in entries] == ["It was arson."]


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    write=st.sampled_from(
        [
            exports.as_wordpress,
            exports.as_disqus,
            exports.as_blogger,
            exports.as_movable_type,
            exports.as_reddit,
            exports.as_hacker_news,
            exports.as_commento,
            exports.as_convokit,
        ]
    ),
    pages=_pages(),
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=4),
    keep=st.floats(0, 1),
)
def test_damage_is_reported_and_never_raised(read_archive, write, pages, damage, keep):
    """Bytes overwritten anywhere and an end cut off give pages and failures, no exception."""
    data = bytearray(write(pages))
    for share, patch in damage:
        at = int(share * len(data))
        data[at : at + len(patch)] = patch
    form = {"as_movable_type": "movable-type", "as_hacker_news": "hacker-news"}.get(
        write.__name__, write.__name__.removeprefix("as_")
    )

    entries, failures = read_archive(bytes(data[: int(keep * len(data))]), form=form)

    assert all(each.file for each in entries)
    assert all(each.file and each.position for each in failures)
