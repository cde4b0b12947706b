"""Which comments of a page somebody wants to see: the filters of its view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.mined import MinedComment, MinedPage
    from app.domain.stance import Label


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters, all of which a comment must pass; what is None does not narrow.

    `actor`, `label` and `certain` must meet in one claim of the comment. `near` is the id of a
    comment: only what it is tied to is wanted.
    """

    actor: str | None = None
    label: Label | None = None
    author: str | None = None
    certain: bool | None = None
    near: str | None = None
    in_page_order: bool = False

    @property
    def narrows(self) -> bool:
        """Whether any comment may be left out."""
        return any(
            value is not None
            for value in (self.actor, self.label, self.author, self.certain, self.near)
        )

    def admits(self, mined: MinedComment) -> bool:
        """Return whether the comment passes all but `near`."""
        if self.author is not None and (mined.comment.author or "") != self.author:
            return False
        if self.actor is None and self.label is None and self.certain is None:
            return True
        return any(
            self.actor in {None, row.actor}
            and self.label in {None, row.label}
            and self.certain in {None, row.certain}
            for row in mined.attributions
        )


def choose(mined: MinedPage, wanted: Wanted) -> frozenset[str]:
    """Return the ids of the comments that are wanted."""
    chosen = {each.comment.id for each in mined.comments if wanted.admits(each)}
    if wanted.near is not None:
        chosen &= neighbours_of(mined, wanted.near)
    return frozenset(chosen)


def neighbours_of(mined: MinedPage, comment_id: str) -> frozenset[str]:
    """Return the comment, what it answers, what answers it, and who speaks of the same actors.

    An id that no comment has leaves nobody.
    """
    by_id = mined.comment_by_id()
    middle = by_id.get(comment_id)
    if middle is None:
        return frozenset()
    actors = {row.actor for row in middle.attributions}
    return frozenset(
        each.comment.id
        for each in mined.comments
        if each.comment.id in {comment_id, middle.comment.reply_to}
        or each.comment.reply_to == comment_id
        or any(row.actor in actors for row in each.attributions)
    )
