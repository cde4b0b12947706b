"""The queue of moderation: what waits, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.decision import Action, Decision
from app.domain.listing import AttributionFilter, AttributionRecord, Slice
from app.domain.mined import ModelIdentity
from app.domain.page import Span
from app.domain.stance import Attribution, Label, Role
from app.web.site.queue import SortedBy, fill_queue

NOON = datetime(2025, 3, 2, 12, tzinfo=UTC)


def claim(comment: str, actor: str, probability: float, *, minutes: int = 0) -> AttributionRecord:
    """Return a claim of a comment that was written so many minutes after noon."""
    text = f"{actor} did it."
    return AttributionRecord(
        page_id="p1",
        page_url=None,
        page_title="A fire",
        comment_id=comment,
        comment_author=None,
        comment_text=text,
        created_at=NOON + timedelta(minutes=minutes),
        actor_name=actor,
        attribution=Attribution(
            actor.lower(),
            Label.SUPPORT,
            certain=False,
            role=Role.PERPETRATOR,
            reported=False,
            probability=probability,
            evidence=Span(0, len(text)),
        ),
        mined_at=NOON,
    )


def decision(comment: str, action: Action, *, undone: bool = False) -> Decision:
    """Return a decision about a comment."""
    model = ModelIdentity("none", "0")
    undone_by = "d2" if undone else None
    return Decision("d1", "p1", comment, action, "a reason", "Mo", NOON, model, undone_by=undone_by)


class Stored:
    """A service that has these claims, the latest first, and these decisions."""

    def __init__(self, claims: list[AttributionRecord], decisions: tuple[Decision, ...]) -> None:
        self._claims = claims
        self._decisions = decisions
        self.ledger = self

    def list_attributions(self, _wanted, *, cursor, limit):
        """Return the claims, slice by slice."""
        begin = int(cursor or 0)
        rest = str(begin + limit) if begin + limit < len(self._claims) else None
        return Slice(tuple(self._claims[begin : begin + limit]), rest)

    def walk(self, _wanted):
        """Yield the decisions."""
        yield from self._decisions


def order(by: SortedBy, *decisions: Decision) -> list[str]:
    """Return the comments that wait, in that order."""
    claims = [
        claim("c4", "Veltra", 0.7, minutes=4),
        claim("c3", "Harbour", 0.9, minutes=3),
        claim("c2", "Veltra", 0.5, minutes=2),
        claim("c2", "Osprey", 0.6, minutes=2),
        claim("c1", "Osprey", 0.8, minutes=1),
        claim("c0", "Veltra", 0.95),
    ]
    queue = fill_queue(Stored(claims, decisions), wanted=AttributionFilter(), page_id=None, by=by)
    return [each.comment_id for each in queue]


def test_the_operator_chooses_the_order():
    """Each order is what its name says; a comment with two claims waits once."""
    assert order(SortedBy.NEWEST) == ["c4", "c3", "c2", "c1", "c0"]
    assert order(SortedBy.OLDEST) == ["c0", "c1", "c2", "c3", "c4"]
    assert order(SortedBy.SUREST) == ["c0", "c3", "c1", "c4", "c2"]
    assert order(SortedBy.DOUBTFUL) == ["c2", "c4", "c1", "c3", "c0"]
    assert order(SortedBy.MOST) == ["c4", "c2", "c0", "c1", "c3"]


def test_what_is_decided_waits_no_more_until_it_is_taken_back():
    """A decision that stands takes its comment out; an undone one does not."""
    assert "c3" not in order(SortedBy.NEWEST, decision("c3", Action.APPROVE))
    assert "c3" not in order(SortedBy.NEWEST, decision("c3", Action.FLAG))
    assert "c3" in order(SortedBy.NEWEST, decision("c3", Action.APPROVE, undone=True))
    assert "c3" in order(SortedBy.NEWEST, decision("c3", Action.UNDO))


def test_each_says_why_it_is_there():
    """The reasons are those of its claims."""
    bare = claim("c1", "Veltra", 0.5)
    claims = [replace(bare, attribution=replace(bare.attribution, premises=()))]

    (queued,) = fill_queue(
        Stored(claims, ()), wanted=AttributionFilter(), page_id=None, by=SortedBy.NEWEST
    )

    assert queued.reasons == ("names a perpetrator", "gives no reason", "the model is unsure")
