"""Times keep their instant and their offset; names are found by a key."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.storage.columns import is_storable, join_time, name_key, split_time

EAST = timezone(timedelta(hours=14))
WEST = timezone(timedelta(hours=-12))


@pytest.mark.parametrize(
    "when", [datetime.min.replace(tzinfo=EAST), datetime.max.replace(tzinfo=WEST)]
)
def test_a_time_outside_of_the_calendar_is_refused(when):
    """A time whose instant no calendar holds is refused by a ValueError, not an overflow."""
    with pytest.raises(ValueError, match="years 1 to 9999"):
        split_time(when)


@pytest.mark.parametrize(
    "when",
    [
        None,
        datetime.fromisoformat("2024-05-06T07:08:09.000010"),
        datetime(2024, 5, 6, 7, 8, tzinfo=UTC),
        datetime(2024, 5, 6, 7, 8, tzinfo=EAST),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=WEST),
    ],
)
def test_a_time_is_put_together_as_it_was(when):
    """The instant and the offset make the time they came from, on the same clock."""
    joined = join_time(*split_time(when))
    assert joined == when
    assert str(joined) == str(when)


def test_a_name_is_found_in_any_case_and_with_any_apostrophe():
    """What people type for a name leads to the same key."""
    assert name_key("The Reader’s Guard") == name_key("reader's guard")
    assert name_key("ÇELIK") == name_key("çelik")


@pytest.mark.parametrize(
    ("text", "storable"), [("", True), ("é😀", True), ("\0", False), ("\udfff", False)]
)
def test_what_no_database_holds_is_told_apart(text, storable):
    """NUL and lone surrogates are the only text that is not stored."""
    assert is_storable(text) is storable
