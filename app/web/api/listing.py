"""What lists look like: items and the cursor that leads to the next ones."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel

from app.domain.listing import AttributionRecord, PageSummary, Slice
from app.domain.page import Span
from app.web.api import examples
from app.web.api.schemas import AttributionOut, EvidenceOut

MAX_LIMIT = 200
"""Items of one slice: with comments of ordinary length an answer of some hundred kilobytes."""

Cursor = Annotated[
    str | None,
    Query(max_length=500, description="The `next_cursor` of the slice before this one."),
]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="The most items to return.")]


class PageListItem(BaseModel):
    """A page in a list."""

    id: str
    url: str | None
    title: str | None
    language: str | None
    comments: int
    top_actor: str | None
    mined_at: datetime


class PageList(BaseModel):
    """Some pages; `next_cursor` is null where the list ends."""

    items: list[PageListItem]
    next_cursor: str | None

    @staticmethod
    def example() -> dict[str, Any]:
        """Return a list of one page."""
        page = examples.MINED_PAGE
        item = {
            **{name: page[name] for name in ("id", "url", "title", "language")},
            "comments": 2,
            "top_actor": "Veltra Transit",
            "mined_at": page["mined_at"],
        }
        return {"items": [item], "next_cursor": None}


class PageOfClaim(BaseModel):
    """The page that a claim stands on."""

    id: str
    url: str | None
    title: str | None
    mined_at: datetime


class CommentOfClaim(BaseModel):
    """The comment that makes a claim."""

    id: str
    author: str | None
    text: str
    created_at: datetime | None


class ClaimOut(AttributionOut):
    """A claim about an actor, with the comment and the page it stands in."""

    actor_name: str
    comment: CommentOfClaim
    page: PageOfClaim


class ClaimList(BaseModel):
    """Some claims; `next_cursor` is null where the list ends."""

    items: list[ClaimOut]
    next_cursor: str | None

    @staticmethod
    def example() -> dict[str, Any]:
        """Return a list of one claim."""
        page = examples.MINED_PAGE
        comment = page["comments"][0]
        item = {
            **comment["attributions"][0],
            "actor_name": "Veltra Transit",
            "comment": {name: comment[name] for name in CommentOfClaim.model_fields},
            "page": {name: page[name] for name in PageOfClaim.model_fields},
        }
        return {"items": [item], "next_cursor": None}


def page_list_as_json(found: Slice[PageSummary]) -> dict[str, Any]:
    """Return a slice of pages as JSON."""
    items = [
        PageListItem(
            id=page.id,
            url=page.url,
            title=page.title,
            language=page.language,
            comments=page.comments,
            top_actor=page.top_actor,
            mined_at=page.mined_at,
        )
        for page in found.items
    ]
    return PageList(items=items, next_cursor=found.next_cursor).model_dump(mode="json")


def claim_list_as_json(found: Slice[AttributionRecord]) -> dict[str, Any]:
    """Return a slice of claims as JSON."""
    items = [_claim(record) for record in found.items]
    return ClaimList(items=items, next_cursor=found.next_cursor).model_dump(mode="json")


def _claim(record: AttributionRecord) -> ClaimOut:
    row = record.attribution
    return ClaimOut(
        actor=row.actor,
        actor_name=record.actor_name,
        label=row.label,
        certain=row.certain,
        role=row.role,
        reported=row.reported,
        probability=row.probability,
        evidence=_words(row.evidence, record.comment_text),
        inherited_from=row.inherited_from,
        premises=None
        if row.premises is None
        else [_words(span, record.comment_text) for span in row.premises],
        unsupported=row.unsupported,
        comment=CommentOfClaim(
            id=record.comment_id,
            author=record.comment_author,
            text=record.comment_text,
            created_at=record.created_at,
        ),
        page=PageOfClaim(
            id=record.page_id,
            url=record.page_url,
            title=record.page_title,
            mined_at=record.mined_at,
        ),
    )


def _words(span: Span, text: str) -> EvidenceOut:
    return EvidenceOut(start=span.start, end=span.end, text=span.text_of(text))
