"""Reads the mined pages out of a ConvoKit corpus that `app.exchange.convokit` wrote.

A corpus of another make has no stances, and so is refused here: it can be mined as an archive.
Pickled files are never loaded, and nothing of the zip is written to a disk.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from posixpath import basename
from typing import TYPE_CHECKING

from app.errors import PageTooLarge, UnreadablePage
from app.exchange.contract_reader import read_mined
from app.exchange.convokit import ARTICLE
from app.exchange.fields import as_object, as_optional_text, as_text, load_json
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.mined import MinedPage

MAX_UNPACKED_BYTES = 512_000_000
"""What the files may hold when unpacked: dozens of the largest pages that are taken."""

_WANTED = ("utterances.jsonl", "conversations.json")
_KNOWN = frozenset({*_WANTED, "speakers.json", "corpus.json", "index.json"})
_PICKLED = ".p"

_Said = dict[str, list["Mapping[str, object]"]]


def read_convokit(
    data: bytes,
    tally: LossTally | None = None,
    *,
    max_unpacked_bytes: int = MAX_UNPACKED_BYTES,
) -> tuple[tuple[str, MinedPage], ...]:
    """Return the pages of a zipped corpus with their ids; `tally` hears of files passed over.

    Raises:
        UnreadablePage: it is no zip of a corpus, or one of another make.
        InvalidPage: comments of a page contradict each other.
        PageTooLarge: more in it than is unpacked.
    """
    files = _unpack(data, tally or LossTally(), max_unpacked_bytes)
    conversations = as_object(load_json(files["conversations.json"]), "conversations")
    said: _Said = {name: [] for name in conversations}
    for at, line in enumerate(files["utterances.jsonl"].splitlines(), start=1):
        utterance = as_object(load_json(line), f"utterances line {at}")
        name = as_text(utterance.get("conversation_id"), f"utterances line {at}.conversation_id")
        if name not in said:
            raise UnreadablePage(f"utterances line {at}: expected a conversation of the corpus")
        said[name].append(utterance)
    return tuple(
        (name, _page(name, as_object(value, f"conversations.{name:.60}"), said[name]))
        for name, value in conversations.items()
    )


def _page(
    name: str, conversation: Mapping[str, object], said: Iterable[Mapping[str, object]]
) -> MinedPage:
    meta = as_object(conversation.get("meta"), f"conversations.{name:.60}.meta")
    if "mined_at" not in meta:
        raise UnreadablePage("expected a corpus that was written here, got one without stances")
    author = None
    comments = []
    for utterance in said:
        fields = as_object(utterance.get("meta"), "utterance.meta")
        if fields.get("kind") == ARTICLE:
            author = as_optional_text(fields.get("author"), "utterance.meta.author")
            continue
        answered = _bare(name, utterance.get("reply-to"))
        comments.append(
            {
                **fields,
                "id": _bare(name, utterance.get("id")),
                "text": utterance.get("text"),
                "reply_to": answered,
            }
        )
    return read_mined({**meta, "comments": comments}, article_author=author)


def _bare(name: str, value: object) -> str | None:
    """Return the comment's id here, None for the article."""
    text = as_text(value, "utterance.id")
    if text == name:
        return None
    if not text.startswith(f"{name}/"):
        raise UnreadablePage(f"utterance.id: expected one of its conversation, got {text!r:.100}")
    return text.removeprefix(f"{name}/")


def _unpack(data: bytes, tally: LossTally, max_bytes: int) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive, tally)
            # zipfile stops at the size that the directory states, so this holds for the data too.
            size = sum(entry.file_size for entry in members.values())
            if size > max_bytes:
                raise PageTooLarge(f"expected at most {max_bytes} bytes unpacked, got {size}")
            return {name: archive.read(entry) for name, entry in members.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        # zipfile raises RuntimeError, or a kind of it, for a password and for whatever it does not
        # know of the format, and ValueError where a stated place lies before the file's beginning.
        raise UnreadablePage(
            f"expected a zip of a corpus, without a password, got {error!s:.100}"
        ) from error


def _members(archive: zipfile.ZipFile, tally: LossTally) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        name = basename(entry.filename)
        if name in _WANTED:
            if name in members:
                raise UnreadablePage(f"expected one file {name} in the zip, got another")
            if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise UnreadablePage(f"expected {name} stored or deflated, got another method")
            members[name] = entry
        elif name.endswith(_PICKLED):
            tally.add("a pickled file, which is never loaded", name[:100])
        elif name and name not in _KNOWN:
            tally.add("a file that is none of a corpus", name[:100])
    for name in _WANTED:
        if name not in members:
            raise UnreadablePage(f"expected a file {name} in the zip, got none")
    return members
