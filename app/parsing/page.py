"""The front door of parsing: finds out what the bytes of a page are, and has them read.

What the caller declares counts; where nothing is declared, a look at the content decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.page import Page
from app.errors import NoCommentsFound, PageTooLarge, UnreadablePage
from app.parsing import contract, markup, plaintext
from app.parsing.charset import decode_page
from app.parsing.drafts import comments_of
from app.parsing.evidence import Evidence, Source
from app.parsing.kinds import ContentKind, read_content_type, refuse_binary, sniff_kind
from app.parsing.language import identify_language

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.domain.page import Comment

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""Sixteen times the largest of 68 saved pages with comments; 10,000 long comments take 8 MB."""

_LANGUAGE_COMMENTS = 50
"""Comments beside the article from which a page's language is told; more only cost time."""


def parse_page(data: bytes, *, content_type: str | None = None, url: str | None = None) -> Page:
    """Return the page that `data` holds: the contract's JSON, HTML, or text.

    `url` is where the page stands, unless the page says so itself. Text and HTML without
    anything like comments are refused; JSON may have none.

    Raises:
        UnsupportedContent: `content_type` names a kind of content that is not read.
        UnreadablePage: empty, binary, broken JSON, or in a declared charset that nobody knows.
        PageTooLarge: more than `MAX_PAGE_BYTES`, or more comments than are read.
        NoCommentsFound: text or HTML with nothing like comments.
        InvalidPage: JSON of another form, or comments that contradict each other.
    """
    page, _, what = _read(data, content_type, url)
    if what is not ContentKind.JSON and not page.comments:
        raise NoCommentsFound(
            f"expected a page with comments, found none in {len(data)} bytes of "
            f"{'HTML' if what is ContentKind.HTML else 'text'}"
        )
    return page


def explain_page(
    data: bytes, *, content_type: str | None = None, url: str | None = None
) -> tuple[Page, Evidence]:
    """Return the page that `data` holds, with or without comments, and how it was read.

    Raises:
        InputError: as `parse_page`, save that a page may have no comments.
    """
    page, evidence, _ = _read(data, content_type, url, thorough=True)
    return page, evidence


def _read(
    data: bytes, content_type: str | None, url: str | None, *, thorough: bool = False
) -> tuple[Page, Evidence, ContentKind]:
    _check_size(data)
    declared = read_content_type(content_type)
    text = _decode(data, declared.charset)
    kind = declared.kind or sniff_kind(text)
    if kind is ContentKind.JSON:
        page = contract.read_page(text)
        evidence = Evidence(Source("json", len(page.comments), 0, 0.0), found=len(page.comments))
    else:
        if kind is ContentKind.HTML:
            reading = markup.read(text, thorough=thorough)
        else:
            reading = plaintext.read(text)
        page = Page(
            article=reading.article,
            comments=comments_of(reading.drafts),
            url=reading.url,
            language=reading.language,
        )
        evidence = reading.evidence
        if evidence.used is None and page.comments:
            evidence = replace(
                evidence,
                used=Source(
                    kind.value,
                    len(page.comments),
                    sum(comment.author is not None for comment in page.comments),
                    0.0,
                ),
                found=len(page.comments),
            )
    page = replace(page, url=page.url or url, language=page.language or _language_of(page))
    return page, evidence, kind


def parse_comments(data: bytes, *, taken: Collection[str] = ()) -> tuple[Comment, ...]:
    """Return the comments of a JSON body `{"comments": […]}`, to be added to a page.

    Those without an id are numbered past the ids `taken`, which should be those of the page;
    whether `reply_to` leads anywhere is left to whoever knows the page.

    Raises:
        UnreadablePage, PageTooLarge, InvalidPage: as `parse_page`.
    """
    _check_size(data)
    return contract.read_added_comments(_decode(data, None), taken=taken)


def _check_size(data: bytes) -> None:
    if len(data) > MAX_PAGE_BYTES:
        raise PageTooLarge(f"expected at most {MAX_PAGE_BYTES} bytes, got {len(data)}")


def _decode(data: bytes, charset: str | None) -> str:
    refuse_binary(data)
    text = decode_page(data, charset=charset)
    if not text.strip():
        raise UnreadablePage(f"expected a page, got no text in {len(data)} bytes")
    return text


def _language_of(page: Page) -> str | None:
    some = (comment.text for comment in page.comments[:_LANGUAGE_COMMENTS])
    return identify_language("\n".join((page.article.title or "", page.article.text, *some)))
