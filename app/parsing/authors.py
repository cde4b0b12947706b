"""Finds the author of each comment in what stands around its text.

A page's template names all authors in one way: the ways are tried on all comments, and the one
that names most of them goes first for each.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from app.parsing.forms import FORMS
from app.parsing.furniture import is_action
from app.parsing.headers import clean_name, is_name, read_header
from app.parsing.instants import DATE
from app.parsing.lines import read_line
from app.parsing.platforms import Zone
from app.parsing.repair import tidy_line
from app.parsing.texts import is_date, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.parsing.found import Found

_LONGEST_AUTHOR = 100
_LONGEST_HEADER = 200
_LONGEST_FRAME = 600
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
_BULLETS = re.compile(r"\s*[•·|]\s*|\s+[–—-]\s+")
_NO_LETTER = re.compile(r"[\W\d_]+")
_NEVER_NAMES = re.compile(
    r"(?:by|says?|said|posted|posted by|comment by|author|autor|name|date|member|members?hip"
    r"|registered|joined|reply|in reply to|permalink|edit|top|new|more|website|profile|user"
    r"|subject|re|title|link|\[.?\]|verified|moderator|admin badge|staff|share|post"
    r"|collapse|expand|hide|show|load more.*|view .*|read more|see more|sign in.*|log ?in.*)",
    re.IGNORECASE,
)
_COMMON = 0.8
_LEAST_COMMON = 4
"""A name that so large a share of four and more comments has is a label of the template."""

_COVERING = 0.6
_SAMPLE = 30
"""Comments that tell for all how a page names authors."""


def read_authors(found: Sequence[Found]) -> tuple[list[str | None], bool]:
    """Return who wrote each comment, None where nothing says so; and whether the text says it.

    The text says it where the template puts a line with the author into what it calls content.
    """
    names: list[str | None] = [None] * len(found)
    usual = _usual_way(found)
    for way in (usual, *(way for way in _WAYS if way is not usual)):
        without = [at for at, name in enumerate(names) if name is None]
        if not without:
            break
        told = _labels_dropped([way(found[at]) for at in without])
        for at, name in zip(without, told, strict=True):
            names[at] = name
    return names, usual is _by_content


def _usual_way(found: Sequence[Found]) -> Callable[[Found], str | None]:
    """The surest way that names most of some of the comments."""
    sample = found[:: max(1, len(found) // _SAMPLE)]
    for way in (*_WAYS, _by_content):
        names = _labels_dropped([way(comment) for comment in sample])
        if sum(name is not None for name in names) >= _COVERING * len(names):
            return way
    return _WAYS[0]


def _labels_dropped(names: list[str | None]) -> list[str | None]:
    counts = Counter(name for name in names if name)
    if len(names) < _LEAST_COMMON or not counts:
        return names
    label, times = counts.most_common(1)[0]
    if times < _COMMON * len(names):
        return names
    return [None if name == label else name for name in names]


def _by_attribute(comment: Found) -> str | None:
    return _accept(comment.named) if comment.named else None


def _by_name(comment: Found) -> str | None:
    lines = lines_of(comment.text_of(frozenset({Zone.NAME})))
    return next((name for line in lines[:3] if (name := _accept_named(line.words))), None)


def _by_author(comment: Found) -> str | None:
    lines = lines_of(comment.text_of(frozenset({Zone.AUTHOR})))
    return next((name for line in lines[:4] if (name := _name_in(line.words))), None)


def _by_header(comment: Found) -> str | None:
    """In the frame's first and last lines, where one has a form such as "NAME on DATE"."""
    for zone in (Zone.META, Zone.LOOSE, Zone.BODY):
        lines = lines_of(comment.text_of(frozenset({zone})))
        for line in [*lines[:3], *lines[3:][-2:]]:
            name = name_in_header(line.words)
            if name:
                return name
    return None


