"""Why a text may be read wrongly: what it does that no reader needs, or a model cannot read."""

from __future__ import annotations

from enum import StrEnum


class Caution(StrEnum):
    """A reason to look at a comment oneself before relying on its stances."""

    INVISIBLE = "invisible"
    LOOK_ALIKE = "look_alike"
    ENDLESS_WORD = "endless_word"
    ADDRESSES_A_MODEL = "addresses_a_model"
    OTHER_LANGUAGE = "other_language"
