"""Reads ConvoKit corpora: a folder (or zip file) of JSON, never its pickle files (`*.p`).

Every conversation is a page. Where its metadata has a title, or where Fingerpost wrote the corpus,
the utterance that has the conversation's id becomes the article; else all utterances are comments.
Conversations' metadata may be missing; utterances may stand in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.page import Article, CommentKind
from app.errors import UnreadableArchive
from app.parsing.archives.json_items import read_json, read_members
from app.parsing.archives.posts import Post, safe_id
from app.parsing.archives.records import Failure, failure_of
from app.parsing.archives.spill import Thread
from app.parsing.archives.values import read_epoch, read_name, read_str, read_time
from app.parsing.repair import repair_text

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping

    from app.parsing.archives.spill import Spill

CONVERSATIONS = "conversations.json"
UTTERANCES = ("utterances.jsonl", "utterances.json")
FILES = frozenset({CONVERSATIONS, *UTTERANCES})
_ARTICLE = "article"
"""`meta.kind` of an utterance that Fingerpost made of an article."""

_GONE = frozenset({"[deleted]", "[removed]"})


def is_record(item: Mapping[str, object]) -> bool:
    """Return whether an object looks like an utterance."""
    return ("conversation_id" in item or "root" in item) and "text" in item and "id" in item


def gather_conversations(stream: io.BufferedReader, spill: Spill) -> Iterator[Failure]:
    """Put what a corpus says of its conversations into `spill`."""
    number = 0
    try:
        for number, (id_, content) in enumerate(read_members(stream), 1):
            meta = content.get("meta", content) if isinstance(content, dict) else {}
            title = read_name(meta.get("title")) if isinstance(meta, dict) else None
            if title:
                thread = Thread(Article(title=title), _url(meta), rooted=True)
                spill.add_thread(safe_id(id_), thread, f"conversation {number}")
    except UnreadableArchive as error:
        yield failure_of(f"after conversation {number}", error)


def gather(stream: io.BufferedReader, spill: Spill) -> Iterator[Failure]:
    """Put utterances into `spill`; yield what could not be read."""
    for found in read_json(stream):
        if isinstance(found, Failure):
            yield found
            continue
        position, item = found
        if not is_record(item):
            problem = "expected an utterance with id, conversation_id and text, got none"
            yield failure_of(position, UnreadableArchive(problem))
            continue
        post = _read_post(item)
        conversation = item.get("conversation_id") or item.get("root") or post.id
        if _meta(item).get("kind") == _ARTICLE:
            spill.add_thread(safe_id(conversation), Thread(Article(), rooted=True), position)
        spill.add_post(safe_id(conversation), post, position)


def _read_post(item: Mapping[str, object]) -> Post:
    parent = item.get("reply-to", item.get("reply_to"))
    speaker = item.get("speaker", item.get("user"))
    if isinstance(speaker, dict):
        speaker = speaker.get("id") or speaker.get("name")
    meta = _meta(item)
    if "author" in meta and "account_stance" in meta:  # Fingerpost's own, where it may be nobody
        speaker = meta["author"]
    pingback = meta.get("kind") == CommentKind.PINGBACK
    text = repair_text(read_str(item.get("text")) or "").strip()
    time = item.get("timestamp")
    return Post(
        id=safe_id(item["id"]),
        text=None if not text or text.lower() in _GONE else text,
        author=read_name(speaker) if str(speaker) not in _GONE else None,
        parent=safe_id(parent) if parent is not None and str(parent) else None,
        created_at=read_epoch(time) or read_time(time),
        kind=CommentKind.PINGBACK if pingback else CommentKind.COMMENT,
    )


def _meta(item: Mapping[str, object]) -> Mapping[str, object]:
    meta = item.get("meta")
    return meta if isinstance(meta, dict) else {}


def _url(meta: Mapping[str, object]) -> str | None:
    return read_str(meta.get("url")) or read_str(meta.get("permalink"))
