"""Reads labelled pages: a page as the contract has it, with what each comment truly says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app import parsing
from app.domain.stance import LABELS, Label
from app.errors import InvalidPage
from app.exchange.fields import as_list, as_object, load_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.page import Page

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Truth:
    """What a comment truly says.

    `stance` is to what it answers: its parent where there is one, else the article's account.
    """

    accuses: bool
    stance: Label
    commits: bool


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page without what only labelling could know, and the truth of each comment by its id."""

    page: Page
    truths: Mapping[str, Truth]


def read_labelled(data: bytes) -> LabelledPage:
    """Return the labelled page in the JSON of one file.

    Account, event and actors are left out of the page: whoever sends pages has none of them.

    Raises:
        InputError: no page, or a comment on it without a label that there is.
    """
    page = parsing.parse_page(data, content_type=_JSON)
    rows = as_list(as_object(load_json(data), "body").get("comments"), "comments")
    truths = {
        comment.id: _read_truth(as_object(row, comment.id), is_reply=comment.reply_to is not None)
        for comment, row in zip(page.comments, rows, strict=True)
    }
    return LabelledPage(replace(page, account=None, event=None, actors=None), truths)


def _read_truth(row: Mapping[str, object], *, is_reply: bool) -> Truth:
    account = as_object(row.get("account_stance"), "account_stance")
    claims = [as_object(each, "attributions") for each in as_list(row.get("attributions"), "rows")]
    return Truth(
        accuses=any(claim.get("label") == Label.SUPPORT for claim in claims),
        stance=_read_label(row.get("reply_stance") if is_reply else account.get("label")),
        commits=any(claim.get("certain") is True for claim in (account, *claims)),
    )


def _read_label(value: object) -> Label:
    if isinstance(value, dict):
        value = value.get("label")
    if value not in LABELS:
        raise InvalidPage(f"expected a label on each comment, got {str(value)[:40]!r}")
    return Label(str(value))
