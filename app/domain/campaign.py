"""Campaigns: one text, handed round in many comments, on one page or on several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """A campaign in a list: in how many comments, on how many pages, by how many authors.

    `text` is the text of the first comment that has it. A comment without an author counts as
    an author of its own.
    """

    id: str
    comments: int
    pages: int
    authors: int
    text: str


@dataclass(frozen=True, slots=True)
class CampaignComment:
    """A comment that has a campaign's text."""

    page_id: str
    page_url: str | None
    page_title: str | None
    comment_id: str
    author: str | None
    text: str
    created_at: datetime | None
