"""Has every source of evidence claim the comments of a page, and finds the one that explains most.

In order: what the page declares in a vocabulary, the markup of known platforms, what repeats.
Each says where the comments stand; all are then read and weighed alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.parsing.article import section_around
from app.parsing.compose import compose_drafts
from app.parsing.counts import more_follow
from app.parsing.evidence import Evidence, LeftOut, Source, excerpt_of
from app.parsing.repeated import find_repeated
from app.parsing.spans import find_spans
from app.parsing.walk import gather
from app.parsing.weighing import is_believable, leaves_nothing_open, most_for, weigh
from app.parsing.zoning import Zoner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.counts import Declared
    from app.parsing.drafts import Draft
    from app.parsing.platforms import Platform
    from app.parsing.spans import Kinds, Span
    from app.parsing.tree import Node

_KNOWN = 1.25
"""What a platform's rules find is read better than what repeats: they know the parts' names."""

_SAMPLE = 16
"""Comments by which something that repeats is weighed before all of it is read."""

_NEARLY_ALL = 0.9
_MOST_LEFT_OUT = 50
_MOST_RIVALS = 8


@dataclass(slots=True)
class Claim:
    """What one source makes of the page's comments."""

    name: str
    spans: list[Span]
    drafts: list[Draft]
    score: float
    platform: Platform | None = None

    @property
    def found(self) -> int:
        """How many comments with a text it finds."""
        return sum(bool(draft.text) for draft in self.drafts)

    def source(self) -> Source:
        """Return the claim as evidence."""
        authors = sum(draft.author is not None for draft in self.drafts if draft.text)
        return Source(self.name, self.found, authors, round(self.score, 2))


def claims_of(  # noqa: PLR0913 - a page as it is seen in six ways
    nodes: Sequence[Node],
    kinds: Kinds,
    platforms: Sequence[Platform],
    declared: Declared,
    structured: list[Draft],
    *,
    thorough: bool = False,
) -> list[Claim]:
    """Return what sources make of the page, the one that explains most first.

    Unless `thorough`, no more are asked once one leaves nothing open.
    """
    claims: list[Claim] = []
    sure = _ask_platforms(nodes, kinds, platforms, declared, claims, thorough=thorough)
    if thorough or not sure:
        _ask_repeated(nodes, declared, claims, thorough=thorough)
    if structured:
        count = declared.count(len(structured))
        claims.append(Claim("json-ld", [], structured, weigh(structured, 1.0, count)))
    claims.sort(key=lambda claim: -claim.score)
    return claims


def _ask_platforms(  # noqa: PLR0913 - as above
    nodes: Sequence[Node],
    kinds: Kinds,
    platforms: Sequence[Platform],
    declared: Declared,
    claims: list[Claim],
    *,
    thorough: bool,
) -> bool:
    """Add the claims of known platforms; return whether one leaves nothing open."""
    vocabulary = "\n".join({word for _, words in kinds for word in words})
    spans_of = [
        (platform, spans)
        for platform in platforms
        if platform.may_be_on(vocabulary)
        and (spans := find_spans(nodes, kinds, platform, vocabulary))
    ]
    most = max((len(spans) for _, spans in spans_of), default=0)
    for platform, spans in spans_of:
        drafts = compose_drafts(gather(nodes, spans, Zoner(nodes, platform)), nodes)
        claim = Claim(platform.name, spans, drafts, 0.0, platform)
        count = declared.count(claim.found)
        claim.score = weigh(drafts, _KNOWN, count)
        claims.append(claim)
        if not thorough and len(spans) >= _NEARLY_ALL * most and leaves_nothing_open(drafts, count):
            return True
    return False


def _ask_repeated(
    nodes: Sequence[Node], declared: Declared, claims: list[Claim], *, thorough: bool
) -> None:
    """Add the claims of what repeats; all of it is read only where a sample promises the most."""
    zoner = Zoner(nodes)
    best = max((claim.score for claim in claims), default=0.0)
    for candidate in find_repeated(nodes, zoner):
        if not thorough and most_for(len(candidate.spans), candidate.weight) <= best:
            continue
        sample = candidate.spans[:_SAMPLE]
        found = gather(nodes, sample, zoner)
        drafts = compose_drafts(found, nodes)
        count = declared.count(len(candidate.spans))
        counted = count == len(candidate.spans) and not candidate.unproved
        if not counted and not is_believable(drafts, found, unproved=candidate.unproved):
            continue
        share = len(candidate.spans) / len(sample)
        score = weigh(drafts, candidate.weight, count if share == 1 else None) * share
        claim = Claim(candidate.name, candidate.spans, drafts, score)
        claims.append(claim)
        if share > 1 and score >= best:
            claim.drafts = compose_drafts(gather(nodes, claim.spans, zoner), nodes)
            claim.score = weigh(claim.drafts, candidate.weight, declared.count(claim.found))
        best = max(best, claim.score)
        as_declared = count is not None and count == claim.found
        if not thorough and as_declared and leaves_nothing_open(claim.drafts, count):
            break


def evidence_of(
    nodes: Sequence[Node], claims: Sequence[Claim], best: Claim | None, declared: Declared
) -> Evidence:
    """Return how the page's comments were found, and whether some are missing."""
    rivals = tuple(claim.source() for claim in claims if claim is not best)[:_MOST_RIVALS]
    if best is None:
        return Evidence(rivals=rivals, declared=declared.count(0))
    count = declared.count(best.found)
    button = _button_for_more(nodes, best.spans) if best.spans else None
    missing: str | None = None
    if button is not None:
        missing = f"the page has a button or a pager for more: {excerpt_of(button)!r}"
    elif count is not None and count > best.found:
        missing = f"the page says {count}, {best.found} were found"
    left_out = [
        LeftOut(_place_of(nodes[span.start]), draft.left_out or "no text of its own", "")
        for span, draft in zip(best.spans, best.drafts, strict=False)  # JSON-LD has no place
        if not draft.text
    ]
    return Evidence(
        used=best.source(),
        rivals=rivals,
        declared=count,
        found=best.found,
        left_out=tuple(left_out[:_MOST_LEFT_OUT]),
        comments_missing=missing,
    )


def _button_for_more(nodes: Sequence[Node], spans: Sequence[Span]) -> str | None:
    first, last = spans[0], spans[-1]
    section = section_around(nodes, first, last)
    start, end = (section, nodes[section].end) if section is not None else (first.start, last.end)
    return more_follow(nodes, start, end, last.end)


def _place_of(node: Node) -> str:
    id_ = node.element.get("id")
    classes = (node.element.get("class") or "").split()
    return excerpt_of(node.tag + (f"#{id_}" if id_ else "") + "".join(f".{one}" for one in classes))
