"""Promises about the front door: what is read as what, in which charset, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.errors import (
    InputError,
    NoCommentsFound,
    PageTooLarge,
    UnreadablePage,
    UnsupportedContent,
)
from app.parsing import parse_page
from app.parsing.page import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from app.domain.page import Page

TEXT = (
    "Crane falls\n\nA crane fell – into the basin.\n\n\n"
    "Ann says:\nC’est où, José?\n\nBob says:\nZürich.\n"
)
HTML = (
    "<!doctype html><html lang='de-CH'><head><title>Crane falls</title></head><body>"
    "<p>A crane fell into the old basin on Monday night.</p><ol class='commentlist'>"
    "<li id='comment-1' class='comment'><cite class='fn'>Ann</cite>"
    "<div class='comment-content'><p>C’est où, José?</p></div></li></ol></body></html>"
)
JSON = json.dumps({"title": "Crane falls", "comments": [{"text": "C’est où, José?"}]})


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (TEXT, "text/plain"),
        (TEXT, None),
        (TEXT, "application/x-www-form-urlencoded"),
        (HTML, "text/html; charset=utf-8"),
        (HTML, None),
        (HTML, "application/octet-stream"),
        (JSON, "application/json"),
        (JSON, "application/problem+json"),
        (JSON, None),
    ],
)
def test_content_is_known_by_declaration_or_by_look(content: str, content_type: str | None):
    """Text, HTML and JSON are each read, declared or not."""
    page = parse_page(content.encode(), content_type=content_type)
    assert page.article.title == "Crane falls"
    assert page.comments[0].text == "C’est où, José?"


@pytest.mark.parametrize("content_type", ["image/png", "application/pdf", "text/csv", "nonsense"])
def test_other_kinds_of_content_are_refused(content_type: str):
    """A declared kind that no reader knows is refused by name."""
    with pytest.raises(UnsupportedContent, match=content_type):
        parse_page(TEXT.encode(), content_type=content_type)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_known_without_a_declaration(charset: str):
    """UTF-8, UTF-16 and UTF-32 are read by their mark, UTF-16 also without one."""
    assert parse_page(TEXT.encode(charset)).comments[0].text == "C’est où, José?"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-16", "utf-8"])
def test_a_declared_charset_counts(charset: str):
    """The content type's charset is used; iso-8859-1 means windows-1252, as in browsers."""
    data = TEXT.encode("cp1252" if charset == "iso-8859-1" else charset)
    page = parse_page(data, content_type=f"text/plain; charset={charset}")
    assert [comment.text for comment in page.comments] == ["C’est où, José?", "Zürich."]


def test_a_charset_in_meta_counts():
    """A <meta> that names the charset is followed, an unknown one there is passed over."""
    head = "<head><meta charset='{}'>"
    legacy = HTML.replace("<head>", head.format("windows-1252")).encode("cp1252")
    unknown = HTML.replace("<head>", head.format("klingon")).encode()
    assert parse_page(legacy).comments[0].text == "C’est où, José?"
    assert parse_page(unknown).comments[0].text == "C’est où, José?"


def test_a_legacy_charset_is_guessed():
    """Text in windows-1251 that declares nothing comes out in Cyrillic."""
    text = (
        "Кран упал\n\nКран упал в старую гавань в ночь на понедельник, когда его двигали.\n\n\n"
        "Иван says:\nЯ видел, как он упал, и никто ничего не проверял перед этим.\n\n"
        "Мария says:\nКто подписал бумаги на болты, вот что я хотела бы знать.\n"
    )
    assert parse_page(text.encode("cp1251")).comments[1].author == "Мария"


def test_an_unknown_declared_charset_is_reported():
    """A charset that nobody knows is the caller's to mend, and named."""
    with pytest.raises(UnreadablePage, match="klingon"):
        parse_page(TEXT.encode(), content_type="text/plain; charset=klingon")


def test_broken_utf8_is_read_with_replacement():
    """A few broken bytes cost a few characters, not the page."""
    page = parse_page(TEXT.encode().replace("ü".encode(), b"\xc3"), content_type="text/plain")
    assert page.comments[0].text == "C’est où, José?"
    assert page.comments[1].text == "Z\ufffdrich."


def test_mojibake_is_repaired_and_typography_kept():
    """Twice-encoded text is repaired; curly quotes and dashes stay what they are."""
    damaged = TEXT.encode().decode("cp1252", "replace").encode()
    page = parse_page(damaged, content_type="text/plain")
    assert page.comments[0].text == "C’est où, José?"
    assert page.article.text == "A crane fell – into the basin."


