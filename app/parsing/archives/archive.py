"""The front door of archives: finds out the format of each file, and has the records read.

Files of a format that scatters threads are read as one, whatever stands between them; the others
one after the other, in the order in which they were named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from app.errors import UnreadableArchive
from app.parsing.archives import (
    blogger,
    commento,
    contract_lines,
    convokit,
    disqus,
    hackernews,
    isso,
    movable_type,
    reddit,
    saved_page,
    warc,
    wordpress,
)
from app.parsing.archives.compression import PEEK_BYTES, open_plain
from app.parsing.archives.places import list_places
from app.parsing.archives.records import failure_of
from app.parsing.archives.sniff import ArchiveFormat, sniff_format
from app.parsing.archives.spill import Spill

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from app.parsing.archives.places import Place
    from app.parsing.archives.records import Failure, Record

_READERS: dict[ArchiveFormat, Callable[[io.BufferedReader], Iterator[Record]]] = {
    ArchiveFormat.WORDPRESS: wordpress.read,
    ArchiveFormat.MOVABLE_TYPE: movable_type.read,
    ArchiveFormat.ISSO: isso.read,
    ArchiveFormat.JSONL: contract_lines.read,
    ArchiveFormat.PAGE: saved_page.read,
    ArchiveFormat.WARC: warc.read,
}

_GATHERERS: dict[ArchiveFormat, Callable[[io.BufferedReader, Spill], Iterator[Failure]]] = {
    ArchiveFormat.DISQUS: disqus.gather,
    ArchiveFormat.BLOGGER: blogger.gather,
    ArchiveFormat.REDDIT: reddit.gather,
    ArchiveFormat.HACKER_NEWS: hackernews.gather,
    ArchiveFormat.COMMENTO: commento.gather,
    ArchiveFormat.CONVOKIT: convokit.gather,
}

_ADDRESSES: dict[ArchiveFormat, Callable[[str], str | None]] = {
    ArchiveFormat.REDDIT: reddit.address,
    ArchiveFormat.HACKER_NEWS: hackernews.address,
}


class Archive:
    """Files and folders as one archive.

    `form` says the format of all files, where it is not to be sniffed. `spill_folder` is where
    threads are sorted; the system's folder for temporary files where it is not given. `on_bytes`
    hears of bytes of the files as they are read.

    Raises:
        UnreadableArchive: a name leads nowhere, or a folder holds nothing to read.
    """

    def __init__(
        self,
        names: Iterable[str],
        *,
        form: ArchiveFormat | None = None,
        spill_folder: Path | None = None,
        on_bytes: Callable[[int], None] = lambda _count: None,
    ) -> None:
        self.places = list_places(names)
        self._corpora = _find_corpora(self.places)
        self._form = form
        self._spill_folder = spill_folder
        self._on_bytes = on_bytes
        self._bytes = max(1, sum(place.size for place in self.places))
        self._done = 0.0
        self._spill: Spill | None = None
        self._spill_weight = 0.0

    @property
    def share(self) -> float:
        """How much of the archive the records yielded so far are, from 0 to 1, about."""
        inner = self._spill.share if self._spill is not None else 0.0
        return min(1.0, self._done + self._spill_weight * inner)

    def records(self) -> Iterator[Record]:
        """Yield the pages and failures of all files, in a fixed order."""
        plan: dict[tuple[ArchiveFormat, Place | None], list[Place]] = {}
        for place in self.places:
            form = self._format_of(place)
            if form is not None:
                alone = place if form in _READERS else None
                plan.setdefault((form, alone), []).append(place)
        for (form, alone), places in plan.items():
            yield from self._joined(form, places) if alone is None else self._read(form, alone)

    def _format_of(self, place: Place) -> ArchiveFormat | None:
        """The format of a file; None where it is one beside a corpus that says nothing we read."""
        if place.folder in self._corpora:
            return ArchiveFormat.CONVOKIT if place.base in convokit.FILES else None
        if self._form is not None:
            return self._form
        try:
            with place.open() as raw:
                return sniff_format(open_plain(raw).read(PEEK_BYTES))
        except (OSError, UnreadableArchive):
            return ArchiveFormat.PAGE  # reading it will say what is wrong

    def _read(self, form: ArchiveFormat, place: Place) -> Iterator[Record]:
        begun = self._done
        try:
            with place.open() as raw:
                counted = _Counted(raw, self._on_bytes)
                for record in _READERS[form](open_plain(counted)):
                    self._done = begun + min(place.size, counted.count) / self._bytes
                    yield replace(record, file=place.name)
        except (OSError, UnreadableArchive) as error:
            yield failure_of("somewhere", _as_unreadable(error), file=place.name)
        self._done = begun + place.size / self._bytes

    def _joined(self, form: ArchiveFormat, places: Sequence[Place]) -> Iterator[Record]:
        address = _ADDRESSES.get(form, lambda _key: None)
        with Spill(self._spill_folder, address=address) as spill:
            self._spill_weight = sum(place.size for place in places) / self._bytes
            self._spill = spill
            for place in places:
                spill.file = place.name
                yield from self._gather(form, place, spill)
            if form is ArchiveFormat.HACKER_NEWS:
                spill.resolve()
            yield from spill.records()
        self._done += self._spill_weight
        self._spill = None

    def _gather(self, form: ArchiveFormat, place: Place, spill: Spill) -> Iterator[Failure]:
        gather = _GATHERERS[form]
        if form is ArchiveFormat.CONVOKIT and place.base == convokit.CONVERSATIONS:
            gather = convokit.gather_conversations
        try:
            with place.open() as raw:
                for failure in gather(open_plain(_Counted(raw, self._on_bytes)), spill):
                    yield replace(failure, file=place.name)
        except (OSError, UnreadableArchive) as error:
            yield failure_of("somewhere", _as_unreadable(error), file=place.name)


class _Counted:
    """Counts the bytes that are read from a file."""

    def __init__(self, raw: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self._raw = raw
        self._on_bytes = on_bytes
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.count += len(data)
        self._on_bytes(len(data))
        return data


def _find_corpora(places: Sequence[Place]) -> frozenset[str]:
    """The folders that are ConvoKit corpora."""
    files = {(place.folder, place.base) for place in places}
    return frozenset(
        place.folder
        for place in places
        if place.base in convokit.UTTERANCES and (place.folder, "index.json") in files
    )


def _as_unreadable(error: Exception) -> UnreadableArchive:
    if isinstance(error, UnreadableArchive):
        return error
    return UnreadableArchive(f"expected a file that can be read, got: {str(error)[:100]}")
