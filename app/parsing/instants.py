"""Reads points in time: RFC 3339 as the contract has it, and dates as people and sites write them.

A time without a zone is read as UTC, so that all times can be compared.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)\Z", re.ASCII
)

_MONTHS = tuple(
    frozenset(names.split())
    for names in (
        "january jan januar januari jänner janvier enero gennaio janeiro stycznia января",
        (
            "february feb februar februari février fév févr febrero febbraio fevereiro fev lutego"
            " февраля"
        ),
        "march mar märz mrz mars marzo março maart mrt marca марта",
        "april apr avril avr abril abr aprile kwietnia апреля",
        "may mai mayo maggio maio mei maj maja мая",
        "june jun juni juin junio giugno giu junho czerwca июня",
        "july jul juli juillet juil julio luglio julho lipca июля",
        "august aug août aout agosto augustus augusti sierpnia августа",
        "september sep sept septembre septiembre settembre setembro września сентября",
        "october oct oktober okt octobre octubre ottobre outubro października октября",
        "november nov novembre noviembre novembro listopada ноября",
        (
            "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember"
            " grudnia декабря"
        ),
    )
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")(?!\w)\.?"

_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:mo|di|mi|do|fr|sa|so)(?=[.,]))"
)
_UNIT = (
    r"(?:s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?"
    r"|mo(?:nth|n)?s?|y(?:(?:ea)?rs?)?|sekunden?|minuten?|stunden?|tag(?:e|en)?|wochen?"
    r"|monat(?:en?)?"
    r"|jahr(?:en?)?|heures?|jours?|semaines?|mois|ans?|horas?|días?|semanas?|meses|años?)"
)
_CLOCK = (
    r"(?:\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\b\.?)?|\d{1,2}[.h]\d\d(?=\s*(?:[ap]\.?m|uhr|h\b))"
    r"(?:\s?[ap]\.?\s?m\b\.?)?|\d{1,2}h\d\d|\d{1,2}\s?[ap]\.?\s?m\b\.?|\d{4}\s?h(?:rs|ours)?\b)"
    r"(?:\s?(?:uhr|hrs?|h|utc|gmt|[a-z]{1,3}[ds]t|cet|cest|bst|z)\b)?(?:\s?[+-]\d\d:?\d\d)?"
)
_CALENDAR = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}"
    r"|\d\d)(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?:\s+(?:of|de)\s+|\s+"
    rf"|[/-]?){_MONTH}(?:\s+de)?(?:[\s,/-]*(?:\d{{4}}|['’]\d\d)(?!\d)|\s\d\d(?![\d:]))?"
    rf"|{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:])(?:,?\s+\d{{4}}(?!\d))?"
    rf"|{_MONTH},?\s?\d{{4}}(?!\d)"
    r"|\d{4}年\d{1,2}月\d{1,2}日)"
)
_RELATIVE = (
    rf"(?:(?:about\s|over\s|almost\s)?(?:\d{{1,4}}|an?|one|two|three"
    rf"|a\sfew)\s?{_UNIT}\s(?:\d{{1,2}}\s?{_UNIT}\s)?ago"
    rf"|(?:vor|il\sy\sa|hace)\s(?:\d{{1,4}}|einem|einer|une?|una?)\s{_UNIT}"
    rf"|\d{{1,3}}\s?(?:[smhdwy]|mo|hrs?|mins?)"
    r"|just\snow|yesterday|today|gestern|heute|hier|ayer|hoy)"
)
_JOIN = r"(?:\s*[,|·•@–—-]?\s*(?:at|um|à|a\slas|alle|om|kl\.?|as|às|@)?\s*|T)"
_WEEKDAY = rf"(?:{_DAY}\b\.?,?\s+(?:the\s)?)"

DATE = re.compile(
    rf"(?<![\w/.:#-])(?:{_WEEKDAY}?(?:{_CALENDAR}|{_RELATIVE})(?:{_JOIN}{_CLOCK})?"
    rf"|{_WEEKDAY}?{_CLOCK}(?:\s*(?:on|,|am|le|-|–|\|)?\s*{_WEEKDAY}?{_CALENDAR})?)(?!\w)",
    re.IGNORECASE,
)
"""A date, a time or "3 hours ago" inside a line."""

_NUMERIC = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_WORDED = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+(?:of|de)\s+|\s+"
    rf"|[/-]?)(?P<m1>{_MONTH})(?:\s+de)?[\s,/-]*(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}}))",
    re.IGNORECASE,
)
_TIME = re.compile(r"(\d{1,2})[:.h](\d\d)(?!\d)(?::(\d\d))?\s?(?:([ap])\.?\s?m)?", re.IGNORECASE)
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_NOON = 12
_LATEST_YEAR_OF_2000S = 68
"""Two-digit years up to here are of this century, as POSIX has it."""


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
    hour, minute, second = 0, 0, 0
    if clock:
        hour, minute, second = (int(clock.group(at) or 0) for at in (1, 2, 3))
        half = (clock.group(4) or "").lower()
        if half:
            hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return datetime(*day[0], hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _parse_day(value: str) -> tuple[tuple[int, int, int], int, int] | None:
    """The year, month and day, and where in `value` they end and begin."""
    worded = _WORDED.search(value)
    if worded:
        form = "1" if worded["m1"] else "2"
        month = _MONTH_NUMBER[worded[f"m{form}"].lower().rstrip(".")]
        return (
            (int(worded[f"y{form}"]), month, int(worded[f"d{form}"])),
            worded.end(),
            worded.start(),
        )
    numeric = _NUMERIC.search(value)
    if numeric is None:
        return None
    first, second, third = (int(part) for part in numeric.groups())
    if len(numeric.group(1)) == 4:  # noqa: PLR2004 - a year
        return (first, second, third), numeric.end(), numeric.start()
    if len(numeric.group(3)) == 2:  # noqa: PLR2004 - a year without its century
        third += 2000 if third <= _LATEST_YEAR_OF_2000S else 1900
    if "." in numeric.group() or first > _NOON:  # dots: the day comes first wherever they are used
        return (third, second, first), numeric.end(), numeric.start()
    if second > _NOON:
        return (third, first, second), numeric.end(), numeric.start()
    return None


def _from_iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(re.sub(r"\s(?=Z|[+-]\d)", "", value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
