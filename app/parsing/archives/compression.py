"""Opens plain, gzip, bzip2 and Zstandard streams alike, told apart by their first bytes.

Broken or truncated compression is raised as UnreadableArchive when its place is reached; what was
read before it stands.
"""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol

import zstandard

from app.errors import UnreadableArchive

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PEEK_BYTES = 65_536
"""How much of a stream may be looked at before it is read: enough to tell any format."""

_ZSTD_WINDOW = 2**31
"""Reddit's dumps are compressed with the largest window that Zstandard allows."""

_ZSTD_STEP_BYTES = 1_024
"""Decompressed at once: four bytes can stand for 128 KiB, so that this makes 32 MiB at most."""

_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, zstandard.ZstdError)

_ZSTD_SKIPPABLE = tuple(bytes([0x50 + low, 0x2A, 0x4D, 0x18]) for low in range(16))


class Readable(Protocol):
    """What can be read from; files are, and what counts or spools them."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none only at the end."""
        ...


def open_plain(raw: Readable) -> io.BufferedReader:
    """Return the decompressed content of `raw`; up to `PEEK_BYTES` of it can be peeked at."""
    outer: io.BufferedReader = io.BufferedReader(_Reader(raw, "a file"), PEEK_BYTES)
    head = outer.peek(8)[:8]
    inner: Readable
    if head.startswith(b"\x1f\x8b"):
        inner, what = gzip.GzipFile(fileobj=outer), "gzip data"
    elif head.startswith(b"BZh"):
        inner, what = bz2.BZ2File(outer), "bzip2 data"
    elif head.startswith((b"\x28\xb5\x2f\xfd", *_ZSTD_SKIPPABLE)):
        inner, what = _ZstdFrames(outer), "Zstandard data"
    else:
        return outer
    return io.BufferedReader(_Reader(inner, what), PEEK_BYTES)


class _ZstdFrames:
    """Decompresses frame after frame; unlike the library's reader it notices an end cut off."""

    def __init__(self, outer: Readable) -> None:
        self._outer = outer
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._compressed = b""
        self._plain = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes."""
        while not self._plain:
            if not self._compressed:
                self._compressed = self._outer.read(_ZSTD_STEP_BYTES)
            if not self._compressed:
                if self._frame is not None:
                    raise EOFError("the last frame ends early")
                return b""
            frame = self._frame = self._frame or self._decompressor.decompressobj()
            self._plain = memoryview(frame.decompress(self._compressed))
            self._compressed = frame.unused_data if frame.eof else b""
            if frame.eof:
                self._frame = None
        taken, self._plain = self._plain[:size], self._plain[size:]
        return bytes(taken)


class _Reader(io.RawIOBase):
    """Reads from a stream, and raises what is wrong with it as UnreadableArchive."""

    def __init__(self, inner: Readable, what: str) -> None:
        self._inner = inner
        self._what = what
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            data = self._inner.read(len(view))
        except _BROKEN as error:
            raise UnreadableArchive(
                f"expected {self._what} that can be read to the end, "
                f"got a mistake after {self._read} bytes: {str(error)[:100]}"
            ) from error
        view[: len(data)] = data
        self._read += len(data)
        return len(data)
