"""Texts without answers that a teacher answers."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from models.training.examples import UNKNOWN, Example, Gold
from models.training.untold import Topics, parts_of

TEXT = "The league did it. Ask anyone! Was the league ever fined? Never."


def drawn_by(seed: int) -> Random:
    """Return the chances of a seed."""
    return Random(seed)  # noqa: S311 - nothing secret is drawn


def example(text: str, target: str, *, kind: TargetKind = TargetKind.TOPIC) -> Example:
    """Return a pair whose target is named wherever the text says "league"."""
    starts = [place for place in range(len(text)) if text.startswith("league", place)]
    query = Query(Target(kind, target), mentions=tuple(Span(own, own + 6) for own in starts))
    return Example(Reading(text, (query,), background=target), (Gold(label=1),), "vast_train")


@given(st.integers(0, 1000))
def test_a_part_is_a_run_of_sentences_that_keeps_its_mentions(seed: int) -> None:
    """It stands in the text, is shorter, has no answers, and its mentions are still names."""
    for part in parts_of([example(TEXT, "the league")], 1.0, drawn_by(seed)):
        text = part.reading.text
        assert text in TEXT
        assert text != TEXT
        assert [gold.label for gold in part.golds] == [UNKNOWN]
        (query,) = part.reading.queries
        assert len(query.mentions) == text.count("league")
        assert {text[own.start : own.end] for own in query.mentions} <= {"league"}


def test_one_sentence_has_no_parts() -> None:
    """Nothing is made of a text that cannot be cut between sentences."""
    assert not list(parts_of([example("The league did it.", "x")], 1.0, drawn_by(0)))


def test_another_topic_shares_a_word_with_the_text_and_has_no_answer() -> None:
    """The text is asked about a topic that it has a word of, read beside it as its own was."""
    first = example("Teachers deserve better pensions.", "school uniforms")
    topics = Topics([first, example("Fine.", "public pensions"), example("No.", "whale hunting")])

    other = topics.another(first, drawn_by(0))

    assert other is not None
    assert other.reading.queries[0].target.text == "public pensions"
    assert other.reading.background == "public pensions"
    assert other.golds == (Gold(),)


def test_without_a_topic_of_its_words_nothing_is_asked() -> None:
    """Neither is a target of another kind swapped for a topic."""
    topics = Topics([example("Fine.", "public pensions")])
    chance = drawn_by(0)

    assert topics.another(example("Whales sing.", "whale hunting"), chance) is None
    answer = example("Pensions!", "Pensions are fine.", kind=TargetKind.COMMENT)
    assert topics.another(answer, chance) is None
