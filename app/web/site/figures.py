"""What the picture of an argument is made of: its measures, and what is drawn where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.stance import Label

if TYPE_CHECKING:
    from app.domain.page import ReplyLink


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths of a picture, in pixels where it is not scaled.

    Comments are `step` apart where they fit into `height`, and nearer to each other where not,
    without names below `named_from`. Names have so many letters.
    """

    width: int
    height: float
    step: float
    dots: float
    lines: float
    actors: float
    gap: float
    letters: int
    actor_letters: int
    named_from: float = 11.0
    top: float = 14.0


PANEL = Measures(
    width=440,
    height=620,
    step=24,
    dots=62,
    lines=152,
    actors=288,
    gap=40,
    letters=13,
    actor_letters=20,
)
"""Beside the thread: no higher than a laptop's window, so that the whole is seen at once."""

SHEET = Measures(
    width=1000,
    height=1e9,
    step=22,
    dots=110,
    lines=500,
    actors=740,
    gap=54,
    letters=62,
    actor_letters=30,
)
"""To keep and print: every comment with its name and first words."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A comment; `speaks` tells whether it takes a stance to anybody."""

    number: int
    y: float
    text: str
    speaks: bool


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody who is weighed."""

    place: int
    y: float
    name: str
    strength: float
    low: float
    high: float
    support: int
    deny: int


@dataclass(frozen=True, slots=True)
class Line:
    """A claim of a comment about an actor."""

    number: int
    place: int
    label: Label
    certain: bool
    path: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A reply to another comment."""

    number: int
    answers: int
    link: ReplyLink | None
    label: Label
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture."""

    measures: Measures
    height: float
    named: bool
    dots: tuple[Dot, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    arcs: tuple[Arc, ...]

    @property
    def says(self) -> str:
        """The picture in a sentence, for whoever cannot see it."""
        support = sum(line.label is Label.SUPPORT for line in self.lines)
        deny = sum(line.label is Label.DENY for line in self.lines)
        return (
            f"{len(self.dots)} comments on the left, {len(self.boxes)} who are weighed on the "
            f"right; {support} lines of blame, {deny} of denial, {len(self.arcs)} replies."
        )
