"""Pairs of units as mining would ask about them, with their gold bearings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.argument import Bearing, Unit, UnitKind
from app.mining.relations import Candidate, Text, choose_candidates
from models.training.units.threads import TITLE

if TYPE_CHECKING:
    from models.training.units.threads import Post, Thread

_BEARINGS = {"support": Bearing.SUPPORTS, "attack": Bearing.ATTACKS}


@dataclass(frozen=True, slots=True)
class AskedThread:
    """A thread's candidates with their gold bearings, and every gold relation by its ends."""

    candidates: tuple[Candidate, ...]
    bearings: tuple[Bearing, ...]
    relations: dict[tuple[tuple[str, int], tuple[str, int]], Bearing]
    authors: dict[str, str | None]


def ask_thread(thread: Thread) -> AskedThread:
    """Return the candidates of a thread of which the units are known."""
    texts, places = {}, {}
    for at, post in enumerate(thread.posts):
        kept = [place for place, kind in enumerate(post.kinds) if kind is not UnitKind.NONE]
        units = [Unit(post.clauses[place], post.kinds[place], 1.0) for place in kept]
        answers = post.reply_to or (TITLE if at else None)
        texts[post.id] = Text(post.id, post.text, post.author, answers, units)
        places.update(_places_of(post, units))
    relations = {}
    for source, target, label in thread.relations:
        ends = (places.get(source), places.get(target))
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            relations[ends[0], ends[1]] = _BEARINGS[label]
    candidates = tuple(choose_candidates(texts))
    return AskedThread(
        candidates,
        tuple(relations.get((one.source, one.target), Bearing.NONE) for one in candidates),
        relations,
        {post.id: post.author for post in thread.posts},
    )


def _places_of(post: Post, units: list[Unit]) -> dict[str, tuple[str, int]]:
    """Return for each gold unit the clause that shares most with it."""
    found = {}
    for gold in post.gold:
        shares = [min(unit.span.end, gold.end) - max(unit.span.start, gold.start) for unit in units]
        if shares and max(shares) > 0:
            found[gold.id] = (post.id, shares.index(max(shares)))
    return found
