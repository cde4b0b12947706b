"""Turns the bytes of a page into text: byte order mark, declared charset, <meta>, UTF-8, a guess.

What is declared is believed unless the bytes belie it: they are UTF-8 and not ASCII, or the words
come out as no language has them. The guess is that of Firefox. A label in the content type that
no browser knows is reported, since the caller can mend it; one in the page's own <meta> is passed
over, since the caller cannot. Broken UTF-8 is read with replacement characters, never refused.
"""

from __future__ import annotations

import codecs
import re

import webencodings
from chardetng_py import EncodingDetector

from app.errors import UnreadablePage
from app.parsing.plausibility import looks_misread

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_META_BYTES = 4_096
"""Four times what the HTML standard lets browsers look through: saved pages put scripts first."""

_GUESS_BYTES = 262_144
"""So much of the lines with bytes beyond ASCII is guessed by; more changes no guess."""

_TELLING = re.compile(rb"[^<>\r\n\x80-\xff]{0,60}[\x80-\xff][^<>\r\n]{0,400}")
"""Text with bytes beyond ASCII, without the markup around it."""

_LEAST_SEQUENCES = 6
"""Two bytes of GBK or EUC-KR may be UTF-8 by chance, as the famous "联通" is; so many are not."""

_JAPANESE_SHIFT = re.compile(rb"\x1b\$[@B].{0,400}?\x1b\([BJ]", re.DOTALL)
"""How ISO-2022-JP, which has no bytes beyond ASCII, turns to Japanese and back."""

_MAX_CONTROL_SHARE = 0.02
"""Text has next to no control characters, compressed or compiled bytes about one in nine."""

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_DOUBLE_BYTE = frozenset({"gbk", "gb18030", "big5", "euc-kr", "euc-jp", "shift_jis"})
_STATEFUL = frozenset({"iso-2022-jp", "replacement"})
_CONTROLS = bytes({*range(0x20), 0x7F} - {*range(0x09, 0x0E), 0x1B})


def decode_page(data: bytes, *, charset: str | None = None) -> str:
    """Return the text of `data`, without a byte order mark and without NUL characters.

    Raises:
        UnreadablePage: the declared `charset` is unknown, or the bytes are no text.
    """
    declared = _look_up_declared(charset)
    text = _decode(data, declared).removeprefix("\ufeff")
    encoded = text.encode("utf-8", "replace")  # whose bytes are counted in a tenth of the time
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
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
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_broken(data, encoding)
    if encoding is not None and encoding.name not in {"utf-8", "x-user-defined"}:
        sequences = len(data) - len(text)
        by_chance = encoding.name in _DOUBLE_BYTE and 0 < sequences < _LEAST_SEQUENCES
        if encoding.name in _STATEFUL or by_chance:
            return _decode_as(data, encoding)
        if data.count(0) and encoding.name.startswith("utf-16"):
            return _decode_as(data, encoding)
    wide = _wide_codec(data)
    if wide:
        return data.decode(wide, "replace")
    return data.decode("iso2022_jp", "replace") if _JAPANESE_SHIFT.search(data) else text


def _decode_as(data: bytes, encoding: webencodings.Encoding) -> str:
    return str(webencodings.decode(data, encoding, errors="replace")[0])


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


def _decode_broken(data: bytes, declared: webencodings.Encoding | None) -> str:
    """Read what is not UTF-8: as declared, as UTF-8 where most of it is, else by guess."""
    wide = _wide_codec(data)
    if wide:
        return data.decode(wide, "replace")
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for char in text if char >= "\x80") - broken
    if sound >= broken:
        return text
    if declared is not None and declared.name != "utf-8":
        text = _decode_as(data, declared)
        if not looks_misread(text):
            return text
        guessed = _guess(data)
        return text if looks_misread(guessed) else guessed
    return _guess(data)


def _guess(data: bytes) -> str:
    detector = EncodingDetector()
    seen = 0
    for match in _TELLING.finditer(data):
        seen += match.end() - match.start()
        if seen > _GUESS_BYTES:
            break
        detector.feed(match.group() + b"\n", last=False)
    detector.feed(b"", last=True)
    return data.decode(detector.guess(tld=None, allow_utf8=False), "replace")
