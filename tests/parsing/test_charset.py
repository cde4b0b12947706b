"""Promises about charsets: all that browsers know, declared rightly, wrongly or not at all."""

from __future__ import annotations

import pytest
import webencodings
from hypothesis import given
from hypothesis import strategies as st
from webencodings.labels import LABELS

from app.errors import UnreadablePage
from app.parsing.charset import decode_page
from app.parsing.plausibility import looks_misread
from tests.parsing.charsets import PARAGRAPHS

CASES = [(language, label) for language, (_, labels) in PARAGRAPHS.items() for label in labels]
BEYOND_GUESSING = {
    ("de", "macintosh"),  # browsers do not guess it either
    ("ru", "x-mac-cyrillic"),
    ("hu", "windows-1250"),  # too few letters tell it from windows-1252
    ("hu", "iso-8859-2"),
}
OTHER_SCRIPTS = "ru uk bg el he ar th ja zh zh-tw ko pl".split()


def encode(text: str, label: str) -> tuple[bytes, str]:
    """Return `text` in a charset, without what it lacks, and what should be read of it."""
    codec = webencodings.lookup(label).codec_info
    data = codec.encode(text, "ignore")[0]
    return data, codec.decode(data)[0]


@pytest.mark.parametrize(("language", "label"), CASES)
@pytest.mark.parametrize(
    "markup", ["{}", "<html><body><p class='a'>{}</p><p>Reply</p></body></html>"]
)
def test_a_charset_that_is_not_declared_is_guessed(language: str, label: str, markup: str):
    """Text and HTML in a legacy charset come out right without a word about it."""
    if (language, label) in BEYOND_GUESSING:
        pytest.skip("no detector tells it")
    data, expected = encode(markup.format(PARAGRAPHS[language][0]), label)
    assert decode_page(data) == expected


@pytest.mark.parametrize(("language", "label"), CASES)
def test_a_charset_that_is_declared_is_used(language: str, label: str):
    """What the content type says, or a <meta>, is believed where it makes sense."""
    data, expected = encode(PARAGRAPHS[language][0], label)
    assert decode_page(data, charset=label) == expected
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
    assert decode_page(meta.encode() + data) == meta + expected


@pytest.mark.parametrize("label", sorted(set(LABELS.values()) - {"utf-16le", "utf-16be"}))
def test_utf8_declared_as_something_else_is_utf8(label: str):
    """Sites declare what they were in before: bytes that are UTF-8 and not ASCII tell better."""
    if label in {"iso-2022-jp", "replacement"}:
        pytest.skip("what turns by escapes has no bytes beyond ASCII to tell by")
    for text, _ in PARAGRAPHS.values():
        assert decode_page(text.encode() * 3, charset=label) == text * 3


@pytest.mark.parametrize("language", OTHER_SCRIPTS)
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252"])
def test_another_script_declared_as_western_is_guessed(language: str, declared: str):
    """The default of a server that knows no better is not believed against the words."""
    text, labels = PARAGRAPHS[language]
    data, expected = encode(text, labels[0])
    assert decode_page(data, charset=declared) == expected
    assert decode_page(f"<meta charset={declared}>".encode() + data).endswith(expected)


def test_western_text_declared_as_utf8_is_western():
    """A page that says it is UTF-8 and is not loses no letter."""
    assert decode_page("Zürich, Größe, façade".encode("cp1252"), charset="utf-8").startswith(
        "Zürich"
    )


def test_two_letters_that_are_utf8_by_chance_stay_what_was_declared():
    """Short Chinese text may be UTF-8 by chance; what is declared decides."""
    assert decode_page("联通".encode("gbk"), charset="gbk") == "联通"


@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_label_that_browsers_know_is_known(label: str):
    """No label of the standard is refused, and ASCII is read by all but those that cannot."""
    text = decode_page(b"plain text", charset=label.upper())
    assert text == "plain text" or LABELS[label] == "replacement"


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_no_language_looks_misread(language: str):
    """Text that was read rightly is never taken for text that was not."""
    assert not looks_misread(PARAGRAPHS[language][0])
    assert not looks_misread(
        "Été à l’œuvre; ÜBER ALLES! iPhone McDonald’s naïve São Paulo £5 3°C ½"
    )


@given(st.binary(max_size=200), st.sampled_from([None, *sorted(LABELS)]))
def test_any_bytes_give_text_or_are_refused(data: bytes, label: str | None):
    """Whatever comes in whatever is declared, there is text without NUL, or the one error."""
    try:
        text = decode_page(data, charset=label)
    except UnreadablePage:
        return
    assert "\x00" not in text
