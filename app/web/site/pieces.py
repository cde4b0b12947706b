"""Cuts a text where marks begin and end, so that marks that overlap can all be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.page import Span
    from app.domain.stance import Label


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that names an actor, or with a label is evidence about one.

    `actor` is the actor's place in the ranking, from 0.
    """

    span: Span
    actor: int
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text between two borders of marks, with the actors it is about.

    `label` is that of the evidence it is part of, the first one's where there are several.
    """

    text: str
    actors: tuple[int, ...] = ()
    label: Label | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is marked here."""
        return not self.actors


def cut(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Return the whole text in pieces; marks beyond its end are cut to it, empty ones left out."""
    size = len(text)
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        start, end = min(mark.span.start, size), min(mark.span.end, size)
        if start < end:
            begins.setdefault(start, []).append(mark)
            ends.setdefault(end, []).append(mark)
    pieces = []
    held: list[Mark] = []
    start = 0
    for border in sorted({*begins, *ends, size}):
        if border > start:
            pieces.append(_piece(text[start:border], held))
        for mark in ends.get(border, ()):
            held.remove(mark)
        held.extend(begins.get(border, ()))
        start = border
    return tuple(pieces)


def _piece(text: str, held: list[Mark]) -> Piece:
    actors = tuple(dict.fromkeys(mark.actor for mark in held))
    return Piece(text, actors, next((mark.label for mark in held if mark.label), None))
