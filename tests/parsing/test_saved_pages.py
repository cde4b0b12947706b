"""Promises about real saved pages where they are at hand: what is found with and without rules."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from app.parsing import markup
from app.parsing.charset import decode_page
from app.parsing.drafts import comments_of

if TYPE_CHECKING:
    from pathlib import Path


def words_of(text: str) -> tuple[str, ...]:
    """Return the first eight words of a text, by which it is known again."""
    return tuple(re.findall(r"\w+", text.lower())[:8])


@pytest.mark.parametrize(("without", "least"), [("", 0.97), ("*", 0.85)])
def test_nearly_every_comment_comes_back(shared: Path, without: str, least: float):
    """With rules 97 % of comments and names are right, by the detector alone 85 %; no extras."""
    right = wanted = found = 0
    for path in sorted((shared / "pages/html/gold").glob("*.json")):
        gold = json.loads(path.read_text())
        needed = [one for one in gold["comments"] if not one.get("optional")]
        optional = {words_of(one["text"]) for one in gold["comments"] if one.get("optional")}
        data = (shared / "pages/html/pages" / f"{path.stem}.html").read_bytes()
        comments = comments_of(markup.read(decode_page(data), without={without}).drafts)
        read = {(" ".join((c.author or "").split()), words_of(c.text)) for c in comments}
        wanted += len(needed)
        found += sum(words_of(comment.text) not in optional for comment in comments)
        right += sum(
            (" ".join((one["author"] or "").split()), words_of(one["text"])) in read
            for one in needed
        )
    assert right >= least * wanted
    assert abs(found - wanted) <= (1 - least) * wanted
