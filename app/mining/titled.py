"""Names of a title and one word: "Dr Tao" and "old Lester" mean whom "Tao" and "Lester" mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.mining.names import Name

_FORMAL = frozenset(
    "mr mrs ms miss mx dr doctor prof professor judge justice officer sergeant sgt captain capt "
    "general gen colonel col major lieutenant lt admiral pastor deacon rev reverend bishop sheriff "
    "mayor president minister senator sen councillor cllr inspector detective constable coach "
    "director provost madame monsieur lord lady".split()
)
"""Titles before a surname."""

_FAMILIAR = frozenset(
    "old young big little uncle auntie aunt sir dame king queen prince princess sheikh brother "
    "sister father".split()
)
"""Words before a first name, or a surname too."""

_MEN = frozenset("mr sir lord king prince uncle father monsieur brother".split())
_WOMEN = frozenset("mrs ms miss lady dame queen princess auntie aunt madame sister".split())


def bare_of(name: Name) -> str | None:
    """Return the folded word that a title stands before, where the name is these two alone."""
    if len(name.content) < 2 or not name.capital[-1]:  # noqa: PLR2004 - a title and a word
        return None
    *titles, bare = name.content
    known = all(title in _FORMAL or title in _FAMILIAR for title in titles)
    return bare if known and bare == name.words[-1] else None


def is_titled_form(name: Name, short: Name) -> bool:
    """Return whether `name` is `short`, which is one word, behind a title."""
    return short.content == (bare_of(name),)


def can_mean(titled: Name, whole: Name) -> bool:
    """Return whether a whole name of a person can be that of "Dr Tao" or "old Lester".

    It ends in the same surname, or begins with the same first name where the title is familiar.
    """
    if len(whole.content) < 2 or bare_of(whole) is not None or not all(whole.capital):  # noqa: PLR2004
        return False
    bare = titled.content[-1]
    return whole.content[-1] == bare or (
        whole.content[0] == bare and set(titled.content[:-1]) <= _FAMILIAR
    )


def are_of_one(names: Iterable[Name]) -> bool:
    """Return whether titled names of the same word can be one person's: no Mr with a Mrs."""
    titles = {title for name in names for title in name.content[:-1]}
    return not (titles & _MEN and titles & _WOMEN)
