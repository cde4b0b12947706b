"""What a page says, in one canonical form: the same content gives the same bytes and hash."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.page import Page
from app.domain.source import as_came
from app.exchange.contract import page_as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.mined import MinedPage
    from app.domain.page import Comment
    from app.domain.source import Source

_NUMBERED = re.compile(r"c([1-9][0-9]{0,4})")
"""Ids that count on; a longer number was not given here, and counting up to it could take long."""


def canonical_json(page: Page) -> bytes:
    """Return the page in the contract's JSON with sorted keys, in UTF-8, without white space."""
    content = page_as_json(page)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can only hold it escaped
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")


def hash_content(page: Page) -> str:
    """Return the SHA-256 of the page's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(page)).hexdigest()


def as_read(mined: MinedPage) -> Page:
    """Return the page that was mined, had its caller given no account, event or actors."""
    return Page(
        article=mined.article,
        comments=tuple(as_came(each.comment) for each in mined.comments),
        url=mined.url,
        language=mined.language,
    )


def renewed(sent: Page, stored: Source) -> Source:
    """Return the page as sent, over the comments that are stored now, withheld ones included."""
    return replace(stored, page=replace(sent, comments=stored.page.comments))


def taken_ids(there: Sequence[Comment]) -> frozenset[str]:
    """Return the ids that a new comment must not get: those there, and all numbers up to them.

    So the number of a deleted comment stays free as long as a later one stands.
    """
    ids = {comment.id for comment in there}
    numbers = [int(found[1]) for each in ids if (found := _NUMBERED.fullmatch(each))]
    last = max([len(there), *numbers])
    return frozenset(ids | {f"c{number}" for number in range(1, last + 1)})
