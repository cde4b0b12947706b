"""Says of texts why what a model makes of them may be wrong: disguises, and other languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app import parsing
from app.domain.caution import Caution
from app.mining.disguises import find_disguises, undisguise

if TYPE_CHECKING:
    from app.domain.mined import MinedPage

READ = "en"
"""The language that the model reads."""

ENOUGH_LETTERS = 40
"""Letters from which the identifier of languages is believed. Of 373 English comments with fewer it
took 5 for another language, of 1,833 longer ones 3 (labelled pages that we develop on)."""

_LEAST_SHARE = 0.2
"""Share of a text in another language from which it is said. Of 5,645 English comments it is said
of 8, all partly in one; with a German sentence behind each of 88 %, with a Russian one of 92 %, but
with a Spanish one, which the identifier takes for English where it is short, of 16 %."""


def cautions_of(text: str) -> tuple[Caution, ...]:
    """Return what to be wary of in a text, in the order of `Caution`."""
    found = set(find_disguises(text))
    if _is_partly_foreign(undisguise(text)):
        found.add(Caution.OTHER_LANGUAGE)
    return tuple(own for own in Caution if own in found)


def with_cautions(mined: MinedPage) -> MinedPage:
    """Return the mined page with what to be wary of in each comment."""
    return replace(
        mined,
        comments=tuple(
            replace(own, cautions=cautions) if (cautions := cautions_of(own.comment.text)) else own
            for own in mined.comments
        ),
    )


def _is_partly_foreign(text: str) -> bool:
    if len(text) < ENOUGH_LETTERS or sum(map(str.isalpha, text)) < ENOUGH_LETTERS:
        return False
    return any(
        language != READ and share >= _LEAST_SHARE
        for language, share in parsing.language.identify_languages(text)
    )
