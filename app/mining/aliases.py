"""Gathers names of the same actor: acronyms, parts, spellings, peoples; precision before recall.

It sees names only, never their contexts; what the text itself says ("AQI, as al Qaeda in Iraq
is known") comes in as glosses.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.mining.acronyms import abbreviates, looks_like_acronym
from app.mining.containment import Part, part_of
from app.mining.names import singular
from app.mining.parties import is_party
from app.mining.spelling import are_spellings, sound_of
from app.mining.states import is_people_of
from app.mining.titled import are_of_one, bare_of, can_mean, is_titled_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.mining.names import Name
    from app.mining.states import StateNames


_MIN_SHORT = 3
"""Letters that are kept of a shortened word: "Ros", "Trev"; two begin too many names."""

_MIN_CUT = 2
"""Letters that are cut off at least: "Iran" is not short for Irana."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """The page says that two names, by their places in the list, are one actor's."""

    one: int
    other: int


def group_names(
    names: Sequence[Name], states: StateNames, glosses: Iterable[Gloss] = ()
) -> tuple[tuple[int, ...], ...]:
    """Return groups of places in `names`, each of one actor; every name is in one group.

    The best attested names stand first: a rare spelling goes to a usual one. Names are joined
    only where nothing else on the page could be meant: a short name that is part of two different
    long ones stays by itself.
    """
    groups = _Groups(len(names))
    _join_same_words(names, groups)
    _join_states(names, states, groups)
    _join_spellings(names, states, groups)
    _join_shortened(names, groups)
    _join_first_names(names, groups)
    _join_glosses(names, tuple(glosses), groups)
    _join_acronyms(names, groups)
    _join_titled(names, groups)
    _join_parts(names, states, groups)
    return groups.as_tuples()


