"""Names of groups of people for actors in training, so that no nation, faith or gender is a clue.

Actors under names like "the Kenyan welders" are blamed and cleared as often as any other actor of
the pages: equal comments must be read alike whoever they are about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

GROUPED = 0.3
"""Share of the renamed actors that get a group's name."""

WORDS = (
    "African American Arab Argentine Asian Australian Bangladeshi Brazilian British Bulgarian "
    "Canadian Chilean Chinese Colombian Cuban Czech Danish Dutch Egyptian English Estonian "
    "Ethiopian European Filipino Finnish French German Ghanaian Greek Haitian Hungarian Indian "
    "Indonesian Iranian Iraqi Irish Israeli Italian Japanese Kenyan Korean Kurdish Latino Lebanese "
    "Malaysian Mexican Moroccan Nigerian Norwegian Pakistani Palestinian Peruvian Polish "
    "Portuguese Romanian Russian Saudi Scottish Serbian Somali Spanish Swedish Swiss Syrian Tamil "
    "Thai Tunisian Turkish Ukrainian Venezuelan Vietnamese Welsh Yemeni "
    "Buddhist Catholic Christian Hindu Jewish Mormon Muslim Orthodox Protestant Sikh Shia Sunni "
    "atheist religious secular "
    "female male nonbinary gay straight trans young old"
).split()
"""Words that go before a noun; no list of this length is complete."""

NOUNS = (
    "workers drivers engineers guards managers officers neighbours tenants boys girls men women "
    "doctors nurses sailors pilots soldiers programmers teachers players fans farmers contractors "
    "minister consultant foreman mechanic captain dealer lawyer landlord clerk"
).split()


def drawn_names(
    names: Sequence[tuple[str, ...]], many: int, chance: random.Random
) -> list[tuple[str, ...]]:
    """Return `many` actors' names of `names`, some of them a group's instead."""
    return [
        _group(chance) if chance.random() < GROUPED else own
        for own in chance.sample(list(names), many)
    ]


def _group(chance: random.Random) -> tuple[str, ...]:
    return (f"the {chance.choice(WORDS)} {chance.choice(NOUNS)}",)
