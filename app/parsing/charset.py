"""Turns the bytes of a page into text: byte order mark, declared charset, <meta>, UTF-8, a guess.

A label in the content type that no browser knows is reported, since the caller can mend it; one
in the page's own <meta> is passed over, since the caller cannot. Broken UTF-8 is read with
replacement characters, never refused.
"""

from __future__ import annotations

import codecs
import re

import webencodings
from charset_normalizer import from_bytes

from app.errors import UnreadablePage

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_META_BYTES = 4_096
"""Four times what the HTML standard lets browsers look through: saved pages put scripts first."""

_GUESS_BYTES = 65_536
"""Guessing looks at no more: it reads every byte several times, and more changes no guess."""

_MAX_CONTROL_SHARE = 0.02
"""Text has next to no control characters, compressed or compiled bytes about one in nine."""

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_GUESSABLE = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874",
    "koi8_r", "iso8859_2", "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5",
]  # fmt: skip
"""The legacy charsets that the web uses; guesses among all that exist are wilder."""


def decode_page(data: bytes, *, charset: str | None = None) -> str:
    """Return the text of `data`, without a byte order mark and without NUL characters.

    Raises:
        UnreadablePage: the declared `charset` is unknown, or the bytes are no text.
    """
    declared = _look_up_declared(charset)
    text = _decode(data, declared).removeprefix("\ufeff")
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if controls > max(8, _MAX_CONTROL_SHARE * len(text)):
        raise UnreadablePage(
            f"expected text, got {controls} control characters among {len(text)} characters"
        )
    return text.replace("\x00", "")


def _look_up_declared(label: str | None) -> webencodings.Encoding | None:
    if label is None:
        return None
    encoding = _look_up(label)
    if encoding is None:
        raise UnreadablePage(
            f"expected a charset that browsers know in the content type, got {label[:80]!r}"
        )
    return encoding


def _look_up(label: str) -> webencodings.Encoding | None:
    return webencodings.lookup(label) if label.isascii() else None


def _decode(data: bytes, declared: webencodings.Encoding | None) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    encoding = declared or _meta_encoding(data[:_META_BYTES])
    if encoding is not None and encoding.name != "utf-8":
        return str(webencodings.decode(data, encoding, errors="replace")[0])
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_broken(data, trust_utf8=declared is not None)
    wide = _wide_codec(data)
    return data.decode(wide, "replace") if wide else text


def _meta_encoding(head: bytes) -> webencodings.Encoding | None:
    found = _META.search(head) or _XML.search(head)
    encoding = _look_up(found.group(1).decode("ascii", "replace")) if found else None
    # A page whose <meta> could be read byte by byte is not in UTF-16, whatever the <meta> says.
    return None if encoding is not None and encoding.name.startswith("utf-16") else encoding


def _wide_codec(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is NUL."""
    head = data[:2_000]
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.4 * half and head[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if half and head[::2].count(0) > 0.4 * half and head[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_broken(data: bytes, *, trust_utf8: bool) -> str:
    """Read what is not quite UTF-8: as UTF-8 where most of it is, else by guess."""
    wide = _wide_codec(data)
    if wide:
        return data.decode(wide, "replace")
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for char in text if char >= "\x80") - broken
    if trust_utf8 or sound >= broken:
        return text
    best = from_bytes(data[:_GUESS_BYTES], cp_isolation=_GUESSABLE).best()
    return data.decode(best.encoding if best else "cp1252", "replace")
