"""What a form cannot hold: counted, with the ids of where it stood, never dropped in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_PLACES = 20
"""Ids that a loss names; the count is always whole. Twenty lead to the cause, more only repeat."""

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold; lone surrogates have no UTF-8 either.

Source: Extensible Markup Language (XML) 1.0, fifth edition, production 2.
"""

REPLACEMENT = "\ufffd"
CHARACTERS = "characters that the form cannot hold, written as U+FFFD"


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that got lost: how often, and the first ids of where it stood."""

    what: str
    count: int
    places: tuple[str, ...]


class LossJson(TypedDict):
    """A loss in JSON."""

    what: str
    count: int
    places: list[str]


@dataclass(slots=True)
class LossTally:
    """Losses gathered while a form is written or read."""

    _counts: dict[str, int] = field(default_factory=dict)
    _places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, what: str, place: str) -> None:
        """Count one loss of that kind, at the node, edge or comment of that id."""
        self._counts[what] = self._counts.get(what, 0) + 1
        places = self._places.setdefault(what, [])
        if len(places) < MAX_PLACES:
            places.append(place)

    def report(self) -> tuple[Loss, ...]:
        """Return the losses, one a kind, in the order in which each kind was first met."""
        return tuple(
            Loss(what, count, tuple(self._places[what])) for what, count in self._counts.items()
        )

    def writable(self, text: str, place: str) -> str:
        """Return the text with U+FFFD for what XML and UTF-8 cannot hold, and count it if so."""
        held, replaced = UNWRITABLE.subn(REPLACEMENT, text)
        if replaced:
            self.add(CHARACTERS, place)
        return held


def losses_as_json(losses: Iterable[Loss]) -> list[LossJson]:
    """Return the losses as JSON objects."""
    return [LossJson(what=loss.what, count=loss.count, places=list(loss.places)) for loss in losses]
