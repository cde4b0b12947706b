"""Tells where somebody named and somebody described stand side by side as one.

"Ann Fell, a postdoc who …", "the owner, Ann Fell, declined", "night guard Danny Coyle", "Tim
Reed, landlord of the Drovers". A list is none: "Ann Fell, the driver and the guard".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.mining.names import singular
from app.mining.parties import is_listed_role, is_party, is_role

if TYPE_CHECKING:
    from app.mining.names import Name

_COMMA = re.compile(r"^, $")
_COMMA_ARTICLE = re.compile(r"^, (?:the|a|an|their|his|its|our) $", re.IGNORECASE)
_COMMA_INDEFINITE = re.compile(r"^, an? $")
_END = re.compile(r"^[,.;:)]|^$|^ (?:said|says|told|denied|denies)\b")
_WHO = re.compile(r"^ (?:who|whose|which)\b")
_WHENCE = re.compile(r"^ (?:from|with|in|at|of)\b")
_OF = re.compile(r"^ (?:of|at)\b")
_LIST_GOES_ON = re.compile(
    r"^,? (?:and|or|nor)\b|^, (?:the|a|an) \w+,? (?:and|or)\b", re.IGNORECASE
)
_MORE_NAMES = re.compile(r"^, (?:the |an? )?[A-Z]\w*(?: [A-Z]\w*)*(?:, |,? (?:and|or)\b)")
_COMMA_WHO = re.compile(r"^, who\b")
_IN_LIST = re.compile(r"^, (?:the |an? )?$", re.IGNORECASE)
"""Behind "and" a list has its last name, and the next one is that name's."""

_INSIDE = re.compile(r"(?<!\w)of (?:the |an? )?$", re.IGNORECASE)
_THE = re.compile(r"(?<!\w)the $", re.IGNORECASE)
_OPENS = re.compile(r"^ [\"“‘'(]$")
_CLOSES = re.compile(r"^[\"”’')]")
_CLOSES_IN_NAME = re.compile(r"^[\"”’')] [^\W\d_a-z]")

_FULL = 2
"""Words of a person's whole name: a first name and a surname."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The text before two names, between them and behind.

    `follows` says that a name is before them, `in_article` that no comment is read.
    """

    before: str
    between: str
    behind: str
    follows: bool = False
    in_article: bool = True

    @property
    def in_list(self) -> bool:
        """Whether the first name goes on a list that the name before began."""
        return self.follows and bool(_IN_LIST.search(self.before))


def is_apposition(sides: Sides, one: Name, other: Name) -> bool:
    """Return whether two names that stand beside each other are said to be one's.

    Where just one of both is described, its head without a capital letter, less is asked than
    where an office is written like a name.
    """
    if sides.in_list:
        return False
    if _OPENS.search(sides.between):
        return _is_nickname(sides, one, other)
    if one.is_proper != other.is_proper:
        if sides.between == " ":
            return other.is_proper and _precedes(one, other)
        if _LIST_GOES_ON.search(sides.behind):
            return False
        return _names_last(sides, other) if other.is_proper else _names_first(sides, one, other)
    return one.is_proper and _is_office(sides, one, other)


def _precedes(one: Name, other: Name) -> bool:
    """Whether "stepfather" or "night guard" stands before a name, and not "absolve Iran"."""
    if len(one.content) == 1:
        return len(other.content) > 1 or is_role(one.content[0])
    return _is_one_role(one) and len(other.content) >= _FULL


def _names_last(sides: Sides, other: Name) -> bool:
    """Whether "the landlord, Acme Homes, denied", and not "It was the landlord, Pete."."""
    if not _COMMA.search(sides.between) or _INSIDE.search(sides.before):
        return False
    if _MORE_NAMES.search(sides.behind):
        return False
    if len(other.content) < _FULL and not sides.in_article:
        return bool(_COMMA_WHO.search(sides.behind))
    return bool(_END.search(sides.behind) or _WHO.search(sides.behind))


def _names_first(sides: Sides, one: Name, other: Name) -> bool:
    """Whether "Acme Homes, the landlord, denied", or "Alf Pruett, landlord of the Drovers"."""
    if _COMMA_ARTICLE.search(sides.between):
        return bool(
            _END.search(sides.behind)
            or _WHO.search(sides.behind)
            or (_COMMA_INDEFINITE.search(sides.between) and _WHENCE.search(sides.behind))
        )
    return bool(
        _COMMA.search(sides.between)
        and len(one.content) >= _FULL
        and _is_one_role(other)
        and (_END.search(sides.behind) or _WHENCE.search(sides.behind))
    )


def _is_office(sides: Sides, one: Name, other: Name) -> bool:
    """Whether "the Director, Moira Sloane," or "Alasdair Pringle, Keeper of Coins"."""
    if _LIST_GOES_ON.search(sides.behind):
        return False
    if _COMMA.search(sides.between) and _THE.search(sides.before) and _is_person(other):
        return is_listed_role(one.head_word) and bool(_END.search(sides.behind))
    if not (_COMMA.search(sides.between) or _COMMA_ARTICLE.search(sides.between)):
        return False
    return (
        _is_person(one)
        and is_listed_role(other.head_word)
        and bool(_END.search(sides.behind) or _OF.search(sides.behind))
    )


def _is_nickname(sides: Sides, one: Name, other: Name) -> bool:
    """Whether 'courier "Claude"' or 'Timo "vexo" Raudsepp'."""
    if not one.is_proper:
        return _is_one_role(one) and other.has_capital and bool(_CLOSES.search(sides.behind))
    return "(" not in sides.between and bool(_CLOSES_IN_NAME.search(sides.behind))


def _is_one_role(name: Name) -> bool:
    return is_role(name.head_word) and singular(name.head_word) == name.head_word


def _is_person(name: Name) -> bool:
    return len(name.content) >= _FULL and all(name.capital) and not is_party(name.head_word)
