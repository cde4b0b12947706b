"""Sentences are spans of the very text that was given."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.mining.sentences import split_sentences


def sentences_of(text: str) -> list[str]:
    """Return the words of each sentence."""
    return [span.text_of(text) for span in split_sentences(text)]


def test_sentences_end_at_stops_and_blank_lines_but_not_at_titles_or_line_breaks():
    """A blank line ends a sentence as a full stop does; "Mr." and one line break do not."""
    text = "Mr. Orde denied it. “Who\nlit it?” she asked.\n\nA headline without a stop\n\nThe end"
    assert sentences_of(text) == [
        "Mr. Orde denied it.",
        "“Who\nlit it?” she asked.",
        "A headline without a stop",
        "The end",
    ]


def test_a_text_without_words_has_no_sentences():
    """Nothing and white space alone have no sentences."""
    assert split_sentences("") == ()
    assert split_sentences(" \n\t\n \r\n") == ()


def test_right_to_left_text_is_split_too():
    """Hebrew and Arabic stops end a sentence."""
    assert sentences_of("מי עשה את זה? לא אנחנו. من فعلها؟ لا نعرف") == [
        "מי עשה את זה?",
        "לא אנחנו.",
        "من فعلها؟",
        "لا نعرف",
    ]


def test_a_sentence_across_a_stretch_stays_whole():
    """A paragraph longer than the splitter takes at once is not cut inside a sentence."""
    text = " ".join(f"Sentence number {number} has a full stop." for number in range(3_000))
    found = sentences_of(text)
    assert len(found) == 3_000
    assert found[1_234] == "Sentence number 1234 has a full stop."


def test_odd_input_is_split_without_an_error():
    """Half a surrogate pair, odd white space after a stop and a text of quotes raise nothing."""
    assert sentences_of("A.\x85B said so. Ok\ud800.") == ["A.\x85B said so.", "Ok\ud800."]
    assert split_sentences("“word " * 100_000)
    assert split_sentences("word " * 100_000)


@given(st.text(st.one_of(st.characters(), st.sampled_from(" \n.?!“”\"'A")), max_size=80))
def test_spans_are_in_order_and_leave_out_only_white_space(text: str):
    """Spans follow one another, begin and end at a sign, and hold every sign of the text."""
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.text_of(text) == span.text_of(text).strip() != "" for span in spans)
    assert "".join("".join(span.text_of(text).split()) for span in spans) == "".join(text.split())
