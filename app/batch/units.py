"""Cuts the records of an archive into units of about equal work, the same ones every time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.parsing.archives import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.domain.page import Page
    from app.parsing.archives import Failure, Record

UNIT_TOKENS = 6_000
"""About a hundred comments, seconds of one core: little to lose in a crash, and work for all
workers even in an archive of a thousand comments."""

UNITS_PER_PART = 64
"""Some seven thousand comments a part: enough rows for a Parquet file that reads fast, and few
enough that writing it takes no more memory than reading an archive does."""

_CHARS_PER_TOKEN = 4
"""Of English as WordPieces; what matters is that units are alike."""

_COMMENT_TOKENS = 40
"""What a comment costs beside its own words: the context and the targets that are read with it."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page with its number in the archive, from 1; pages without comments are not numbered."""

    number: int
    entry: Entry


@dataclass(slots=True)
class Unit:
    """Consecutive pages that one worker scores at once, and the failures that stand among them.

    `passed_over` counts pages without comments. `share` is how much of the archive had been read
    when the unit was full.
    """

    number: int
    pages: list[PageEntry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    passed_over: int = 0
    tokens: int = 0
    share: float = 0.0

    @property
    def comments(self) -> int:
        """How many comments the pages have."""
        return sum(len(each.entry.page.comments) for each in self.pages)


def cut_units(
    records: Iterable[Record], share: Callable[[], float], *, unit_tokens: int
) -> Iterator[Unit]:
    """Yield units of at least `unit_tokens`, but for the last; there is always one."""
    unit = Unit(0)
    pages = 0
    for record in records:
        if not isinstance(record, Entry):
            unit.failures.append(record)
            unit.tokens += _COMMENT_TOKENS  # so that a million of them are not one unit
        elif not record.page.comments:
            unit.passed_over += 1
        else:
            pages += 1
            unit.pages.append(PageEntry(pages, record))
            unit.tokens += estimate_tokens(record.page)
        if unit.tokens >= unit_tokens:
            unit.share = share()
            yield unit
            unit = Unit(unit.number + 1)
    if unit.number == 0 or unit.pages or unit.failures or unit.passed_over:
        unit.share = share()
        yield unit


def estimate_tokens(page: Page) -> int:
    """Return about how many tokens the model reads for a page."""
    chars = len(page.article.text) + sum(len(comment.text) for comment in page.comments)
    return chars // _CHARS_PER_TOKEN + _COMMENT_TOKENS * len(page.comments)
