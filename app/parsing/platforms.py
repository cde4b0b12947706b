"""Describes how comment systems write their HTML: what a comment is, and what each part of it is.

A description is a table; `walk` reads pages by it. Words are matched against an element's classes,
and against "itemprop:…", "rel:…" and "type:…" for its other marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Zone(StrEnum):
    """What a part of a comment's HTML holds; `LOOSE` is whatever no rule names."""

    LOOSE = "loose"
    NAME = "name"
    AUTHOR = "author"
    META = "meta"
    BODY = "body"
    CONTENT = "content"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Matcher:
    """Which elements are meant: by tag, and by one of their words or by their id."""

    words: re.Pattern[str] | None = None
    ids: re.Pattern[str] | None = None
    tags: frozenset[str] | None = None

    def matches(self, element: HtmlElement, words: tuple[str, ...]) -> bool:
        """Return whether `element`, whose words are given, is meant."""
        if self.tags is not None and element.tag not in self.tags:
            return False
        if self.words is None and self.ids is None:
            return True
        if self.words is not None and any(map(self.words.fullmatch, words)):
            return True
        return self.ids is not None and bool(self.ids.fullmatch(element.get("id") or ""))


@dataclass(frozen=True, slots=True)
class Platform:
    """How one comment system writes a comment: the element of one, and the zones within."""

    name: str
    comment: tuple[Matcher, ...]
    zones: tuple[tuple[Zone, Matcher], ...]
    pingback: Matcher = field(default_factory=lambda: Matcher(words=re.compile(r"(?!)")))

    def is_comment(self, element: HtmlElement, words: tuple[str, ...]) -> bool:
        """Return whether `element` holds a comment."""
        return any(matcher.matches(element, words) for matcher in self.comment)

    def zone_of(self, element: HtmlElement, words: tuple[str, ...]) -> Zone | None:
        """Return the zone that `element` begins, if it begins one."""
        for zone, matcher in self.zones:
            if matcher.matches(element, words):
                return zone
        return None


def words_of(element: HtmlElement) -> tuple[str, ...]:
    """Return the words by which an element can be known, in lower case."""
    words = (element.get("class") or "").lower().split()
    for attribute in ("itemprop", "rel", "typeof", "itemtype"):
        value = element.get(attribute)
        if value:
            kind = "type" if attribute in {"typeof", "itemtype"} else attribute
            words += [f"{kind}:{re.split('[/:#]', one)[-1]}" for one in value.lower().split()]
    return tuple(words)


def _words(*patterns: str, tags: str | None = None) -> Matcher:
    return Matcher(
        words=re.compile("|".join(patterns)), tags=frozenset(tags.split()) if tags else None
    )


_NEVER_TEXT = Matcher(
    tags=frozenset(
        "script style noscript template form button input select textarea svg iframe object video"
        " audio canvas map nav img".split()
    )
)

WORDPRESS = Platform(
    name="wordpress",
    comment=(
        Matcher(
            ids=re.compile(r"(?:li-)?comment-\d+"),
            tags=frozenset("li div article section dd".split()),
        ),
        _words(r"depth-\d+", tags="li div article section"),
        _words("pingback", "trackback", tags="li"),
    ),
    zones=(
        (Zone.DROP, _NEVER_TEXT),
        (
            Zone.DROP,
            _words(
                r"reply|replies|comment[-_]?reply(?:[-_]?(?:link|login|button))?|comment[-_]reply"
                r"|comment-edit-link|edit-link|edit|comment-actions?|comment-likes?"
                r"|comment-like-.*",
                r"avatar(?:-.*)?|gravatar|photo|says|screen-reader-text"
                r"|comment-awaiting-moderation",
                r".*(?:like-?dislike|thumbs?|karma|rating|vote|voting|sharedaddy|jp-relatedposts"
                r"|wp-ulike|share-buttons|cld-).*",
                r"comment-number|comment-?num|comment-count|comment-permalink|report.*|respond",
            ),
        ),
        (Zone.NAME, _words("fn", "itemprop:name", r"comment[-_]?author[-_]?(?:name|link)")),
        (
            Zone.CONTENT,
            _words(r"comment[-_]?(?:content|text|copy|entry)|contenttext|itemprop:text"),
        ),
        (
            Zone.META,
            _words(r"comment[-_]?(?:date|time|permalink)|date|time|itemprop:datepublished"),
        ),
        (Zone.META, Matcher(tags=frozenset({"time"}))),
        (Zone.BODY, _words(r"comment[-_]?body")),
        (
            Zone.AUTHOR,
            _words(r"comment[-_]?author|author|author-?name|commenter(?:-name)?|vcard|username"),
        ),
        (Zone.META, _words(r"comment[-_]?meta(?:data)?|commentmetadata|comment[-_]info")),
    ),
    pingback=_words("pingback", "trackback"),
)

GENERIC_ZONES: tuple[tuple[Zone, Matcher], ...] = (
    (Zone.DROP, _NEVER_TEXT),
    (Zone.META, Matcher(tags=frozenset({"time"}))),
    (
        Zone.NAME,
        _words(
            r"fn|itemprop:(?:author|name|creator)|rel:author",
            r"(?:.*[-_])?(?:author|user|nick|display|screen|poster|commenter|member|real)[-_]?name"
            r"|hnuser|nickname|username",
        ),
    ),
    (
        Zone.DROP,
        _words(
            r".*(?:reply|replies|vote|voting|rating|score|avatar|gravatar|button|flag|report"
            r"|toolbar"
            r"|menu|badge|share|likes?|karma|action|control|signature|counter|permalink"
            r"|abuse|toggle|collapse|expand|navs?|navbuttons|votelinks)(?:[-_].*|s)?"
            r"|hidden|(?:element|visually)-(?:hidden|invisible)|sr-only",
        ),
    ),
    (
        Zone.CONTENT,
        _words(
            r"itemprop:(?:text|commenttext|description)",
            r"(?:.*[-_])?(?:content|text|message|msg|bodytext|copy|commtext|excerpt)",
            r"(?:.*[-_])?(?:comment|post|message)[-_]?(?:content|text|copy|message|entry)",
        ),
    ),
    (
        Zone.META,
        _words(
            r"(?:.*[-_])?(?:date|time|timestamp|posted|ago|age|when|dateline|published|created"
            r"|date-?time)(?:[-_].*)?|itemprop:date(?:published|created)?",
        ),
    ),
    (Zone.BODY, _words(r"(?:.*[-_])?body")),
    (
        Zone.AUTHOR,
        _words(
            r"(?:.*[-_])?(?:author|user|poster|commenter|byline|nick|name|who|owner|vcard|member"
            r"|attribution|postedby|submitted)(?:[-_](?:link|info|details|line|header))?",
        ),
    ),
    (Zone.AUTHOR, Matcher(tags=frozenset({"cite"}))),
    (Zone.META, _words(r"(?:.*[-_])?(?:metas?|metadata|info|header|head|footer|details|subtext)")),
)
"""What the parts of a comment are called on pages of no known system."""
