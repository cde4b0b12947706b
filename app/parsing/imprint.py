"""Reads what a page says of its article as a whole: title, author, date, and its own address.

What it declares for machines goes first (meta elements, JSON-LD), then what parts of it are
called, then what its headings and its address tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from app.parsing.instants import DATE, may_hold_date, parse_html_time, parse_written_date
from app.parsing.lookup import Lookup, text_of
from app.parsing.names import accept_name, name_in
from app.parsing.repair import repair_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from lxml.html import HtmlElement

    from app.parsing.spans import Kinds
    from app.parsing.structured import Stated
    from app.parsing.tree import Node

_TITLES = (
    "og:title citation_title dc.title dcterms.title headline parsely-title sailthru.title"
    " twitter:title title"
).split()
_AUTHORS = (
    "author article:author citation_author dc.creator dcterms.creator parsely-author byl"
    " sailthru.author og:author authors creator"
).split()
_DATES = (
    "article:published_time datepublished og:article:published_time article:published"
    " dc.date.issued dcterms.created dcterms.issued dcterms.date dc.date dc.created"
    " citation_publication_date citation_date parsely-pub-date sailthru.date pubdate publishdate"
    " publish_date publish-date publication_date date_published bt:pubdate rnews:datepublished"
    " datecreated created date"
).split()
_ADDRESSES = ("og:url", "twitter:url")
_SITES = ("og:site_name", "application-name")
"""Names under which pages declare these, the surest first."""

_TITLE_WORD = re.compile(
    r"itemprop:headline|(?:entry|post|article|story|page|node|content|news)-?(?:title|headline)"
    r"|headline|title"
)
_AUTHOR_WORD = re.compile(
    r"rel:author|itemprop:author|itemprop:creator|p-author|byline(?:-.*)?|.*-byline"
    r"|(?:entry|post|article|story|node)-?author(?:-?(?:name|link))?|author-?(?:name|link)?"
    r"|posted-?by|submitted(?:-by)?|auteur|autor|vcard"
)
_DATE_WORD = re.compile(
    r"itemprop:date-?(?:published|created)|dt-published|published|pub-?date|time-?stamp|date-?line"
    r"|(?:entry|post|article|story|node|publish|published|posted)-?(?:date|time|on)|date|time"
    r"|time-?date|date-?time|datum|fecha"
    r"|date-?(?:header|time|posted|published)|byline|submitted|posted(?:-.*)?"
    r"|(?:entry|post|article|story)-?(?:meta|info|details|header|footer)|meta|postmeta|info|infos"
)
_PROFILE = re.compile(r"author|autor|auteur|user|profile|people|person|staff|writer|by/|/@|~")
_TITLED = frozenset({"h1", "h2", "h3"})
_NAMED = frozenset("a span div p address h3 h4 h5 em strong b cite li dd td small footer i".split())
_DATED = frozenset(
    "time abbr span div p h2 h3 h4 h5 h6 a em small li dd td header footer b".split()
)
_DATED_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")
_SEPARATOR = r"\s*[|–—»«›‹:·•~-]+\s+"
_PARTS = re.compile(r"\s+[|–—»«:·-]+\s+")
_BEHIND = re.compile(rf"{_SEPARATOR}.{{2,60}}")
_SEPARATED = re.compile(rf"{_SEPARATOR}\Z")
_LONGEST_ADDRESS = 2_000
_LONGEST_BYLINE = 120
_MOST_WITHIN = 16
"""Elements of a byline; what has more is a box about the author."""

_LEAST_HEADING = 6
"""Characters from which a heading in front of a separator is the title, and not a rubric."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a page says of its article and of itself, as far as it does."""

    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    url: str | None = None


def read_imprint(
    nodes: Sequence[Node],
    kinds: Kinds,
    stated: Sequence[Stated],
    cut: Sequence[tuple[int, int]],
) -> Imprint:
    """Return what a page says of its article; what stands in the ranges `cut` is not asked."""
    page = Lookup(nodes, kinds, cut)
    url = _url_of(page)
    return Imprint(
        _title_of(page, stated), _author_of(page, stated), _date_of(page, stated, url), url
    )


def _url_of(page: Lookup) -> str | None:
    """The address that a page gives itself."""
    base = next((element.get("href") or "" for element in page.elements("base")), "")
    links = (
        element.get("href") or ""
        for element in page.elements("link")
        if (element.get("rel") or "").lower() == "canonical"
        or element.get("hreflang") == "x-default"
    )
    for address in chain(page.declared(_ADDRESSES), links):
        try:
            url = str(urljoin(base, address.strip()[:_LONGEST_ADDRESS]))
            parts = urlsplit(url)
        except ValueError:  # brackets that are no address of version 6
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and " " not in url:
            return url
    return None