def _by_bullets(comment: Found) -> str | None:
    """Before the first bullet of a line of details: "NAME • #1 • DATE"."""
    lines = lines_of(comment.text_of(frozenset({Zone.META})))
    for line in lines[:2]:
        parts = _BULLETS.split(line.words[:_LONGEST_HEADER])
        if len(parts) > 1 and not is_date(parts[0]):
            name = _accept(_BY.sub("", parts[0]))
            if name and is_name(name, strict=True) and not DATE.search(name):
                return name
    return None


def _by_said(comment: Found) -> str | None:
    """A small part of the frame behind which the author is said to say something."""
    for _, text in comment.hints:
        if _SAID.search(text) and not is_date(text):
            name = _name_in(text)
            if name:
                return name
    return None


def _by_link(comment: Found) -> str | None:
    return next(
        (name for tag, text in comment.hints if tag == "a" and (name := _accept(text))), None
    )


def _by_emphasis(comment: Found) -> str | None:
    return next(
        (name for tag, text in comment.hints if tag in _EMPHATIC and (name := _name_in(text))), None
    )


def _by_content(comment: Found) -> str | None:
    """In the first line of what is called content, where the template puts the header there."""
    lines = lines_of(comment.text_of(frozenset({Zone.CONTENT, Zone.INNER}))[:_LONGEST_FRAME])
    return name_in_header(lines[0].words) if lines else None


def _by_first_line(comment: Found) -> str | None:
    """The first of several lines in front of the text, where it looks like a name."""
    lines = lines_of(comment.text_of(frozenset({Zone.LOOSE, Zone.META})))
    for line in lines[:2]:
        name = _name_in(line.words)
        if name and is_name(name, strict=True) and (comment.has_content or len(lines) > 1):
            return name
    return None


_EMPHATIC = frozenset("b strong cite h2 h3 h4 h5 h6 dt".split())
_WAYS: tuple[Callable[[Found], str | None], ...] = (
    _by_name,
    _by_author,
    _by_attribute,
    _by_header,
    _by_bullets,
    _by_said,
    _by_link,
    _by_emphasis,
    _by_first_line,
)
"""The surest first."""


def _name_in(text: str) -> str | None:
    """The name in "NAME on DATE said:" and the like."""
    if len(text) > _LONGEST_HEADER:
        return None
    name = name_in_header(text)
    if name:
        return name
    return _accept(DATE.sub("", text)) if not is_date(text) else None


def _accept(text: str) -> str | None:
    """A name without what surrounds it, if it can be one."""
    name = _COUNTED.sub("", _URL.sub("", tidy_line(text)))
    name = _NUMBERED.sub("", _STATES.sub("", name))
    said = _SAYS.sub("", name)
    name = _TRAILING.sub("", clean_name(_BY.sub("", said or name)))
    if not name or len(name) > _LONGEST_AUTHOR or _NO_LETTER.fullmatch(name):
        return None
    if _NEVER_NAMES.fullmatch(name) or is_action(name) or is_date(name):
        return None
    return name


def _accept_named(text: str) -> str | None:
    """What stands where the template puts a name: it may look like anything."""
    name = _STATES.sub("", _POSTED_BY.sub("", tidy_line(text)))
    name = re.sub(r"[\s:,]+$", "", name)
    said = _SAID.sub("", name)
    name = said or name
    if not name or len(name) > _LONGEST_NAMED or _NEVER_NAMES.fullmatch(name) or is_date(name):
        return None
    return name


def name_in_header(text: str) -> str | None:
    """Return the name in a line that has the form of a header in plain text."""
    if len(text) > _LONGEST_HEADER:
        return None
    line = read_line(text)
    for form in _SURE_FORMS:
        header = read_header(line, form)
        if header is not None and header.rest is None:
            return _accept(_BULLETS.split(header.author)[0])
    return None


def is_header_line(words: str) -> bool:
    """Return whether a line only names an author and a time."""
    return name_in_header(words) is not None
