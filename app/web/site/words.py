"""The words and signs in which the pages say stances and roles, so that all say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.caution import Caution
from app.domain.stance import Label, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNS: Mapping[Label, str] = {
    Label.SUPPORT: "+",
    Label.DENY: "−",
    Label.QUERY: "?",
    Label.COMMENT: "·",
}
"""What tells the labels apart where colour does not."""

TO_ACTOR: Mapping[Label, str] = {
    Label.SUPPORT: "blames",
    Label.DENY: "clears",
    Label.QUERY: "asks about",
    Label.COMMENT: "mentions",
}

TO_ACCOUNT: Mapping[Label, str] = {
    Label.SUPPORT: "backs the account",
    Label.DENY: "disputes the account",
    Label.QUERY: "questions the account",
    Label.COMMENT: "leaves the account alone",
}

TO_PARENT: Mapping[Label, str] = {
    Label.SUPPORT: "agrees",
    Label.DENY: "disagrees",
    Label.QUERY: "asks back",
    Label.COMMENT: "takes no side",
}

ROLES: Mapping[Role, str] = {
    Role.PERPETRATOR: "did it",
    Role.SPONSOR: "had it done",
    Role.ENABLER: "let it happen",
}

CAUTIONS: Mapping[Caution, str] = {
    Caution.INVISIBLE: "invisible letters",
    Caution.LOOK_ALIKE: "letters that look like others",
    Caution.ENDLESS_WORD: "a word without end",
    Caution.ADDRESSES_A_MODEL: "speaks to a model",
    Caution.OTHER_LANGUAGE: "not only English",
}
"""Why the stances of a comment may be wrong."""

NOBODY = "no name given"
"""Whom a comment without an author is by."""
