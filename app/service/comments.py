"""Changes to the comments of stored pages; only what a change touches is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import parsing
from app.service.content import taken_ids
from app.service.limits import check_comments
from app.service.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.config import Settings
    from app.domain.mined import MinedPage
    from app.domain.page import Comment
    from app.service.kept import KeptPages, ReadPage
    from app.service.mining import Mining
    from app.service.pseudonyms import Pseudonyms
    from app.storage.sources import StoredPage


class StoredComments:
    """The comments of stored pages. Ids that do not exist raise NotFound."""

    def __init__(
        self, pages: KeptPages, mining: Mining, settings: Settings, *, pseudonyms: Pseudonyms
    ) -> None:
        self._pages = pages
        self._mining = mining
        self._settings = settings
        self._pseudonyms = pseudonyms

    def add(
        self,
        page_id: str,
        comments: Sequence[Comment] | bytes,
        *,
        on_scored: Callable[[int], None] | None = None,
    ) -> MinedPage:
        """Add comments to a stored page; only they, and what they touch, are read.

        Comments may come as the JSON body that holds them; those without an id in it get the
        next free one, "c10" on a page of nine, however many callers add some at once.

        Raises:
            InputError: the body cannot be read.
            InvalidPage: an id is there already, or a reply answers nothing or itself.
            PageTooLarge: the page would have more comments than is allowed.
        """
        work = Work(on_scored=on_scored)

        def extended(seen: StoredPage) -> ReadPage:
            there = seen.source.page.comments
            new = (
                parsing.parse_comments(comments, taken=taken_ids(there))
                if isinstance(comments, bytes)
                else comments
            )
            check_comments(len(there) + len(new), self._settings)
            shown = self._pseudonyms.of_comments(new)
            return self._mining.read(seen.source.with_comments(shown), seen.memo, work)

        return self._pages.change(page_id, extended)

    def edit(
        self,
        page_id: str,
        comment_id: str,
        text: str,
        *,
        on_scored: Callable[[int], None] | None = None,
    ) -> MinedPage:
        """Give a comment another text; only it, and what it touches, is read."""
        work = Work(on_scored=on_scored)
        return self._pages.change(
            page_id,
            lambda seen: self._mining.read(
                seen.source.with_changed(comment_id, text=text), seen.memo, work
            ),
        )

    def delete(self, page_id: str, comment_id: str) -> MinedPage:
        """Remove a comment from a page, its ranking and its graph, for good; return what is left.

        One that is withheld can be removed too.
        """
        return self._pages.change(
            page_id, lambda seen: self._mining.read(seen.source.without(comment_id), seen.memo)
        )
