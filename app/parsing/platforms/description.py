"""The form in which a comment system is described: what a comment is, and what its parts are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Zone(StrEnum):
    """What a part of a comment's HTML holds; `LOOSE` is whatever no rule names.

    `INNER` is content named inside content, `BODY` a frame around content, if not it itself.
    """

    LOOSE = "loose"
    NAME = "name"
    AUTHOR = "author"
    META = "meta"
    BODY = "body"
    CONTENT = "content"
    INNER = "inner"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Matcher:
    """Which elements are meant: by tag, and by one of their words (see `tree.Node`)."""

    tags: frozenset[str] | None = None
    words: re.Pattern[str] | None = None

    def matches(self, tag: str, words: tuple[str, ...]) -> bool:
        """Return whether an element of this tag and these words is meant."""
        if self.tags is not None and tag not in self.tags:
            return False
        return self.words is None or any(map(self.words.match, words))

    def may_match(self, vocabulary: str) -> bool:
        """Return whether some word of a page, a line each, is meant; tags are not looked at."""
        return self.words is None or self.words.search(vocabulary) is not None

    def words_in(self, vocabulary: str) -> list[str]:
        """Return the words of a page, a line each, that are meant; tags are not looked at."""
        if self.words is None:
            return vocabulary.split("\n")
        return [found.group() for found in self.words.finditer(vocabulary)]


def mark(tags: str, *words: str) -> Matcher:
    """Return the matcher of elements with one of `tags` ("*" is any) and one of `words`."""
    return Matcher(
        tags=None if tags == "*" else frozenset(tags.split()),
        words=re.compile(rf"^(?:{'|'.join(words)})$", re.MULTILINE) if words else None,
    )


@dataclass(frozen=True, slots=True)
class Platform:
    """How one comment system writes a comment.

    `comment` are the elements that hold one, or, with `runs`, those with which one begins that
    runs on until the next begins. `within` widens a comment to the nearest element of that tag
    around it. `zones` go before the usual names of parts. With `opening`, the first post of a
    thread is what the others comment on; `article` holds the article's text where no library
    finds it, and `title` its title. `needs` are marks that the page must have elsewhere.
    `seen_on` says where the markup was seen.
    """

    name: str
    seen_on: str
    comment: tuple[Matcher, ...]
    zones: tuple[tuple[Zone, Matcher], ...] = ()
    pingback: Matcher | None = None
    runs: bool = False
    within: str | None = None
    opening: bool = False
    article: Matcher | None = None
    title: Matcher | None = None
    needs: Matcher | None = None

    def may_be_on(self, vocabulary: str) -> bool:
        """Return whether a page of these words, a line each, can be of this platform."""
        if self.needs is not None and not self.needs.may_match(vocabulary):
            return False
        return any(matcher.may_match(vocabulary) for matcher in self.comment)

    def words_of_comments(self, vocabulary: str) -> frozenset[str]:
        """Return the words of a page, a line each, that its comments can have."""
        return frozenset(word for one in self.comment for word in one.words_in(vocabulary))

    def is_comment(self, tag: str, words: tuple[str, ...]) -> bool:
        """Return whether an element holds or begins a comment."""
        return any(matcher.matches(tag, words) for matcher in self.comment)

    def zone_of(self, tag: str, words: tuple[str, ...]) -> Zone | None:
        """Return the zone that this platform says an element begins, if it says so."""
        for zone, matcher in self.zones:
            if matcher.matches(tag, words):
                return zone
        return None
