"""The comments and hypotheses that all benches of speed read: written for this project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "models" / "training" / "written"
MODEL = ROOT / "models" / "small"

ItemT = TypeVar("ItemT")


def written_comments() -> list[str]:
    """Return the comments of the labelled pages, a page after another."""
    pages = (json.loads(path.read_text("utf-8")) for path in sorted(WRITTEN.glob("*.json")))
    return [row["text"] for page in pages for row in page["comments"]]


def some(texts: Sequence[ItemT], many: int) -> list[ItemT]:
    """Return that many of the texts or rows, from all over them: lengths are those of all."""
    step = max(1, len(texts) // many)
    return list(texts[step // 2 :: step][:many])


def hypotheses(many: int) -> list[str]:
    """Return that many hypotheses, worded as mining words them."""
    pages = (json.loads(path.read_text("utf-8")) for path in sorted(WRITTEN.glob("*.json")))
    names = [actor["name"] for page in pages for actor in page["actors"]]
    return [f"{name} is responsible for the accident." for name in names[:many]]


def readings(texts: Sequence[str], targets: Sequence[str]) -> list[Reading]:
    """Return a reading of each text against all of the targets."""
    queries = tuple(Query(Target(TargetKind.HYPOTHESIS, words, actor=words)) for words in targets)
    return [Reading(text, queries) for text in texts]