def test_entities_in_pasted_text_become_characters():
    """Text pasted with its entities is read without them."""
    page = parse_page(b"T\n\nAn article.\n\n\nAnn says:\nTom &amp; I\n\nBob says:\nWho?\n")
    assert page.comments[0].text == "Tom & I"


def test_nul_bytes_are_left_out():
    """Stray NUL bytes vanish, since no store keeps them."""
    page = parse_page(TEXT.replace("Zürich", "Zü\x00rich").encode(), content_type="text/plain")
    assert page.comments[1].text == "Zürich."


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("content_type", [None, "text/plain", "text/html", "application/json"])
def test_nothing_is_unreadable(data: bytes, content_type: str | None):
    """Empty pages and white space are refused, whatever they are declared as."""
    with pytest.raises(UnreadablePage):
        parse_page(data, content_type=content_type)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"PK\x03\x04" + bytes(64),
        b"%PDF-1.7\n",
        bytes(range(256)) * 20,
        bytes(5_000),
    ],
)
def test_binary_is_unreadable(data: bytes):
    """Images, archives and other bytes that are no text are refused, also when declared as text."""
    with pytest.raises(UnreadablePage):
        parse_page(data, content_type="text/plain")


def test_too_many_bytes_are_refused():
    """20 MB are refused before anything is read of them, and so is one byte over the limit."""
    with pytest.raises(PageTooLarge, match="20000000"):
        parse_page(b"a" * 20_000_000)
    with pytest.raises(PageTooLarge):
        parse_page(b"a" * (MAX_PAGE_BYTES + 1))


@pytest.mark.parametrize(
    "data",
    [
        b"Just a note, to nobody.",
        b"Title\n\nA first paragraph of prose.\n\nA second one: with a colon.\n",
        b"<html><body><h1>T</h1><p>Only an article.</p></body></html>",
    ],
)
def test_a_page_without_comments_says_so(data: bytes):
    """Text and HTML in which nothing looks like comments are refused."""
    with pytest.raises(NoCommentsFound):
        parse_page(data)


def test_a_very_long_comment_is_read_whole():
    """A comment of 100,000 words loses none of them."""
    words = "word " * 100_000
    page = parse_page(f"T\n\nAn article.\n\nComments (1)\n\nAnn says:\n{words}\n".encode())
    assert len(page.comments[0].text.split()) == 100_000


def test_ten_thousand_comments_are_read():
    """A page with 10,000 comments is read to its end."""
    posts = "\n\n".join(f"Reader {n} says:\nNumber {n}." for n in range(10_000))
    page = parse_page(f"T\n\nAn article.\n\n\n{posts}\n".encode())
    assert len(page.comments) == 10_000
    assert page.comments[-1].text == "Number 9999."


def test_url_and_language_are_kept():
    """The caller's address is the page's, and the language is declared or told from the text."""
    page = parse_page(HTML.encode(), url="https://example.org/crane")
    assert (page.url, page.language) == ("https://example.org/crane", "de")
    told = parse_page(
        b"T\n\nAn article in plain English.\n\n\nAnn says:\nSo it is.\n\nBob says:\nYes."
    )
    assert told.language == "en"


_PIECES = st.sampled_from(
    [
        *(
            "Ann says:",
            "Posted by ",
            "Comments (2)",
            "Bob: hi",
            "**Ann**",
            "# ",
            "1.1 ",
            "  • ",
            "> ",
        ),
        *("12.03.2014", "3 hours ago", "[DATE]", "\n", "\n\n", "—", "é", "\x00", "\ud83d", '"'),
        *("<li id=comment-1 class=comment>", "<ul class=children>", "</li>", "<cite class='fn'>"),
        *("<div class='comment'>", "<script>", "<!--", "<![CDATA[", "&lt;", "&#0;"),
        *('{"comments":[', '{"text":"x"},', "]}"),
    ]
)


@settings(max_examples=150)
@example(b"<")
@example(b'{"comments":')
@given(
    st.binary(max_size=400)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    | st.lists(_PIECES, max_size=30).map(lambda parts: "".join(parts).encode("utf-8", "replace"))
)
def test_any_bytes_give_a_page_or_a_plain_refusal(data: bytes):
    """Whatever comes, it is a page whose replies lead somewhere, or an InputError of one line."""
    for content_type in (None, "text/plain", "text/html", "application/json"):
        page, refusal = _read_or_refusal(data, content_type)
        ids = [comment.id for comment in page.comments] if page else []
        assert len(set(ids)) == len(ids)
        assert page is None or all(c.reply_to in {None, *ids} for c in page.comments)
        assert "\n" not in refusal
        assert len(refusal) < 400


def _read_or_refusal(data: bytes, content_type: str | None) -> tuple[Page | None, str]:
    try:
        return parse_page(data, content_type=content_type), ""
    except InputError as error:
        return None, str(error)
