"""Tokens of a text with the code points that each covers, and which of them a span overlaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.page import Span


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of a text without special tokens; `starts` and `ends` are its code points."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, start: int, end: int) -> Tokens:
        """Return the tokens `[start, end)`."""
        return Tokens(self.ids[start:end], self.starts[start:end], self.ends[start:end])

    def inside(self, spans: Sequence[Span]) -> list[int]:
        """Return the indices of the tokens that overlap any of `spans`: apart, and in order."""
        if not spans or not self.ids:
            return []
        # A long text names somebody thousands of times, most of them outside of this window.
        first = bisect_right(spans, self.starts[0], key=lambda span: span.end)
        last = bisect_left(spans, self.ends[-1], key=lambda span: span.start)
        found: set[int] = set()
        for span in spans[first:last]:
            begin, end = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
            found.update(range(begin, end))
        return sorted(found)


NO_TOKENS = Tokens((), (), ())
