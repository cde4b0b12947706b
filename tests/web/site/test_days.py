"""Claims over time as bars."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.question import ClaimCount
from app.web.site.days import HALF, WIDTH, draw_days


@given(
    st.dictionaries(
        st.dates().map(str), st.tuples(*[st.integers(0, 9)] * 3).filter(any), max_size=20
    )
)
def test_no_claim_is_lost_and_no_bar_leaves_the_drawing(days):
    """However far apart days are, their claims are in some bar, and all bars fit."""
    drawn = draw_days([ClaimCount(day, *counts) for day, counts in days.items()])

    for at, name in enumerate(("support", "deny", "query")):
        assert sum(getattr(bar, name) for bar in drawn.bars) == sum(
            counts[at] for counts in days.values()
        )
    for bar in drawn.bars:
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH + 1
        assert max(bar.up, bar.down) <= HALF
    assert [bar.x for bar in drawn.bars] == sorted(bar.x for bar in drawn.bars)
