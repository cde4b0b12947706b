"""Says whether a short name can stand for a longer one that holds its words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from app.mining.names import singular
from app.mining.spelling import is_spelling_of

if TYPE_CHECKING:
    from app.mining.names import Name
    from app.mining.states import StateNames

_GROUP_NOUNS = frozenset(
    "company companies firm group gang militia crew clan family network cell cells movement party "
    "management faction tribe cartel warriors raiders militants rebels fighters terrorists mob "
    "syndicate brothers boys lads people men guys terror brigade club team corporation front bank "
    "airline university college administration guerrillas".split()
)
"""Nouns that a proper name keeps when it stands alone: "the Sabaya militia" is Sabaya. With any
other noun in lower case the name is only near: "a Klaxton technician" is not Klaxton."""

_VAGUE = frozenset(
    "new old north south east west northern southern eastern western central national united "
    "general royal federal state local former international great young big first second third "
    "american islamic christian muslim shia sunni social public municipal regional district "
    "county city department ministry office bank university party army police government "
    "people free democratic republic grand chief deputy minister mr mrs ms dr st saint".split()
)
"""First words of many names: "National" does not stand for "National Grid"."""

_BARE_FORCES = frozenset("army force forces militia front police".split())
"""In lower case these mean the land's own: "the army" is not the Mahdi Army."""


_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor president minister senator sen judge justice officer "
    "sergeant sgt captain capt general gen colonel col major lieutenant lt admiral pastor father "
    "deacon rev reverend bishop sheriff governor gov mayor mp mla mep cllr councillor congressman "
    "congresswoman director ceo cfo king queen prince princess principal deputy chief constable "
    "inspector detective secretary chancellor coach sir lady lord dame sheikh imam uncle auntie "
    "senior prime vice former ex foreign finance education home interior defence defense health "
    "the young old big".split()
)
"""Words before a person's name; behind them a first name stands for the whole."""

_OFFICES = frozenset(
    "governor gov mayor mp mla mep cllr ceo cfo director sheriff commissioner chancellor principal"
    " provost coach inspector superintendent treasurer".split()
)
"""Titles that mean the page's own holder when they are written large too: "the Mayor". "The
President" is as often that of the country."""


class Part(Enum):
    """How a short name stands for a longer one."""

    FULL = "a full name, with a kind or a country beside it"
    HEAD = "its head"
    BEGINNING = "its beginning, a first name or a title"


def part_of(short: Name, long: Name, states: StateNames) -> Part | None:
    """Return how `short` can stand for `long`, whose words hold all of its words and more.

    In full ("Special Groups" for "Iranian-backed Special Groups"), by its head (a surname, "the
    chief" for "the chief of police"), by its beginning ("Halcott" for "Halcott Paints"), by a
    first name ("Jake" for "stepfather Jake Mullins") or by its title ("the mayor" for "Mayor Lisa
    Kozlow"). What stands behind a preposition never stands for the whole: Ireland is not the Bank
    of Ireland.
    """
    if len(short.content) >= len(long.content) or states.state_of(short) is not None:
        return None
    places = _places_of(short, long)
    if places is None or (max(places) > long.head and long.head not in places):
        return None
    is_run = _are_one_run(places, long)
    if is_run and _adds_little(short, long, places, states):
        return Part.FULL
    if long.head in places:
        is_head = singular(short.head_word) == singular(long.head_word)
        return Part.HEAD if is_head and _heads_agree(short, long) else None
    return Part.BEGINNING if is_run and _begins(short, long, places) else None


def _begins(short: Name, long: Name, places: tuple[int, ...]) -> bool:
    before = [at for at in range(places[0]) if long.words[at] in long.content]
    behind = long.capital[places[-1] + 1 : long.head + 1]
    is_title = not before and all(behind) and long.head == len(long.words) - 1
    if not all(long.capital[at] for at in places):
        return is_title
    if set(short.content) <= _TITLES | _VAGUE:
        titles = _OFFICES if short.has_capital else _TITLES
        return is_title and set(short.content) <= titles
    if any(long.capital[at] and long.words[at] not in _TITLES for at in before):
        return False
    return long.is_proper or long.head_word in _GROUP_NOUNS


def _adds_little(short: Name, long: Name, places: tuple[int, ...], states: StateNames) -> bool:
    if len(short.content) < _FULL_NAME or not short.has_capital or long.head < places[0]:
        return False
    before = [at for at in range(places[0]) if long.words[at] in long.content]
    behind = range(places[-1] + 1, len(long.words))
    return all(not long.capital[at] or states.state_in(long.words[at]) for at in before) and all(
        long.words[at] in _GROUP_NOUNS and not long.capital[at] for at in behind
    )


_FULL_NAME = 2
"""Words that make a name full: with two of its own it is no mere surname or kind."""


def _places_of(short: Name, long: Name) -> tuple[int, ...] | None:
    places = []
    for word in short.content:
        place = next(
            (
                at
                for at, other in enumerate(long.words)
                if singular(word) == singular(other)
                or (short.has_capital and long.capital[at] and is_spelling_of(word, other))
            ),
            None,
        )
        if place is None:
            return None
        places.append(place)
    return tuple(sorted(places))


def _are_one_run(places: tuple[int, ...], long: Name) -> bool:
    run = [at for at in range(places[0], places[-1] + 1) if long.words[at] in long.content]
    return run == list(places)


def _heads_agree(short: Name, long: Name) -> bool:
    # "Quds force" is a name too, though its head is written small.
    if short.is_proper or not long.has_capital:
        return True
    return short.head_word not in _BARE_FORCES
