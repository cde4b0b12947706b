"""Goes through the batches of a call: one by one, or as whoever shares out the turns does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ItemT = TypeVar("ItemT")
DoneT = TypeVar("DoneT")


class Spread(Protocol):
    """Does the same with many items."""

    def __call__(self, do: Callable[[ItemT], DoneT], items: Sequence[ItemT]) -> list[DoneT]:
        """Return what `do` makes of each item, in order; it may be run in several threads."""
        ...


def one_by_one(do: Callable[[ItemT], DoneT], items: Sequence[ItemT]) -> list[DoneT]:
    """Return what `do` makes of each item, in order, done in this thread."""
    return [do(item) for item in items]
