"""Reads a page that came as HTML: its comments by their markup, its article by what is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import trafilatura
from lxml import etree, html

from app.domain.page import Article
from app.errors import UnreadablePage
from app.parsing.drafts import Reading
from app.parsing.instants import parse_html_time
from app.parsing.language import declared_language
from app.parsing.platforms import WORDPRESS, words_of
from app.parsing.repair import repair_text, tidy_line
from app.parsing.repeated import find_repeated
from app.parsing.walk import BLOCKS, drafts_of, gather

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from app.parsing.walk import Found

_MOST_ATTRIBUTES = 2_000
"""No page needs a hundred; comparing 2,000 with each other takes milliseconds."""

_TAG = re.compile(r"<([A-Za-z][^\s/>]{0,40})")
_ATTRIBUTE = re.compile(
    r"[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?|[\s/]+(?=\S)(?!>)|="
)
_RAW_END = re.compile(r"</(?:script|style)", re.IGNORECASE)

_DEEPEST_FOR_TRAFILATURA = 200
"""It copies and walks trees by recursion; pages that people write are 30 to 60 deep."""

_DATE_SEARCH = {"original_date": True, "extensive_search": False}
"""Only what the page says in so many words; a search of all its text costs seconds and guesses."""

_COMMENT_SECTION = re.compile(
    r"(?:.*[-_])?(?:comments?|commentlist|comments?[-_]?(?:area|section|wrapper|list|container"
    r"|box)|disqus[-_]?thread"
    r"|discussion|respond|comment[-_]?(?:form|respond)|kommentare)"
)
_NEVER_CUT = frozenset({"html", "body", "main", "head"})
_SECTION_LEVELS = 6
"""Lists of comments are wrapped in a few elements of their own at most."""


def read(text: str) -> Reading:
    """Return the article and the comments of a page of HTML; no comments where none are seen."""
    root = _parse(text)
    if root is None:
        return Reading(Article(), ())
    found = gather(root, WORDPRESS)
    if not any(draft.text for draft in drafts_of(found)):
        platform = find_repeated(root)
        found = gather(root, platform) if platform is not None else []
    drafts = drafts_of(found)
    language = declared_language(
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    )
    _cut_comments(found)
    article, url = _read_article(root)
    return Reading(article, tuple(drafts), language=language, url=url)


def _parse(text: str) -> HtmlElement | None:
    _check_attributes(text)
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        return None
    last = parser.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        raise UnreadablePage(
            f"expected HTML that can be read to its end, got it at line {last.line} "
            "nested deeper than 2048 elements, or larger than the parser's limits"
        )
    return root


def _check_attributes(text: str) -> None:
    """Refuse tags with attributes by the thousand: the parser compares each with each."""
    at = 0
    while (tag := _TAG.search(text, at)) is not None:
        at = tag.end()
        for _ in range(_MOST_ATTRIBUTES):
            attribute = _ATTRIBUTE.match(text, at)
            if attribute is None:
                break
            at = attribute.end()
        else:
            raise UnreadablePage(
                f"expected at most {_MOST_ATTRIBUTES} attributes on a tag, got more on "
                f"{tag.group()[:20]!r}"
            )
        if tag.group(1).lower() in {"script", "style"}:
            end = _RAW_END.search(text, at)
            at = end.end() if end else len(text)


def _cut_comments(found: list[Found]) -> None:
    """Take the comments out of the page, with the sections that hold nothing else."""
    sections = [comment.element for comment in found if comment.parent is None]
    if sections:
        sections.append(_section_around(sections[0]))
    for element in sections:
        if element.getparent() is not None and element.tag not in _NEVER_CUT:
            element.drop_tree()


def _section_around(comment: HtmlElement) -> HtmlElement:
    """The outermost of the nearest elements around a comment that are called comments."""
    outermost = comment
    current = comment
    for _ in range(_SECTION_LEVELS):
        current = current.getparent()
        if current is None or current.tag in _NEVER_CUT:
            break
        names = (*words_of(current), (current.get("id") or "").lower())
        if any(map(_COMMENT_SECTION.fullmatch, names)):
            outermost = current
    return outermost


def _read_article(root: HtmlElement) -> tuple[Article, str | None]:
    if _depth_of(root) > _DEEPEST_FOR_TRAFILATURA:
        return Article(title=_title_of(root), text=_paragraphs_of(root)), None
    document = trafilatura.bare_extraction(
        root,
        include_comments=False,
        with_metadata=True,
        favor_recall=True,
        date_extraction_params=_DATE_SEARCH,
    )
    if document is None or isinstance(document, dict):
        return Article(title=_title_of(root), text=_paragraphs_of(root)), None
    title = repair_text(tidy_line(document.title or "")) or _title_of(root)
    lines = (repair_text(tidy_line(line)) for line in (document.text or "").split("\n"))
    paragraphs = [line for line in lines if line]
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    url = document.url if document.url and document.url.startswith("http") else None
    return Article(
        title=title,
        text="\n\n".join(paragraphs),
        author=repair_text(tidy_line(document.author)) if document.author else None,
        published_at=parse_html_time(document.date) if document.date else None,
    ), url


def _depth_of(root: HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _title_of(root: HtmlElement) -> str | None:
    for tag in ("h1", "title"):
        element = next(root.iter(tag), None)
        title = tidy_line("".join(element.itertext())) if element is not None else ""
        if title:
            return repair_text(title)
    return None


def _paragraphs_of(root: HtmlElement) -> str:
    """The text of a page too deep or too odd for trafilatura, block by block."""
    pieces: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        hidden = element.tag in {"script", "style", "head", "noscript", "template"}
        if event == "start":
            skipped += hidden
            pieces.append("\n" if element.tag in BLOCKS else "")
            pieces.append((element.text or "") if not skipped else "")
        else:
            skipped -= hidden
            pieces.append("\n" if element.tag in BLOCKS else "")
            pieces.append((element.tail or "") if not skipped else "")
    lines = (tidy_line(line) for line in "".join(pieces).split("\n"))
    return repair_text("\n\n".join(line for line in lines if line))
