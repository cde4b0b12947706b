"""RumourEval 2019, task A (Gorrell et al. 2019): threads of Twitter and Reddit on rumours.

A path is a folder of the release or, to name the labels, one of its key files: `train-key.json`
and `dev-key.json` lie beside the threads, `final-eval-key.json` beside the folder of the test
threads. A thread is a folder with `source-tweet/ID.json`, `replies/ID.json` and
`structure.json`; Twitter's lie under a folder for each event.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from models.training.corpora import SDQC
from models.training.formats.pairs import Pair, is_rows, read_pairs, source_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SOURCE, REPLY = "source", "replies"
"""The parts: posts that begin a thread are nearly all "support" and flatter whoever says so."""

TASK = "subtaskaenglish"


def read(path: Path) -> list[Pair]:
    """Return the labelled posts of a key file (of a folder's `dev-key.json`), by thread."""
    if is_rows(path):
        return read_pairs(
            path,
            SDQC,
            group=lambda row: source_field(row, "thread") or row["target"],
            part=lambda row: SOURCE if source_field(row, "is_source") == "1" else REPLY,
        )
    key = path / "dev-key.json" if path.is_dir() else path
    labels = json.loads(key.read_text("utf-8"))[TASK]
    return [
        own for thread in sorted(_threads(key.parent)) for own in _pairs_of_thread(thread, labels)
    ]


def _threads(folder: Path) -> Iterator[Path]:
    return (structure.parent for structure in folder.rglob("structure.json"))


def _pairs_of_thread(thread: Path, labels: Mapping[str, str]) -> Iterator[Pair]:
    texts: dict[str, str] = {}
    source = ""
    for post in sorted(thread.glob("source-tweet/*.json")):
        source = post.stem
        texts[source] = _text_of(json.loads(post.read_text("utf-8")))
    for post in sorted(thread.glob("replies/*.json")):
        texts[post.stem] = _text_of(json.loads(post.read_text("utf-8")))
    parents = _parents(json.loads((thread / "structure.json").read_text("utf-8")))
    for post_id, text in texts.items():
        # Removed posts keep their place and their label in the release, but have no text.
        if labels.get(post_id) not in SDQC or not text.strip():
            continue
        parent = parents.get(post_id)
        yield Pair(
            id=post_id,
            text=text,
            target=texts.get(source, ""),
            label=SDQC[labels[post_id]],
            group=source,
            context=texts.get(parent or "", ""),
            part=SOURCE if post_id == source else REPLY,
        )


def _text_of(post: Any) -> str:
    """Return what a post says, Twitter's or Reddit's; a Reddit thread begins with its title."""
    if isinstance(post, list):
        post = post[0] if post else {}
    for key in ("full_text", "text"):
        if isinstance(post.get(key), str):
            return str(post[key])
    data = post.get("data", {})
    if "children" in data:
        data = data["children"][0]["data"] if data["children"] else {}
    said = data.get("body") or "\n\n".join(
        own for own in (data.get("title"), data.get("selftext")) if own
    )
    return "" if said in {"[deleted]", "[removed]"} else str(said)


def _parents(structure: Any) -> dict[str, str]:
    """Return each post's parent from the tree of a thread, {ID: {ID: [], ...}, ...}."""
    parents: dict[str, str] = {}
    waiting: list[tuple[str | None, Any]] = [(None, structure)]
    while waiting:
        parent, children = waiting.pop()
        if not isinstance(children, dict):
            continue
        for post_id, below in children.items():
            if parent is not None:
                parents[str(post_id)] = parent
            waiting.append((str(post_id), below))
    return parents