def _title_of(page: Lookup, stated: Sequence[Stated]) -> str | None:
    """The title, without the name of the site behind it."""
    window = next((text_of(element) for element in page.elements("title")), "")
    parts = _PARTS.split(window)
    headings = page.headings("h1")
    site = next(chain(page.declared(_SITES), (one.site for one in stated if one.site)), None)
    title = next(_titles_in(page, stated, window, headings), None)
    if title is None:
        return None
    if len(parts) > 1:
        longest = max(parts, key=len)
        if title in {parts[-1], site} and title != longest:  # a heading may name the site alone
            title = longest
    return repair_text(_without_site(title, site, headings))


def _titles_in(
    page: Lookup, stated: Sequence[Stated], window: str, headings: Sequence[str]
) -> Iterator[str]:
    yield from page.declared(_TITLES)
    yield from (one.title for one in stated if one.title)
    if len(headings) == 1:
        yield headings[0]
    called = (text_of(node.element) for node, _ in page.called(_TITLED, _TITLE_WORD))
    yield from filter(None, called)
    parts = _PARTS.split(window)
    if len(parts) > 1:
        yield from (part for part in parts if part and "." not in part)
    yield from filter(None, (window, *headings, *page.headings("h2")))


def _without_site(title: str, site: str | None, headings: Sequence[str]) -> str:
    """Cut off what follows the page's heading in a title, or else the site's name."""
    for heading in headings:
        behind = title.removeprefix(heading)
        if behind != title and len(heading) >= _LEAST_HEADING and _BEHIND.fullmatch(behind):
            return heading
    if site and title.endswith(site):
        kept = title[: -len(site)]
        end = _SEPARATED.search(kept)
        if end is not None and end.start() >= _LEAST_HEADING:
            return kept[: end.start()]
    return title


def _author_of(page: Lookup, stated: Sequence[Stated]) -> str | None:
    """The author; of several those that JSON-LD lists, with a comma between."""
    told = next((one.author for one in stated if one.author), None)
    if told:
        return repair_text(told)
    declared = [name for one in page.declared(_AUTHORS) if (name := _accept_author(one))]
    full = (name for name in declared if " " in name)  # one word may be the name of an account
    author = next(chain(full, _named(page), declared), None)
    return repair_text(author) if author else None


def _named(page: Lookup) -> Iterator[str]:
    called = page.called(_NAMED, _AUTHOR_WORD)
    for node, _ in sorted(called, key=lambda one: not one[1]):
        for text in _names_within(node.element):
            name = name_in(text) if len(text) <= _LONGEST_BYLINE else None
            if name and (author := _accept_author(name)):
                yield author
                break


def _names_within(element: HtmlElement) -> Iterator[str]:
    """What may be the name in a byline: what is marked as such, a link, or all of it."""
    inner = [one for _, one in zip(range(_MOST_WITHIN), element.iterdescendants(), strict=False)]
    for one in inner:
        if one.get("itemprop") == "name" or "fn" in (one.get("class") or "").split():
            yield text_of(one)
    if len(inner) > 1:
        links = (one for one in inner if one.tag == "a")
        yield from (text_of(one) for one in links if _PROFILE.search(one.get("href") or ""))
    yield text_of(element)


def _accept_author(text: str) -> str | None:
    name = accept_name(text)
    return None if name is None or "://" in name or name.startswith("@") else name


def _date_of(page: Lookup, stated: Sequence[Stated], url: str | None) -> datetime | None:
    """When the article was published; a day in the page's address is believed before its text."""
    told = (one.published for one in stated if one.published)
    for text in chain(page.declared(_DATES), told):
        moment = parse_html_time(text)
        if moment is not None:
            return moment
    seen = next(_dates_in(page), None)
    address = _DATED_ADDRESS.search(url or "")
    if address is None:
        return seen
    year, month, day = address.groups()
    there = parse_html_time(f"{year}-{month:0>2}-{day:0>2}")
    if there is None or (seen is not None and abs((seen - there).days) <= 1):
        return seen
    return there


def _dates_in(page: Lookup) -> Iterator[datetime]:
    """The dates in elements called so, first what they say for machines."""
    called = page.called(_DATED, _DATE_WORD)
    marked = (node.element for node, vocabulary in called if vocabulary)
    times = (node.element for node, _ in called if node.tag in {"time", "abbr"})
    for element in chain(marked, times):
        value = element.get("datetime") or element.get("content") or element.get("title") or ""
        if value and (moment := parse_html_time(value)):
            yield moment
    for node, _ in called:
        text = text_of(node.element)
        found = DATE.search(text) if may_hold_date(text) else None
        moment = parse_written_date(found.group()) if found else None
        if moment is not None:
            yield moment
    for element in page.own("time"):
        for text in (element.get("datetime") or "", text_of(element)):
            if moment := parse_html_time(text):
                yield moment
