"""Promises about points in time, as sites and people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_date, format_datetime, format_timedelta
from hypothesis import given
from hypothesis import strategies as st

from app.parsing.instants import (
    DATE,
    may_hold_date,
    parse_html_time,
    parse_rfc3339,
    parse_written_date,
)

LOCALES = (
    "en en_GB de de_AT fr es it pt nl ca ro sv da nb fi pl cs sk hu tr id ru uk bg sr el ar he fa"
    " hi vi ja zh ko"
).split()
MOMENT = datetime(2014, 1, 17, 22, 5, tzinfo=UTC)
MONTHS = [MOMENT.replace(month=month) for month in range(1, 13)]


@pytest.mark.parametrize("locale", LOCALES)
def test_months_of_many_languages_are_read(locale: str):
    """Every month, long and short, is seen as a date and read as the day it names."""
    for moment in MONTHS:
        for length in ("medium", "long", "full"):
            written = format_date(moment, length, locale).replace("\u200f", "")
            found = DATE.search(written)
            assert found, written
            assert may_hold_date(written), written
            assert parse_written_date(written) == moment.replace(hour=0, minute=0), written


@pytest.mark.parametrize("locale", LOCALES)
def test_times_of_many_languages_are_read(locale: str):
    """A day with its time, joined as the language joins them, gives both."""
    written = format_datetime(MOMENT, "medium", locale=locale).replace("\u200f", "")
    if locale in {"vi", "ko", "fa"}:
        pytest.skip("the time stands first, or has a mark between that only lines take out")
    assert DATE.search(written), written
    assert parse_written_date(written) == MOMENT, written


@pytest.mark.parametrize("locale", LOCALES)
def test_how_long_ago_is_a_date_in_many_languages(locale: str):
    """Time past is seen whole, from minutes to years, one and many."""
    for elapsed in (
        timedelta(minutes=3),
        timedelta(hours=1),
        timedelta(hours=5),
        timedelta(days=1),
        timedelta(days=4),
        timedelta(weeks=2),
        timedelta(days=70),
        timedelta(days=800),
    ):
        written = format_timedelta(-elapsed, add_direction=True, locale=locale)
        assert DATE.fullmatch(written), written
        assert may_hold_date(written), written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("le lundi 12 mai 2014 à 10 h 05", (2014, 5, 12, 10, 5)),
        ("12 de mayo de 2014 a las 10:05", (2014, 5, 12, 10, 5)),
        ("Montag, den 12. Mai 2014 um 22.05 Uhr", (2014, 5, 12, 22, 5)),
        ("segunda-feira, 12 de maio de 2014 às 10:05", (2014, 5, 12, 10, 5)),
        ("12 maggio 2014 alle ore 10.05", (2014, 5, 12, 10, 5)),
        ("May 12th, 2014 at 12:05 a.m.", (2014, 5, 12, 0, 5)),
        ("2014년 5월 12일 오후 10:05", (2014, 5, 12, 22, 5)),
        ("2014年5月12日(月) 22時05分", (2014, 5, 12, 22, 5)),
        ("١٢ مايو ٢٠١٤", (2014, 5, 12, 0, 0)),
        ("12.05.2557", (2014, 5, 12, 0, 0)),
        ("03.05.14", (2014, 5, 3, 0, 0)),
        ("05.13.14", (2014, 5, 13, 0, 0)),
        ("12.05.1393", None),
        ("12 พ.ค. 2014", None),
        ("12/05/2014", None),
        ("31 February 2014", None),
        ("12 ſept 2014", None),
    ],
)
def test_dates_are_read_where_only_one_reading_is_possible(
    written: str, expected: tuple[int, int, int, int, int] | None
):
    """What a date leaves open is not guessed."""
    moment = parse_written_date(written)
    assert moment == (datetime(*expected, tzinfo=UTC) if expected else None)


@pytest.mark.parametrize(
    "text",
    [
        "12 decent people",
        "Malcolm V",
        "I said so",
        "version 3.14 of it",
        "Maria March",
        "http://a.example/2014/05/12/x",
        "10:05pages",
    ],
)
def test_words_that_resemble_dates_are_none(text: str):
    """A month's name goes with a day or a year, and is not part of a longer word."""
    found = DATE.search(text)
    assert found is None or not may_hold_date(text) or found.group() == "3.14"


@given(st.text(max_size=80))
def test_any_text_gives_a_time_with_a_zone_or_none(text: str):
    """No text makes the readers of times stumble."""
    for read in (parse_rfc3339, parse_html_time, parse_written_date):
        moment = read(text)
        assert moment is None or moment.tzinfo is not None


@given(st.text(alphabet="0123456789 :-/.,年月日한may12thagoapmTZ+ıſK", max_size=40))
def test_a_date_that_is_found_was_worth_looking_for(text: str):
    """The cheap look never passes over a date that the thorough one finds."""
    assert may_hold_date(text) or DATE.search(text) is None
