"""An archive is cut into the same units every time, and nothing of it is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.batch.units import cut_units, estimate_tokens
from app.domain.page import Article, Comment, Page
from app.parsing.archives import Entry, Failure


def _entry(comments: int, *, chars: int = 10) -> Entry:
    said = tuple(Comment(str(n), "x" * chars) for n in range(comments))
    return Entry("line 1", Page(Article(), said))


_RECORDS = st.lists(
    st.integers(0, 5).map(_entry) | st.just(Failure("line 2", "InvalidPage", "no")), max_size=30
)


@given(records=_RECORDS, unit_tokens=st.integers(1, 500))
def test_every_record_is_in_one_unit(records, unit_tokens):
    """Pages in order with numbers from 1, failures, and pages without comments counted."""
    units = list(cut_units(records, lambda: 0.5, unit_tokens=unit_tokens))

    pages = [each for unit in units for each in unit.pages]
    assert [each.entry for each in pages] == [
        each for each in records if isinstance(each, Entry) and each.page.comments
    ]
    assert [each.number for each in pages] == list(range(1, len(pages) + 1))
    assert [each for unit in units for each in unit.failures] == [
        each for each in records if isinstance(each, Failure)
    ]
    assert sum(unit.passed_over for unit in units) == len(records) - len(pages) - sum(
        len(unit.failures) for unit in units
    )
    assert [unit.number for unit in units] == list(range(len(units)))
    assert all(unit.tokens >= unit_tokens for unit in units[:-1])


def test_work_is_cut_by_what_there_is_to_read():
    """Long comments fill a unit sooner than as many short ones."""
    short = list(cut_units([_entry(1)] * 12, lambda: 0.0, unit_tokens=200))
    long = list(cut_units([_entry(1, chars=1_000)] * 12, lambda: 0.0, unit_tokens=200))

    assert len(short) < len(long) == 12
    assert estimate_tokens(_entry(2).page) > estimate_tokens(_entry(1).page) > 0
