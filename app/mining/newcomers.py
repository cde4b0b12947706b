"""Finds whom new comments name: actors that the page knows, and ones it does not know yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.page import Article, Comment, NamedActor, Page
from app.mining.actors import gather_actors
from app.mining.aliases import group_names
from app.mining.names import read_name
from app.mining.states import StateNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.mined import Actor
    from app.mining.scorer import ActorTagger


@dataclass(frozen=True, slots=True)
class Named:
    """The actors of a page after comments were added, those it knew first and in their order.

    `newcomers` are the ids of those that it did not know.
    """

    actors: tuple[Actor, ...]
    newcomers: frozenset[str]


def name_newcomers(
    known: Sequence[Actor], page: Page, new: Sequence[Comment], tagger: ActorTagger
) -> Named:
    """Return the actors of `page`, of which `new` are the comments that were added.

    The tagger reads the new comments alone. A name that it finds there becomes an alias where it
    can mean one known actor only; whoever stays unknown is looked for on the whole page.
    """
    added = Page(Article(), tuple(_by_itself(comment) for comment in new), language=page.language)
    found = gather_actors(added, tagger)
    owners = _owners(known, found)
    named = [
        NamedActor(actor.id, actor.name, (*actor.aliases, *_new_names(actor, found, owners)))
        for actor in known
    ]
    before = {actor.id: actor.mentions for actor in known}
    grown = tuple(
        replace(actor, mentions=(*before[actor.id], *actor.mentions))
        for actor in gather_actors(replace(added, actors=tuple(named)), tagger)
    )
    taken = {actor.id for actor in known}
    strangers = tuple(
        NamedActor(_free_id(actor.id, taken), actor.name, actor.aliases)
        for actor in found
        if actor.id not in owners
    )
    everywhere = gather_actors(replace(page, actors=strangers), tagger)
    return Named((*grown, *everywhere), frozenset(actor.id for actor in strangers))


def _by_itself(comment: Comment) -> Comment:
    return replace(comment, reply_to=None, reply_link=None)


def _owners(known: Sequence[Actor], found: Sequence[Actor]) -> Mapping[str, str]:
    """Return which known actor each found one is, by their ids, where it can be one only."""
    names: list[tuple[str, Actor]] = [
        *(("known", actor) for actor in known),
        *(("found", actor) for actor in found),
    ]
    read = [
        (side, actor, name)
        for side, actor in names
        for text in (actor.name, *actor.aliases)
        if (name := read_name(text)) is not None
    ]
    meant: dict[str, set[str]] = {}
    for group in group_names([name for _, _, name in read], StateNames()):
        owners = {read[at][1].id for at in group if read[at][0] == "known"}
        for at in group:
            side, actor, _ = read[at]
            if side == "found":
                meant.setdefault(actor.id, set()).update(owners)
    return {actor: owners.pop() for actor, owners in meant.items() if len(owners) == 1}


def _new_names(actor: Actor, found: Iterable[Actor], owners: Mapping[str, str]) -> tuple[str, ...]:
    old = {actor.name.casefold(), *(alias.casefold() for alias in actor.aliases)}
    names = (
        name
        for other in found
        if owners.get(other.id) == actor.id
        for name in (other.name, *other.aliases)
    )
    return tuple(dict.fromkeys(name for name in names if name.casefold() not in old))


def _free_id(wanted: str, taken: set[str]) -> str:
    free, number = wanted, 1
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    taken.add(free)
    return free
