"""What a text is understood from, taken away."""

from __future__ import annotations

from app.domain.stance import TargetKind
from models.training.ablation import ablated, as_pairs, beside_text, marker_alone
from models.training.pages import page_examples


def test_without_the_parent_it_is_neither_read_nor_asked_about(page) -> None:
    """Queries and answers stay in step."""
    answer = page_examples(page)[1]
    less = ablated(answer, ("parent",))
    kinds = [own.target.kind for own in less.reading.queries]
    assert TargetKind.COMMENT not in kinds
    assert less.reading.context is None
    assert len(less.golds) == len(less.reading.queries) == len(answer.golds) - 1


def test_without_context_the_parent_is_still_asked_about(page) -> None:
    """Only its words are gone."""
    answer = page_examples(page)[1]
    less = ablated(answer, ("context",))
    assert less.reading.context is None
    assert len(less.reading.queries) == len(answer.reading.queries)
    assert not any(own.context_mentions for own in less.reading.queries)


def test_without_background_only_the_marker_knows_the_target(page) -> None:
    """Nothing is read beside the text but what it answers."""
    less = marker_alone(page_examples(page)[1])
    assert less.reading.background is None
    assert less.reading.context == "The league did it."


def test_pairs_ask_one_target_each_beside_the_text(page) -> None:
    """A comment of four targets is four pairs, with their answers."""
    answer = page_examples(page)[1]
    pairs = as_pairs(answer)
    assert [own.golds for own in pairs] == [(gold,) for gold in answer.golds]
    assert all(own.reading.background == own.reading.queries[0].target.text for own in pairs)
    assert beside_text(pairs[0]) == pairs[0]


def test_nothing_taken_away_changes_nothing(page) -> None:
    """An empty list is the example itself."""
    example = page_examples(page)[0]
    assert ablated(example, ()) == example
