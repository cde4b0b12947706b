"""What a page is mined from: its comments as they came, and which of them are withheld.

A withheld comment keeps its place and the links to it, so that it can be shown again as if it
had never been gone. Nobody mines it, and no list or export holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.page import Page, ReplyLink
from app.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from app.domain.page import Comment

_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page as it came, withheld comments included; links that were inferred are not in it."""

    page: Page
    withheld: frozenset[str] = frozenset()

    def shown(self) -> Page:
        """Return the page as it is mined: replies to what is withheld answer what that answered."""
        if not self.withheld:
            return self.page
        kept = (each for each in self.page.comments if each.id not in self.withheld)
        return replace(
            self.page,
            comments=_without_links_to(self.withheld, kept, self.page.comment_by_id()),
        )

    def with_comments(self, new: Iterable[Comment]) -> Source:
        """Return it with comments below those it has.

        Raises:
            InvalidPage: an id that the page has already, a reply to nothing or in a circle.
        """
        return replace(self, page=replace(self.page, comments=(*self.page.comments, *new)))

    def with_changed(self, comment_id: str, *, text: str) -> Source:
        """Return it with another text for one comment.

        Raises:
            NotFound: no comment of that id is shown.
        """
        self.check_shown(comment_id)
        comments = tuple(
            replace(each, text=text) if each.id == comment_id else each
            for each in self.page.comments
        )
        return replace(self, page=replace(self.page, comments=comments))

    def without(self, comment_id: str) -> Source:
        """Return it without one comment, shown or withheld, for good.

        Raises:
            NotFound: the page has no comment of that id.
        """
        by_id = self.page.comment_by_id()
        if comment_id not in by_id:
            raise _not_found(comment_id)
        kept = (each for each in self.page.comments if each.id != comment_id)
        comments = _without_links_to({comment_id}, kept, by_id)
        return Source(replace(self.page, comments=comments), self.withheld - {comment_id})

    def withholding(self, comment_id: str) -> Source:
        """Return it with one more comment withheld.

        Raises:
            NotFound: no comment of that id is shown.
        """
        self.check_shown(comment_id)
        return replace(self, withheld=self.withheld | {comment_id})

    def showing(self, comment_id: str) -> Source:
        """Return it with a withheld comment shown again, in its place.

        Raises:
            NotFound: no comment of that id is withheld.
        """
        if comment_id not in self.withheld:
            raise _not_found(comment_id)
        return replace(self, withheld=self.withheld - {comment_id})

    def check_shown(self, comment_id: str) -> None:
        """Do nothing where a comment of that id is shown.

        Raises:
            NotFound: there is none.
        """
        if comment_id in self.withheld or comment_id not in self.page.comment_by_id():
            raise _not_found(comment_id)


def as_came(comment: Comment) -> Comment:
    """Return a comment without its link, where that was inferred."""
    if comment.reply_link is not ReplyLink.INFERRED:
        return comment
    return replace(comment, reply_to=None, reply_link=None)


def _without_links_to(
    gone: Collection[str], kept: Iterable[Comment], by_id: Mapping[str, Comment]
) -> tuple[Comment, ...]:
    """Return the comments with each link to one that is gone led on to what that one answered."""
    ends: dict[str, str | None] = {}
    linked = []
    for comment in kept:
        if comment.reply_to not in gone:
            linked.append(comment)
            continue
        end = _end_of(comment.reply_to, gone, by_id, ends)
        link = None if end is None else comment.reply_link
        linked.append(replace(comment, reply_to=end, reply_link=link))
    return tuple(linked)


def _end_of(
    start: str | None,
    gone: Collection[str],
    by_id: Mapping[str, Comment],
    ends: dict[str, str | None],
) -> str | None:
    """Return the first comment above that is not gone; `ends` keeps the walk linear in all."""
    passed: list[str] = []
    current = start
    while current is not None and current in gone and current not in ends:
        passed.append(current)
        current = by_id[current].reply_to
    end = ends.get(current, current) if current is not None else None
    ends.update(dict.fromkeys(passed, end))
    return end


def _not_found(comment_id: str) -> NotFound:
    return NotFound(f"expected a comment of this page, got id {comment_id[:_ECHOED]!r}")