class _Groups:
    """Sets that only grow together (union-find)."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def leader_of(self, place: int) -> int:
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.leader_of(one), self.leader_of(other)))
        self._parents[second] = first

    def as_tuples(self) -> tuple[tuple[int, ...], ...]:
        members: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._parents)):
            members[self.leader_of(place)].append(place)
        return tuple(tuple(group) for group in members.values())


def _join_same_words(names: Sequence[Name], groups: _Groups) -> None:
    # "Clean Hands" and "CleanHands"; "Houthi" and "Houthis"; "police chief" and "chief of police".
    first: dict[tuple[str, ...], int] = {}
    for place, name in enumerate(names):
        endless = [*map(singular, name.content)]
        for key in (("", "".join(endless)), (singular(name.head_word), *sorted(endless))):
            groups.join(first.setdefault(key, place), place)


def _join_states(names: Sequence[Name], states: StateNames, groups: _Groups) -> None:
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        state = states.state_of(name)
        if state is not None:
            groups.join(first.setdefault(state, place), place)
    single = [place for place, name in enumerate(names) if len(name.content) == 1]
    for one in single:
        for other in single:
            if is_people_of(names[one].content[0], names[other].content[0]):
                groups.join(one, other)


def _join_spellings(names: Sequence[Name], states: StateNames, groups: _Groups) -> None:
    proper = [
        place
        for place, name in enumerate(names)
        if name.has_capital and states.state_of(name) is None and not looks_like_acronym(name.text)
    ]
    # A variant goes to one settled spelling, never to another variant: else "Harte" would reach
    # "Hunter" letter by letter.
    settled: list[int] = []
    for place in proper:
        alike = [at for at in settled if are_spellings(names[at].content, names[place].content)]
        if len({groups.leader_of(at) for at in alike}) == 1:
            groups.join(alike[0], place)
        else:
            settled.append(place)
    sounds: dict[str, int] = {}
    for place in proper:
        if len(names[place].content) > 1:
            groups.join(sounds.setdefault(sound_of(names[place].compact), place), place)


def _join_shortened(names: Sequence[Name], groups: _Groups) -> None:
    # "Ros Hythe" is Rosalind Hythe and "Ministry of Agric" the one of Agriculture, if only one is.
    full = [place for place, name in enumerate(names) if len(name.content) > 1 and name.has_capital]
    for short in full:
        longs = [long for long in full if _shortens(names[short].content, names[long].content)]
        if len({groups.leader_of(long) for long in longs}) == 1:
            groups.join(longs[0], short)


def _join_first_names(names: Sequence[Name], groups: _Groups) -> None:
    # "Trev" is Trevor Nock, whose first name begins so; a surname is hardly ever cut.
    people = [
        place
        for place, name in enumerate(names)
        if len(name.content) > 1 and all(name.capital) and not is_party(name.head_word)
    ]
    for short, name in enumerate(names):
        if len(name.words) > 1 or not name.is_proper or looks_like_acronym(name.text):
            continue
        if len(name.words[0]) >= _MIN_SHORT:
            longs = [long for long in people if _begins_first_name(name.words[0], names[long])]
            if len({groups.leader_of(long) for long in longs}) == 1:
                groups.join(longs[0], short)


def _begins_first_name(short: str, long: Name) -> bool:
    return any(
        word.startswith(short) and len(word) >= len(short) + _MIN_CUT for word in long.content[:-1]
    )


def _shortens(short: Sequence[str], long: Sequence[str]) -> bool:
    if len(short) != len(long):
        return False
    other = [(one, two) for one, two in zip(short, long, strict=True) if one != two]
    return (
        len(other) == 1 and len(other[0][0]) >= _MIN_SHORT and other[0][1].startswith(other[0][0])
    )


def _join_glosses(names: Sequence[Name], glosses: Sequence[Gloss], groups: _Groups) -> None:
    # "postdoc Ann Fell" and "postdoc Jo Reed" are two: then the postdoc is neither of them.
    named: dict[int, set[int]] = defaultdict(set)
    for gloss in glosses:
        for one, other in ((gloss.one, gloss.other), (gloss.other, gloss.one)):
            if not names[one].is_proper and names[other].is_proper:
                named[groups.leader_of(one)].add(other)
    rivals = {
        described
        for described, own in named.items()
        if any(
            not set(names[one].content) & set(names[other].content)
            and groups.leader_of(one) != groups.leader_of(other)
            for one in own
            for other in own
        )
    }
    places = [(groups.leader_of(gloss.one), groups.leader_of(gloss.other)) for gloss in glosses]
    for gloss, sides in zip(glosses, places, strict=True):
        if not rivals.intersection(sides):
            groups.join(gloss.one, gloss.other)


def _join_acronyms(names: Sequence[Name], groups: _Groups) -> None:
    for place, name in enumerate(names):
        if not looks_like_acronym(name.text):
            continue
        longs = [other for other, long in enumerate(names) if abbreviates(name, long)]
        if longs and len({groups.leader_of(long) for long in longs}) == 1:
            groups.join(longs[0], place)


def _join_titled(names: Sequence[Name], groups: _Groups) -> None:
    # "Dr Tao" goes to "Tao", and both to "Mei-Lin Tao" if nobody else of that surname is there.
    titled: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if (bare := bare_of(name)) is not None:
            titled[bare].append(place)
    for bare, places in titled.items():
        if not are_of_one(names[place] for place in places):
            continue
        same = [
            at for at, name in enumerate(names) if name.content == (bare,) and all(name.capital)
        ]
        for place in (*places[1:], *same):
            groups.join(places[0], place)
        wholes = [
            at
            for at, name in enumerate(names)
            if any(can_mean(names[place], name) for place in places)
        ]
        if len({groups.leader_of(at) for at in wholes}) == 1:
            groups.join(wholes[0], places[0])


def _join_parts(names: Sequence[Name], states: StateNames, groups: _Groups) -> None:
    # From the longest on, so that "Sadr militia" goes to "Shia Sadr militia" before "militia".
    order = sorted(range(len(names)), key=lambda place: (-len(names[place].content), place))
    for short in order:
        wholes: dict[Part, list[int]] = defaultdict(list)
        for long in order:
            part = part_of(names[short], names[long], states) if long != short else None
            if part is Part.FULL:
                groups.join(short, long)
            elif part is not None and not is_titled_form(names[long], names[short]):
                wholes[part].append(long)
        # A shared head says more than a shared beginning; two wholes of one kind say nothing.
        for part in (Part.HEAD, Part.BEGINNING):
            leaders = {groups.leader_of(long) for long in wholes[part]}
            if len(leaders) == 1:
                groups.join(leaders.pop(), short)
            if leaders or wholes[part]:
                break
