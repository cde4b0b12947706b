"""What the comments say to one hypothesis, as the voices that count for and against it.

A voice is the position of an author: the side taken last. Authors whose positions stand in copies
of one text have one voice together, as loud as the loudest of them, since a text that is handed
round says nothing of how many people stand behind it. So it is the same for and against: copies on
either side of a hypothesis are two voices.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from app.domain.stance import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.domain.stance import Attribution

    Author: TypeAlias = tuple[str, str]
    VoiceKey: TypeAlias = tuple[int, Label]

PRIOR = 2
"""Weight of the doubt that meets every claim: two certain supporters are needed for 0.5, so that
a page with a single voice does not rank like one where everybody agrees."""

HEDGED = 0.5
"""Weight of a position that its author hedges ("could be X") beside one that is stated."""

REPORTED = 0.5
"""Weight of a claim that is only passed on: whoever says "the paper says it was X" lends it some
weight, not the whole of their own judgement."""

UNIT = 2**40
"""Weights are counted in whole parts of this: sums of whole numbers are the same in any order and
can be taken apart again, which sums of fractions cannot. 2^-40 is far below what a probability
means."""


def factor_of(row: Attribution) -> float:
    """Return how much a position weighs if it is read rightly."""
    return (1.0 if row.certain else HEDGED) * (REPORTED if row.reported else 1.0)


def weight_of(row: Attribution) -> float:
    """Return how much one author's position weighs, in 0 … 1."""
    return row.probability * factor_of(row)


def strength_of(support: int, deny: int) -> float:
    """Return S / (S + D + 2), of sums of weights in parts of `UNIT`."""
    return support / (support + deny + PRIOR * UNIT)


class Said(NamedTuple):
    """A comment's support or denial of the hypothesis.

    `comment`, `head` and `copies` are positions on the page: of the comment, of the one whose
    stance it took over (or itself), and of the first comment among its copies (or itself).
    """

    author: Author
    comment: int
    head: int
    copies: int
    row: Attribution

    @property
    def voice(self) -> VoiceKey:
        """Which voice it is part of, if it is its author's position."""
        return (self.copies, self.row.label)

    @property
    def weight(self) -> int:
        """How much it weighs, in parts of `UNIT`."""
        return round(weight_of(self.row) * UNIT)


@dataclass(slots=True)
class Weighing:
    """All that is said to one hypothesis; add it in page order."""

    support: int = 0
    deny: int = 0
    query: int = 0
    authors: set[Author] = field(default_factory=set)
    said: dict[Author, list[Said]] = field(default_factory=dict)

    def add(self, said: Said) -> None:
        """Count a comment's row; a later side of the same author replaces the earlier one."""
        label = said.row.label
        self.authors.add(said.author)
        if label is Label.QUERY:
            self.query += 1
            return
        if label is Label.SUPPORT:
            self.support += 1
        else:
            self.deny += 1
        self.said.setdefault(said.author, []).append(said)

    def voices(self) -> Voices:
        """Return the voices that count."""
        voices = Voices()
        for said in self.said.values():
            voices.add(said[-1])
        return voices

    def sides(self) -> Iterator[Said]:
        """Yield every support and denial, positions and those that were given up."""
        for said in self.said.values():
            yield from said


@dataclass(slots=True)
class Voices:
    """The positions that count, voice by voice, with how often each weight stands in it."""

    members: dict[VoiceKey, dict[int, int]] = field(default_factory=dict)

    def add(self, position: Said) -> None:
        """Count an author's position."""
        weights, weight = self.members.setdefault(position.voice, {}), position.weight
        weights[weight] = weights.get(weight, 0) + 1

    def sums(self) -> dict[Label, int]:
        """Return the sum of the voices of each side, in parts of `UNIT`."""
        sums = {Label.SUPPORT: 0, Label.DENY: 0}
        for (_, label), weights in self.members.items():
            sums[label] += max(weights)
        return sums

    def strength(self) -> float:
        """Return S / (S + D + 2)."""
        sums = self.sums()
        return strength_of(sums[Label.SUPPORT], sums[Label.DENY])


@dataclass(frozen=True, slots=True)
class Removals:
    """Works out what a hypothesis is worth without some of what was said, each time anew.

    It takes time by what is left out, not by what is there.
    """

    weighing: Weighing
    voices: Voices
    sums: Mapping[Label, int]
    loudest: Mapping[VoiceKey, tuple[int, ...]]
    """The different weights in each voice, the greatest first."""

    @classmethod
    def of(cls, weighing: Weighing) -> Removals:
        """Return what is needed for `without`, worked out once."""
        voices = weighing.voices()
        loudest = {
            key: tuple(sorted(weights, reverse=True)) for key, weights in voices.members.items()
        }
        return cls(weighing, voices, voices.sums(), loudest)

    def without(self, left_out: Iterable[Said]) -> tuple[float, int]:
        """Return strength and denying comments, had the comments not said these things."""
        gone: dict[Author, set[int]] = {}
        denials = self.weighing.deny
        for said in left_out:
            gone.setdefault(said.author, set()).add(said.comment)
            denials -= said.row.label is Label.DENY
        changed: dict[VoiceKey, Counter[int]] = {}
        for author, comments in gone.items():
            spoken = self.weighing.said[author]
            if spoken[-1].comment not in comments:
                continue
            changed.setdefault(spoken[-1].voice, Counter())[spoken[-1].weight] -= 1
            left = next((each for each in reversed(spoken) if each.comment not in comments), None)
            if left is not None:
                changed.setdefault(left.voice, Counter())[left.weight] += 1
        sums = dict(self.sums)
        for key, changes in changed.items():
            sums[key[1]] += self._loudest_after(key, changes) - self._loudest_now(key)
        return strength_of(sums[Label.SUPPORT], sums[Label.DENY]), denials

    def _loudest_now(self, key: VoiceKey) -> int:
        return max(self.loudest.get(key, ()), default=0)

    def _loudest_after(self, key: VoiceKey, changes: Mapping[int, int]) -> int:
        added = max((weight for weight, times in changes.items() if times > 0), default=0)
        there = self.voices.members.get(key, {})
        for weight in self.loudest.get(key, ()):
            if there.get(weight, 0) + changes.get(weight, 0) > 0:
                return max(weight, added)
        return added
