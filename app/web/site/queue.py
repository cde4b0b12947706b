"""The queue of moderation: comments that make claims and that nobody has decided about yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.decision import Action, DecisionFilter
from app.domain.listing import AttributionFilter, AttributionRecord
from app.domain.stance import Label
from app.web.site.claims import FoundClaim, found_claim
from app.web.site.pieces import Mark, Piece, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from app.domain.decision import Decision
    from app.service import Service

LOOKED_AT = 400
"""Claims that are looked at for one queue, the latest: what a moderator may get through in a day,
and read from the database in some tenths of a second."""

SHOWN = 40
"""Comments of a queue at a time."""

_SLICE = 200
"""Claims read at a time."""


class SortedBy(StrEnum):
    """What the queue can be sorted by."""

    NEWEST = "newest"
    OLDEST = "oldest"
    SUREST = "surest"
    DOUBTFUL = "doubtful"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Queued:
    """A comment that waits for a decision, with the claims that brought it here."""

    page_id: str
    page_title: str | None
    page_url: str | None
    comment_id: str
    author: str | None
    pieces: tuple[Piece, ...]
    claims: tuple[FoundClaim, ...]
    when: datetime | None

    @property
    def surest(self) -> float:
        """The highest probability among its claims."""
        return max(claim.row.probability for claim in self.claims)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why somebody should look, in words."""
        found = []
        if any(claim.claimed and claim.row.certain for claim in self.claims):
            found.append("names a perpetrator without a doubt")
        elif any(claim.claimed for claim in self.claims):
            found.append("names a perpetrator")
        if any(claim.row.reported for claim in self.claims):
            found.append("passes on another’s claim")
        if any(claim.row.inherited_from for claim in self.claims):
            found.append("agrees with a claim")
        if any(claim.row.unsupported for claim in self.claims):
            found.append("gives no reason")
        if self.surest < _SURE_FROM:
            found.append("the model is unsure")
        return tuple(found)


_SURE_FROM = 0.6
"""Probability below which a reading is told to be unsure: not much better than even."""


def fill_queue(
    service: Service, *, wanted: AttributionFilter, page_id: str | None, by: SortedBy
) -> tuple[Queued, ...]:
    """Return comments that wait, in that order."""
    gathered: dict[tuple[str, str], list[AttributionRecord]] = {}
    records = _latest(service, wanted) if page_id is None else _on_page(service, wanted, page_id)
    for record in records:
        gathered.setdefault((record.page_id, record.comment_id), []).append(record)
    decided = _decided(service, {page for page, _ in gathered})
    queue = [_queued(claims) for key, claims in gathered.items() if key not in decided]
    if by is SortedBy.OLDEST:
        queue.reverse()
    elif by is SortedBy.SUREST:
        queue.sort(key=lambda each: -each.surest)
    elif by is SortedBy.DOUBTFUL:
        queue.sort(key=lambda each: each.surest)
    elif by is SortedBy.MOST:
        blamed: dict[str, int] = {}
        for each in queue:
            for claim in each.claims:
                blamed[claim.name] = blamed.get(claim.name, 0) + (claim.row.label is Label.SUPPORT)
        queue.sort(key=lambda each: -max(blamed[claim.name] for claim in each.claims))
    return tuple(queue)


def _latest(service: Service, wanted: AttributionFilter) -> Iterator[AttributionRecord]:
    cursor: str | None = None
    for _ in range(LOOKED_AT // _SLICE):
        found = service.list_attributions(wanted, cursor=cursor, limit=_SLICE)
        yield from found.items
        cursor = found.next_cursor
        if cursor is None:
            return


def _on_page(
    service: Service, wanted: AttributionFilter, page_id: str
) -> Iterator[AttributionRecord]:
    """Yield the claims of one page, the lowest on it first."""
    mined = service.page(page_id)
    names = {actor.id: actor.name for actor in mined.actors}
    for each in reversed(mined.comments):
        for row in each.attributions:
            name = names[row.actor]
            if (
                wanted.label in {None, row.label}
                and wanted.certain in {None, row.certain}
                and (wanted.actor or name).casefold() == name.casefold()
            ):
                yield AttributionRecord(
                    page_id=page_id,
                    page_url=mined.url,
                    page_title=mined.article.title,
                    comment_id=each.comment.id,
                    comment_author=each.comment.author,
                    comment_text=each.comment.text,
                    created_at=each.comment.created_at,
                    actor_name=name,
                    attribution=row,
                    mined_at=mined.mined_at,
                )


def _decided(service: Service, pages: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return the comments with a decision that stands."""
    standing: set[tuple[str, str]] = set()
    for page_id in pages:
        for decision in service.ledger.walk(DecisionFilter(page_id=page_id)):
            if is_standing(decision):
                standing.add((page_id, decision.comment_id))
    return frozenset(standing)


def is_standing(decision: Decision) -> bool:
    """Return whether a decision holds: neither an undo nor undone."""
    return decision.action is not Action.UNDO and decision.undone_by is None


def _queued(records: list[AttributionRecord]) -> Queued:
    first = records[0]
    actors = list(dict.fromkeys(record.actor_name for record in records))
    marks = [
        Mark(each.attribution.evidence, actors.index(each.actor_name), each.attribution.label)
        for each in records
    ]
    return Queued(
        page_id=first.page_id,
        page_title=first.page_title,
        page_url=first.page_url,
        comment_id=first.comment_id,
        author=first.comment_author,
        pieces=cut(first.comment_text, marks),
        claims=tuple(found_claim(record) for record in records),
        when=first.created_at,
    )
