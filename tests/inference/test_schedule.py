"""Batches are cut by tokens: each text once, little padding."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.inference.schedule import CALL_TOKENS, MAX_PADDING, ON_GPU, Packing, cut_by_tokens


@given(st.lists(st.integers(1, 600), max_size=60), st.integers(1, 2000))
def test_every_text_is_in_one_batch_within_the_budget(lengths, budget):
    """Each index comes once; a batch keeps to the budget unless it is one text alone."""
    batches = list(cut_by_tokens(lengths, Packing(budget)))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or max(lengths[index] for index in batch) * len(batch) <= budget


def test_like_lengths_stand_together():
    """Texts of two lengths are not mixed where the budget lets them stand apart."""
    batches = list(cut_by_tokens([10, 100, 10, 100], Packing(200)))
    assert sorted(map(sorted, batches)) == [[0, 2], [1, 3]]


@given(st.lists(st.integers(1, 600), max_size=60), st.integers(1, 2000))
def test_little_of_a_batch_is_padding(lengths, budget):
    """Nothing is read together that would pad a batch by more than a tenth or a dozen tokens."""
    for batch in cut_by_tokens(lengths, Packing(budget)):
        padded = max(lengths[index] for index in batch) * len(batch)
        padding = padded - sum(lengths[index] for index in batch)
        assert padding <= max(CALL_TOKENS, MAX_PADDING * padded)


def test_a_gpu_gets_batches_of_thousands_of_tokens():
    """Where a batch costs more than its padding, texts of like and unlike length go together."""
    lengths = [20, 60, 100] * 40

    batches = list(cut_by_tokens(lengths, ON_GPU))

    assert len(batches) <= 4
    assert all(
        max(lengths[at] for at in own) * len(own) <= ON_GPU.max_padded_tokens for own in batches
    )
