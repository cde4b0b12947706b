"""Which tokens a mention covers, however many mentions and windows a text has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.inference.encode import Around, TextEncoder, window_ranges
from app.inference.tokens import Tokens

TARGET = Target(TargetKind.HYPOTHESIS, "X is responsible.", actor="x")
TEXT = Tokens(
    tuple(range(1000)),
    tuple(range(0, 3000, 3)),
    tuple(range(2, 3002, 3)),  # a space between each two
)


class TwoWords:
    """A tokenizer that knows its special tokens, which is all that is asked of it here."""

    def no_truncation(self) -> None:
        """Do nothing."""

    def no_padding(self) -> None:
        """Do nothing."""

    def token_to_id(self, name: str) -> int | None:
        """Return a number for [CLS] and [SEP]."""
        return {"[CLS]": 1, "[SEP]": 2}.get(name)


@given(
    st.lists(
        st.builds(
            lambda start, length: Span(start, start + length),
            st.integers(0, 3100),
            st.integers(0, 700),
        ),
        max_size=8,
    )
)
def test_mentions_cover_the_tokens_that_they_overlap(spans):
    """In any order, overlapping or not, each window marks the tokens that any span touches."""
    windows = TextEncoder(TwoWords()).windows(
        Reading("", (Query(TARGET, tuple(spans)),)), TEXT, Around(), {TARGET.text: 0}
    )

    assert [window.markers[0].mention for window in windows] == [
        tuple(
            index - part.start + 1
            for index in part
            if any(
                TEXT.starts[index] < span.end and TEXT.ends[index] > span.start for span in spans
            )
        )
        for part in window_ranges(len(TEXT))
    ]
