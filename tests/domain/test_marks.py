"""Marks that pile up on a letter are seen, and fall away where that is asked; others stay."""

from unicodedata import combining, normalize

from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import MOST_MARKS, has_piles, without_piles

PILE = "\u0301\u0323" * MOST_MARKS


def test_a_pile_is_told_from_writing():
    """Accents, vowel signs and rows of dashes are no piles, however long the rows are."""
    for text in ("Nguyễn", normalize("NFD", "Nguyễn Thị"), "कि़", "—" * 200, "…?!" * 50, ""):
        assert not has_piles(text)
        assert without_piles(text) == text


def test_the_marks_of_a_pile_fall_away():
    """The letter and what stands around it stay, other signs of the same run too."""
    assert has_piles(f"V{PILE}eltra")
    assert without_piles(f"“V{PILE}eltra” e\u0301") == "“Veltra” e\u0301"
    assert without_piles(f"a{PILE}—b") == "a—b"


@given(st.lists(st.sampled_from(["a", "-", " ", "\u0301", "\u0323", PILE])).map("".join))
def test_without_piles_there_are_none(text):
    """What is left has no pile and lacks nothing but marks."""
    plain = without_piles(text)
    assert not has_piles(plain)
    assert [char for char in plain if not combining(char)] == [
        char for char in text if not combining(char)
    ]
