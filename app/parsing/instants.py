"""Reads points in time: RFC 3339 as the contract has it, and dates as people and sites write them.

A time without a zone is read as UTC, so that all times can be compared.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from app.parsing.alternation import any_of
from app.parsing.elapsed import ELAPSED, ELAPSED_WORDS
from app.parsing.months import MONTH_NUMBER, WEEKDAY, month_number, month_pattern

_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)\Z", re.ASCII
)

_MERIDIEM = r"(?:\s?(?:[ap]\.?\s?m\b\.?|[πμ]\.?\s?μ\.?|[صم](?!\w)))?"
_EASTERN_HALF = r"(?:(?:上午|下午|中午|晚上|午前|午後|오전|오후)\s?)?"
_CLOCK = (
    rf"(?:{_EASTERN_HALF}\d{{1,2}}:\d\d(?::\d\d)?{_MERIDIEM}"
    r"|\d{1,2}[.h]\d\d(?=\s*(?:[ap]\.?m|uhr|h\b))(?:\s?[ap]\.?\s?m\b\.?)?"
    r"|\d{1,2}\s?h\s?\d\d|\d{1,2}\s?[ap]\.?\s?m\b\.?|\d{4}\s?h(?:rs|ours)?\b"
    rf"|{_EASTERN_HALF}\d{{1,2}}\s?[時时點点시](?:\s?\d{{1,2}}\s?[分분](?:\s?\d{{1,2}}\s?[秒초])?)?)"
    r"(?:\s?(?:uhr|hrs?|h|utc|gmt|[a-z]{1,3}[ds]t|cet|cest|bst|z)\b)?(?:\s?[+-]\d\d:?\d\d)?"
)
_DOTTED_CLOCK = r"\d{1,2}\.\d\d(?:\.\d\d)?(?![\d.])"
"""Read as a time only behind a day; by itself it is a number."""

_YEAR_END = r"(?:\s?(?:г|р)\.|\s(?:г|года|року)(?!\w))?"
_ORDINAL = r"(?:st|nd|rd|th|er|re|[.ºª°])?"
_WORDED = (
    rf"(?P<before>\d{{4}}[.,]?\s+|\d{{1,2}}{_ORDINAL}(?:\s+(?:of|de|di)\s+|\s+|[/-]?))?"
    + month_pattern()
    + r"(?(before)(?:(?:\s+(?:del?|năm))?[\s,/-]*(?:\d{4}|['’]\d\d)(?!\d)(?:\.(?=\s|$))?"
    rf"{_YEAR_END}|\s\d\d(?![\d:])\.?)?"
    r"|(?:\s?\d{1,2}(?:st|nd|rd|th)?(?![\d:])(?:,?\s+\d{4}(?!\d))?|,?\s?\d{4}(?!\d)))"
)
_CALENDAR = (
    r"(?:\d{4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,2}(?!\d)\.?"
    r"|\d{1,2}(?:[-/.]\d{1,2}[-/.]|\.\s\d{1,2}\.\s)(?:\d{4}|\d\d)(?!\d)\.?"
    rf"{_YEAR_END}|{_WORDED}"
    r"|(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])"
)
_EASTERN_DAY = (
    r"(?:\s?[(（]?(?:[月火水木金土日]曜日?|(?:星期|[週周])[一二三四五六日天]|[월화수목금토일]요일"
    r"|(?<=[(（])[日月火水木金土一二三四五六월화수목금토일])[)）]?)"
)
_DAY_BEHIND = any_of(
    "hétfő kedd szerda csütörtök péntek szombat vasárnap pazartesi salı çarşamba perşembe cuma"
    " cumartesi pazar понеделник вторник сряда четвъртък петък събота неделя".split()
)
"""Hungarian, Turkish and Bulgarian put the weekday behind the date."""

_AT = any_of(
    "at,um,à,a las,a la,alle,alle ore,ore,om,kl,klo,klockan,as,às,ás,o,o godz,v,ve,в,о,у,u,ob,στις"
    ",la,lúc,pukul,jam,saat,ساعت,الساعة,בשעה,@".split(",")
)
_JOIN = rf"(?:\s*[,،、|·•@–—-]?\s*(?:{_AT}\.?)?\s*|T)"
_WEEKDAY = rf"(?:{WEEKDAY}(?!\w)\.?[,،]?\s+(?:(?:the|den|de)\s)?)"

DATE = re.compile(
    rf"(?<![\w/.:#-])(?:(?:{_CLOCK}\s*(?:on|,|am|le|-|–|\|)?\s*)?{_WEEKDAY}?"
    rf"(?:{_CALENDAR}|{ELAPSED})(?:{_EASTERN_DAY}|,?\s{_DAY_BEHIND})?"
    rf"(?:{_JOIN}(?:{_CLOCK}|{_DOTTED_CLOCK}))?|{_WEEKDAY}?{_CLOCK})(?!\w)",
    re.IGNORECASE,
)
"""A date, a time or "3 hours ago" inside a line."""

_FIGURES = re.compile(
    r"\d(?:[-/.:]\s?\d|\s?[年月日時时点點년월일시秒分小天周週個个か초분주개달]|\s?(?:h\s?\d|[ap]\.?\s?m|mo|hours"
    r"|\d\sh|[smhdwy]|hrs?|mins?|std|tg)(?!\w))",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PLAIN_WORD = re.compile(r"[^\s\d_!-&(-/:-@\[-`{-~“”„«»‹›·•–—…،、，。：（）]+")
_ARTICLE = re.compile("^(?:d[’']|ב)")
_MONTH_WORDS = frozenset(word for name in MONTH_NUMBER for word in name.split())

_NUMERIC = re.compile(
    r"(\d{1,4})(?:[-/.]\s?|\s?[年년]\s?)(\d{1,2})(?:[-/.]\s?|\s?[月월]\s?)(\d{1,4})"
)
_WITH_MONTH = re.compile(
    rf"(?:(?P<first>\d{{1,4}}){_ORDINAL}(?:,?\s+(?:of|de|di)\s+|,?\s+|[/-]?))?"
    rf"{month_pattern('month')}"
    r"(?:(?:\s+(?:del?|năm))?[\s,/-]*(?P<second>\d{1,4})(?!\d)(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<third>\d{4})(?!\d))?)?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<early>上午|午前|오전)?(?P<late>下午|晚上|午後|오후)?\s?(?P<hour>\d{1,2})(?:[:.]|\s?h\s?|\s?[時时点點시]\s?)"
    r"(?P<minute>\d\d)(?!\d)(?::(?P<second>\d\d))?\s?(?P<half>[apπμ](?=\.?\s?[mμ](?!\w))|[صم](?!\w))?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_NOON = 12
_AFTER_NOON = frozenset("pμم")
_LATEST_YEAR_OF_2000S = 68
"""Two-digit years up to here are of this century, as POSIX has it."""

_YEARS = range(1800, 2200)
"""Of the common era; the years of other eras and calendars lie elsewhere and are not read."""

_BUDDHIST_YEARS = range(2400, 2700)
_BUDDHIST_ERA = 543


def may_hold_date(text: str) -> bool:
    """Return whether it is worth looking for a `DATE` in `text`: much cheaper than to look."""
    words = [word.strip("’'") for word in _PLAIN_WORD.findall(text.lower())]
    if not ELAPSED_WORDS.isdisjoint(words):
        return True
    if not _DIGIT.search(text):
        return False
    return bool(_FIGURES.search(text)) or any(
        word in _MONTH_WORDS or _ARTICLE.sub("", word) in _MONTH_WORDS for word in words
    )


def parse_rfc3339(value: str) -> datetime | None:
    """Return the time that an RFC 3339 date-time names, or None if `value` is none."""
    match = _RFC3339.match(value)
    if match is None:
        return None
    day, clock, second, fraction, zone = match.groups()
    second = "59" if second == "60" else second  # a leap second, which datetime cannot hold
    micros = (fraction or "0")[:6].ljust(6, "0")
    return _from_iso(f"{day}T{clock}:{second}.{micros}{zone.upper()}")


def parse_html_time(value: str) -> datetime | None:
    """Return the time that a `datetime` attribute names, or None where it names no day."""
    match = _ISO.match(value.strip()[:60])
    return _from_iso(match.group()) if match else parse_written_date(value[:120])


def parse_written_date(value: str) -> datetime | None:
    """Return the time that a date as people write it names, where only one reading is possible."""
    iso = _ISO.search(value)
    if iso:
        return _from_iso(iso.group())
    day = _parse_day(value)
    if day is None:
        return None
    clock = _TIME.search(value, day[1]) or _TIME.search(value, 0, day[2])
    try:
        hour, minute, second = _read_clock(clock) if clock else (0, 0, 0)
        return datetime(*day[0], hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _read_clock(clock: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    half = (clock["half"] or "").lower()
    if clock["late"] or (half and half in _AFTER_NOON):
        hour = hour % _NOON + _NOON
    elif clock["early"] or half:
        hour %= _NOON
    return hour, minute, second


def _parse_day(value: str) -> tuple[tuple[int, int, int], int, int] | None:
    """The year, month and day, and where in `value` they end and begin."""
    worded = _WITH_MONTH.search(value)
    if worded:
        day = _read_worded(worded)
        return (day, worded.end(), worded.start()) if day else None
    numeric = _NUMERIC.search(value)
    day = _read_numeric(numeric) if numeric else None
    return (day, numeric.end(), numeric.start()) if numeric and day else None


def _read_numeric(numeric: re.Match[str]) -> tuple[int, int, int] | None:
    """Year first, day first, or month first, where the numbers leave no choice."""
    first, second, third = (int(part) for part in numeric.groups())
    if len(numeric.group(1)) == 4:  # noqa: PLR2004 - a year
        year, month, day = _common_year(first), second, third
    else:
        if len(numeric.group(3)) == 2:  # noqa: PLR2004 - a year without its century
            third += 2000 if third <= _LATEST_YEAR_OF_2000S else 1900
        year, month, day = _common_year(third), second, first
        if first <= _NOON and (second > _NOON or "." not in numeric.group()):
            month, day = first, second
            if second <= _NOON:  # with dots, the day is first wherever both are possible
                return None
    return (year, month, day) if year else None


def _read_worded(worded: re.Match[str]) -> tuple[int, int, int] | None:
    """Day month year, month day year, or year month day; the year has four digits."""
    month = month_number(worded["month"])
    first, second, third = worded["first"] or "", worded["second"] or "", worded["third"] or ""
    if len(first) == 4:  # noqa: PLR2004 - a year
        year, day = first, second
    elif first:
        year, day = second, first
    else:
        year, day = third, second
    if month is None or len(year) != 4 or not 1 <= len(day) <= 2:  # noqa: PLR2004 - digits
        return None
    common = _common_year(int(year))
    return (common, month, int(day)) if common else None


def _common_year(year: int) -> int | None:
    """The year of the common era that is meant, as far as this can be told."""
    if year in _BUDDHIST_YEARS:
        year -= _BUDDHIST_ERA
    return year if year in _YEARS else None


def _from_iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(re.sub(r"\s(?=Z|[+-]\d)", "", value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
