"""Decisions of moderators about comments: an append-only ledger, from which nothing is taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.mined import ModelIdentity


class Action(StrEnum):
    """What was decided. A rejected comment is withheld; an approved one is shown, again if need be.

    To flag a comment changes nothing but the ledger. To undo a decision is a decision itself:
    what then holds is what the decisions that are left say.
    """

    APPROVE = "approve"
    REJECT = "reject"
    FLAG = "flag"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `model` is what had read the page when it was taken.

    `undoes` is the id of the decision that an undo takes back, `undone_by` that of the undo.
    """

    id: str
    page_id: str
    comment_id: str
    action: Action
    reason: str
    decided_by: str
    decided_at: datetime
    model: ModelIdentity
    undoes: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions to list; what is None does not narrow."""

    page_id: str | None = None
    comment_id: str | None = None
    action: Action | None = None
    decided_by: str | None = None
