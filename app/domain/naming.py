"""Names of actors in text: where they stand, and how a hypothesis about one is worded.

Training and mining both go through here, so that a model meets the same words in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.domain.stance import Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ARTICLES = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-‐‑–]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"'})

_WORDS_TOO = frozenset(
    "all am an and any are as at be by can do go he how if in is it may me my no now of on or our "
    "out see so the to up us was we who why you".split()
)
"""Acronyms that are English words as well (US, IT, WHO): these match in capitals only."""


def fold(text: str) -> str:
    """Return `text` in lower case with plain apostrophes, character for character as long."""
    lowered = text.translate(_APOSTROPHES).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(
        small if len(small := char.lower()) == 1 else char for char in text.translate(_APOSTROPHES)
    )


def without_article(name: str) -> str:
    """Return `name` without a leading "the", "a" or "an"."""
    return _ARTICLES.sub("", name.strip())


class NameFinder:
    """Finds where any of several actors is named; longer names win over those inside them.

    `names` maps an actor's id to its canonical name and aliases. Names match as whole words in
    any case, hyphens and spaces alike, with or without a leading article.
    """

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._owner: dict[str, str] = {}
        forms: set[str] = set()
        exact: dict[str, str] = {}
        for actor, actor_names in names.items():
            for name in actor_names:
                bare = without_article(name)
                if not re.search(r"\w", bare):
                    continue
                if bare.isupper() and bare.lower() in _WORDS_TOO:
                    exact.setdefault(bare, actor)
                    continue
                form = _SEPARATORS.sub(" ", fold(bare)).strip()
                self._owner.setdefault(form, actor)
                forms.add(form)
        self._pattern = _pattern_of(forms)
        self._exact_owner = exact
        self._exact_pattern = _pattern_of(exact)

    def find(self, text: str) -> dict[str, tuple[Span, ...]]:
        """Return the spans of `text` that name each actor; actors not named are left out."""
        found: dict[str, list[Span]] = {}
        if self._pattern is not None:
            for match in self._pattern.finditer(fold(text)):
                form = _SEPARATORS.sub(" ", match.group())
                found.setdefault(self._owner[form], []).append(Span(*match.span()))
        if self._exact_pattern is not None:
            for match in self._exact_pattern.finditer(text):
                form = _SEPARATORS.sub(" ", match.group())
                found.setdefault(self._exact_owner[form], []).append(Span(*match.span()))
        return {actor: tuple(sorted(spans)) for actor, spans in found.items()}


def _pattern_of(forms: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(forms, key=len, reverse=True)
    if not ordered:
        return None
    bodies = (r"[\s\-‐‑–]+".join(map(re.escape, form.split(" "))) for form in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(bodies)})(?!\w)")


def background_of(title: str | None, account: str | None) -> str | None:
    """Return what a page's comments are read before: its title, and its account if that differs."""
    parts = [part.strip() for part in (title, account) if part and part.strip()]
    return "\n".join(dict.fromkeys(parts)) or None


def hypothesis(actor: str, name: str, event: str | None) -> Target:
    """Return the target "`name` is responsible for `event`"."""
    named = name.strip()
    text = f"{named} is responsible: {event.strip()}" if event else f"{named} is responsible."
    return Target(TargetKind.HYPOTHESIS, text, actor=actor)
