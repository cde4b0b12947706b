"""Marks that cover a part of a name are widened to the whole of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Span
from app.mining.names import trim_mention
from app.mining.widening import NameWidener


def widened(text: str, marked: str, *others: str) -> str | None:
    """Return what the mark on `marked` becomes, on a page with `others` beside `text`."""
    start = text.index(marked)
    span = NameWidener([text, *others]).widen(text, Span(start, start + len(marked)))
    name = trim_mention(text, span) if span else None
    return name.text_of(text) if name else None


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("They blame the Temple Guards of Ossa for it.", "Guards", "Temple Guards of Ossa"),
        ("They met St. Amand Parish men.", "Amand", "St. Amand Parish men"),
        ("It was bookmaker Solly Marks.", "Marks", "bookmaker Solly Marks"),
        ("It was the Tarn family again.", "Tarn", "Tarn family"),
        ("So Iran's Temple Guards did it.", "Temple", "Temple Guards"),
        ("Maybe Kessler did it.", "Kessler", "Kessler"),
        ("Blame Kessler. He did it.", "Kessler", "Kessler"),
        ("he was paid by the US in gold", "US", "US"),
    ],
)
def test_a_name_is_the_run_of_capitals_around_the_mark(text, marked, expected):
    """A run ends at the sentence, a possessive and a small word; roles and groups go with it."""
    assert widened(text, marked) == expected


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("Witnesses saw a local masked militia there.", "militia", "local masked militia"),
        ("They sacked the chief of police today.", "chief", "chief of police"),
        ("It was the flat-pack lot again.", "flat-pack", "flat-pack lot"),
        ("They say Argentine savers did it.", "savers", "Argentine savers"),
        ("I think the owner's dog did it.", "dog", "dog"),
        ("Blame the landlord who never came.", "landlord who", "landlord"),
    ],
)
def test_a_description_reaches_from_its_article_to_its_noun(text, marked, expected):
    """What stands between article and noun describes the party, and so does what it heads."""
    assert widened(text, marked) == expected


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("The angry Board met twice.", "Board met", "Board"),
        ("They want to absolve Kessara now.", "absolve Kessara", "Kessara"),
        ("- and the", "- and the", None),
        ("a Guards op", "Guards op", "Guards"),
    ],
)
def test_verbs_and_small_words_are_cut_off(text, marked, expected):
    """Beside a capitalised name only roles and groups are kept; signs alone are no name."""
    assert widened(text, marked) == expected


def test_words_that_stand_together_twice_are_one_name():
    """A pair that the page says again is whole, with "in" between as well; once is chance."""
    assert widened("Loan sharks did it.", "sharks", "I owe loan sharks.") == "Loan sharks"
    assert widened("Loan sharks did it.", "sharks") == "sharks"
    assert widened("It was Dawn in Tessmar.", "Dawn", "Dawn in Tessmar?") == "Dawn in Tessmar"
    assert widened("It was Dawn in Tessmar.", "Dawn") == "Dawn"


def test_a_headline_says_nothing_of_names():
    """Where every word is capitalised a mark stays as it is."""
    assert widened("The Buses Tarn Sent Home Again", "Tarn") == "Tarn"


words = st.sampled_from(
    "The a of in St. Iran's al-Sadr MEN men US - … chief\n police “Big Al” 7".split(" ")
)
texts = st.lists(words, max_size=20).map(" ".join) | st.text(max_size=60)


@given(texts, st.integers(0, 90), st.integers(0, 90))
def test_what_is_widened_lies_within_the_text(text, one, other):
    """Wherever the mark is, what comes back is a stretch of the text that is not empty."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    span = NameWidener([text]).widen(text, Span(start, end))
    assert span is None or span.text_of(text).strip()
