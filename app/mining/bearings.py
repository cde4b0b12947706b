"""Tells from the words right around a name whether it is blamed, acts, or is only a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.page import Span

_BLAMED = re.compile(
    r"\b(?:blam\w+|by|fault of|it was|it's|thanks to|because of|suspect\w*|accus\w+)\s+"
    r"(?:the |a |an )?$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^\s+(?:did|knew|had|has|have|paid|wanted|could|would|was|were|is|are|never|must|sent|set|"
    r"took|killed|sold|made|let|ran|lied)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:in|at|near|from|inside|across|outside|around|through|into|"
    r"(?:north|south|east|west|city|town) of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AROUND = 25
"""Code points on each side that are read: two or three words."""


@dataclass(slots=True)
class Bearing:
    """How often a name stands anywhere, is blamed, acts, and follows "in" or "near"."""

    places: int = 0
    blamed: int = 0
    acts: int = 0
    located: int = 0

    def add(self, text: str, span: Span) -> None:
        """Count one place where the name stands."""
        before = text[max(0, span.start - _AROUND) : span.start]
        self.places += 1
        self.blamed += bool(_BLAMED.search(before))
        self.located += bool(_PLACED.search(before))
        self.acts += bool(_ACTS.match(text[span.end : span.end + _AROUND]))

    @property
    def share_located(self) -> float:
        """Return the share of places that say only where something is."""
        return self.located / self.places if self.places else 0.0
