"""Promises about repaired text: damage goes, all else stays, and twice is as once."""

from __future__ import annotations

import re

import pytest
from ftfy import TextFixerConfig, fix_text
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given
from hypothesis import strategies as st

from app.parsing.repair import repair_text, tidy_line

_DAMAGED = st.text(
    alphabet="abcxyz ÃÂ©®€™‚ƒ„…†‡ˆ‰Š‹Œ\x8d\x81Žéèß\xa0ÐÑРСВГ“”’\n\t≈√‚Ä°ﬁĳ\u0301å&;amp#39",
    max_size=30,
)


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("câ€™est oÃ¹", "c’est où"),
        ("ï¬\x81ne", "fine"),
        ("Ð\x9fÑ\x80Ð¸Ð²ÐµÑ\x82", "Привет"),
        ("a\r\nb\x85c", "a\nb…c"),
        ("nul\x00 and \x1b[31mred\x1b[0m", "nul and red"),
        ("e\u0301", "é"),
        ("lone \ud800 half", "lone \ufffd half"),
    ],
)
def test_damage_is_repaired(damaged: str, sound: str):
    """Mojibake, ligatures, controls and loose accents become what was written."""
    assert repair_text(damaged) == sound


@pytest.mark.parametrize(
    "text", ["“curly” – it’s…", "Ａ「全角」！", "Tom &amp; I", "Größe", "naïve café", "12 €"]
)
def test_sound_text_stays(text: str):
    """Typography, full width and what looks like markup are what people typed."""
    assert repair_text(text) == text


@given(_DAMAGED)
def test_repairing_twice_is_repairing_once(text: str):
    """A repaired text is sound."""
    once = repair_text(text)
    assert repair_text(once) == once


@given(st.text(alphabet=st.characters(blacklist_characters="\n\r\x00"), max_size=30))
def test_a_sound_line_is_sound_to_the_library(line: str):
    """The quick look lets nothing pass that the library would mend."""
    if repair_text(line) == line:
        assert fix_text(
            line, unescape_html=False, uncurl_quotes=False, fix_character_width=False
        ) in {
            line,
            repair_text(line),
        }


def test_entities_are_unescaped_only_where_asked():
    """Pasted text may hold entities; text out of HTML holds what its author meant."""
    assert repair_text("Tom &amp; I &#39;", unescape=True) == "Tom & I '"
    assert repair_text("&lt;b&gt;") == "&lt;b&gt;"


def test_ampersands_escaped_many_times_are_unescaped_at_once():
    """A bomb of nested entities is defused: in rounds it would take minutes."""
    assert repair_text("&" + "amp;" * 50_000 + "lt;", unescape=True) == "<"


@given(st.text(max_size=40))
def test_a_tidy_line_is_one_line(text: str):
    """White space is single spaces, none at the ends."""
    tidy = tidy_line(text)
    assert tidy == " ".join(tidy.split())


_CATEGORIES = re.compile(f"[{''.join(MOJIBAKE_CATEGORIES.values())}]")
_OF_MOJIBAKE = [char for char in map(chr, range(0x10000)) if _CATEGORIES.match(char)]


@given(st.text(alphabet=[*_OF_MOJIBAKE, *"aZ z.,!°µ†∂Ä√"], max_size=6))
def test_whatever_ftfy_would_mend_is_handed_to_it(text: str):
    """The quick look that spares sound text the slow one misses nothing."""
    if is_bad(text) and fix_text(text, _LIKE_OURS) != text:
        assert repair_text(text) != text


_LIKE_OURS = TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_character_width=False)


def test_piles_of_marks_are_left_as_they_are():
    """To put them in order takes a time that grows with their square; nothing is lost instead."""
    text = "V" + "\u0301\u0323" * 100_000 + "eltra did it, Zo\u0308e."
    assert repair_text(text) == text
    assert repair_text(f"{text}\nZo\u0308e.\x00") == f"{text}\nZöe."
