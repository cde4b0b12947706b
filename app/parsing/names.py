"""Tells names from what surrounds them: verbs, dates, numbers, states, and labels of buttons."""

from __future__ import annotations

import re

from app.parsing.edges import is_date
from app.parsing.forms import FORMS
from app.parsing.furniture import is_action
from app.parsing.headers import clean_name, read_header
from app.parsing.instants import DATE
from app.parsing.lines import read_line
from app.parsing.repair import tidy_line

_LONGEST_AUTHOR = 100
LONGEST_HEADER = 200
_SURE_FORMS = tuple(form for form in FORMS if form.name in {"says", "posted", "dated"})
_SAYS = re.compile(
    r"\s*\b(?:says?|said|wrote|writes|replied|replies|commented|comments|responded|asked|posted"
    r"|sagte?|schreibt|schrieb|meint|meinte|kommentiert|antwortete?|dijo|dice|escribió|comentó"
    r"|(?:a )?(?:dit|écrit|répondu)|(?:ha )?(?:scritto|detto)|scrive|disse|escreveu|schreef|zegt"
    r"|schrijft|skriver|säger|sier|pisze|napisał[ao]?|пишет|говорит|on|at|am|um|le|el|il|op|em"
    r"|\.{3}|…|,|:|–|—|\||•|·)+\s*:?\s*$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\s+(?:says?|said|wrote|writes|sagt|schreibt|meint|dijo|dice|a dit|dit|scrive|ha scritto"
    r"|disse|schreef|zegt|skrev)\s*(?:\.{3}|…|:)*\s*$",
    re.IGNORECASE,
)
_LONGEST_NAMED = 200
"""Titles of other sites stand as names too, in pingbacks."""

_BY = re.compile(
    r"^\W*(?:(?:author|autor|auteur|name|user)\s*:\s*|(?:(?:posted|submitted|written|left|added|sent|comment(?:ed)?|reply|answer(?:ed)?"
    r"|geschrieben|verfasst|gepostet|eingereicht|publié|posté|écrit|soumis|envoyé|enviado"
    r"|publicado|escrito|inviato|scritto|postato|geplaatst|ingediend)\s+)?"
    r"(?:by|from|von|par|por|door|av|af|przez)\b\s*:?\s+)",
    re.IGNORECASE,
)
_POSTED_BY = re.compile(
    r"^\W*(?:posted|submitted|written|comment(?:ed)?|geschrieben|verfasst|publié|posté|écrit"
    r"|publicado|escrito|inviato|scritto|geplaatst)\s+(?:by|von|par|por|da|door)\b\s*:?\s+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:\s+[—–|•·#@]+)+$")
_COUNTED = re.compile(r"^#?\d{1,5}[.):]?\s+(?=[^\W\d])")
_NUMBERED = re.compile(r"\s*[(\[]\s*#?\d+\s*[)\]]\s*$")
"""The number of somebody's account behind the name."""

_STATES = re.compile(
    r"\s*[(\[](?:not verified|nicht überprüft|nicht verifiziert|non vérifié|no verificado"
    r"|não verificado|non verificato|niet gecontroleerd|niet geverifieerd|ej verifierad"
    r"|ikke kontrolleret|guest|gast|invité|author|autor|verified|visitor|member"
    r"|besucher|mitglied|anonymous)[)\]]\s*$",
    re.IGNORECASE,
)
_URL = re.compile(r"^(?:https?://\S+\s+)+")
BULLETS = re.compile(r"\s*[•·|]\s*|\s+[–—-]\s+")
_NO_LETTER = re.compile(r"[\W\d_]+")
_NEVER_NAMES = re.compile(
    r"(?:by|says?|said|posted|posted by|comment by|author|autor|name|date|member|members?hip"
    r"|registered|joined|reply|in reply to|permalink|edit|top|new|more|website|profile|user"
    r"|subject|re|title|link|\[.?\]|verified|moderator|admin badge|staff|share|post"
    r"|collapse|expand|hide|show|load more.*|view .*|read more|see more|sign in.*|log ?in.*)",
    re.IGNORECASE,
)


def name_in(text: str) -> str | None:
    """Return the name in "NAME on DATE said:" and the like."""
    if len(text) > LONGEST_HEADER:
        return None
    name = name_in_header(text)
    if name:
        return name
    return accept_name(DATE.sub("", text)) if not is_date(text) else None


def accept_name(text: str) -> str | None:
    """Return a name without what surrounds it, if it can be one."""
    name = _COUNTED.sub("", _URL.sub("", tidy_line(text)))
    name = _NUMBERED.sub("", _STATES.sub("", name))
    said = _SAYS.sub("", name)
    name = _TRAILING.sub("", clean_name(_BY.sub("", said or name)))
    if not name or len(name) > _LONGEST_AUTHOR or _NO_LETTER.fullmatch(name):
        return None
    if _NEVER_NAMES.fullmatch(name) or is_action(name) or is_date(name):
        return None
    return name


def accept_named(text: str) -> str | None:
    """Return what stands where the template puts a name: it may look like anything."""
    name = _STATES.sub("", _POSTED_BY.sub("", tidy_line(text)))
    name = re.sub(r"[\s:,]+$", "", name)
    said = _SAID.sub("", name)
    name = said or name
    if not name or len(name) > _LONGEST_NAMED or _NEVER_NAMES.fullmatch(name) or is_date(name):
        return None
    return name


def name_in_header(text: str) -> str | None:
    """Return the name in a line that has the form of a header in plain text."""
    if len(text) > LONGEST_HEADER:
        return None
    line = read_line(text)
    for form in _SURE_FORMS:
        header = read_header(line, form)
        if header is not None and header.rest is None:
            return accept_name(BULLETS.split(header.author)[0])
    return None


def is_header_line(words: str) -> bool:
    """Return whether a line only names an author and a time."""
    return name_in_header(words) is not None


def says_said(text: str) -> bool:
    """Return whether a text ends as "NAME says:" does."""
    return _SAID.search(text) is not None


def without_by(text: str) -> str:
    """Return a text without "Posted by" and the like in front."""
    return _BY.sub("", text)
