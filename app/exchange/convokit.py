"""Writes mined pages as a ConvoKit corpus: a zip with the folder that `convokit.Corpus` loads.

Each page is a conversation whose root utterance is the article; each comment is an utterance. What
ConvoKit has no field for stands in the metadata, in the contract's JSON.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, TypedDict

from app.exchange.contract import mined_as_json
from app.exchange.times import in_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from app.domain.mined import MinedComment, MinedPage
    from app.exchange.shapes import MinedCommentJson

FOLDER = "corpus"
"""The folder in the zip; ConvoKit takes its name for the corpus'."""

NOBODY = "[no name]"
"""ConvoKit's speaker of what has no author; `meta.author` tells it from somebody so called."""

ARTICLE = "article"
NAMELESS_PAGE = "page"
"""The conversation of a page that is not stored and so has no id."""

_IN_COMMENT_META = (
    "author",
    "kind",
    "created_at",
    "reply_link",
    "account_stance",
    "reply_stance",
    "attributions",
    "claimed_perpetrators",
    "cautions",
)
"""Fields of a mined comment that ConvoKit has no place for, or only a coarser one."""

_STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold; one for all, so that the same pages give the same bytes."""


Utterance = TypedDict(
    "Utterance",
    {
        "id": str,
        "conversation_id": str,
        "text": str,
        "speaker": str,
        "meta": "Mapping[str, object]",
        "reply-to": "str | None",
        "timestamp": "int | None",
        "vectors": "list[object]",
    },
)
"""An utterance; functional, because of the hyphen."""


class Component(TypedDict):
    """What ConvoKit keeps of a speaker or a conversation."""

    meta: Mapping[str, object]
    vectors: list[object]


def pages_as_convokit(pages: Iterable[tuple[str | None, MinedPage]]) -> bytes:
    """Return the corpus of these pages, each with the id that it is stored by.

    The conversation is called as the page; a name that is taken already gets a number.
    """
    taken: Counter[str] = Counter()
    utterances: list[Utterance] = []
    conversations: dict[str, Component] = {}
    for page_id, mined in pages:
        name = _free_name(page_id or NAMELESS_PAGE, taken)
        written = mined_as_json(page_id, mined)
        meta = {key: value for key, value in written.items() if key != "comments"}
        conversations[name] = Component(meta=meta, vectors=[])
        utterances.append(_article(name, mined))
        utterances += [
            _comment(name, comment, fields)
            for comment, fields in zip(mined.comments, written["comments"], strict=True)
        ]
    speakers = {said["speaker"]: Component(meta={}, vectors=[]) for said in utterances}
    index = {
        "utterances-index": _types(said["meta"] for said in utterances),
        "speakers-index": {},
        "conversations-index": _types(each["meta"] for each in conversations.values()),
        "overall-index": _types([_OVERALL]),
        "version": 1,
        "vectors": [],
    }
    return _zip(
        {
            "utterances.jsonl": "".join(_line(said) for said in utterances),
            "speakers.json": _line(speakers),
            "conversations.json": _line(conversations),
            "corpus.json": _line(_OVERALL),
            "index.json": _line(index),
        }
    )


_OVERALL: Mapping[str, object] = {"made_by": "fingerpost"}


def utterance_id(page_name: str, comment_id: str) -> str:
    """Return a comment's id in the corpus; comments of two pages may have the same id here."""
    return f"{page_name}/{comment_id}"


def _free_name(name: str, taken: Counter[str]) -> str:
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"


def _article(name: str, mined: MinedPage) -> Utterance:
    article = mined.article
    return Utterance(
        {
            "id": name,
            "conversation_id": name,
            "text": article.text,
            "speaker": article.author or NOBODY,
            "meta": {**dict.fromkeys(_IN_COMMENT_META), "author": article.author, "kind": ARTICLE},
            "reply-to": None,
            "timestamp": _seconds(article.published_at),
            "vectors": [],
        }
    )


def _comment(name: str, mined: MinedComment, fields: MinedCommentJson) -> Utterance:
    comment = mined.comment
    by_name: Mapping[str, object] = {**fields}
    return Utterance(
        {
            "id": utterance_id(name, comment.id),
            "conversation_id": name,
            "text": comment.text,
            "speaker": comment.author or NOBODY,
            "meta": {key: by_name[key] for key in _IN_COMMENT_META},
            "reply-to": utterance_id(name, comment.reply_to) if comment.reply_to else name,
            "timestamp": _seconds(comment.created_at),
            "vectors": [],
        }
    )


def _types(metas: Iterable[Mapping[str, object]]) -> dict[str, list[str]]:
    """Return ConvoKit's index: the classes that each key of the metadata holds."""
    found: dict[str, set[str]] = {}
    for meta in metas:
        for key, value in meta.items():
            classes = found.setdefault(key, set())
            if value is not None:
                classes.add(str(type(value)))
    return {key: sorted(classes) for key, classes in found.items()}


def _seconds(value: datetime | None) -> int | None:
    if value is None:
        return None
    try:
        return int(in_utc(value).timestamp())
    except OverflowError:  # the first or last day that datetime knows, in a zone off UTC
        return None


def _line(content: object) -> str:
    # ConvoKit opens files in the locale's charset, so only ASCII is safe.
    return json.dumps(content, allow_nan=False) + "\n"


def _zip(files: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return stream.getvalue()
