"""Cuts work into batches of like length, so that little of a batch is padding."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_PADDED_TOKENS = 1024
"""Padded tokens a batch. On two cores a batch of one reaches nine tenths of the best rate, so
that small batches lose little, while arrival-order batches of 32 waste 72 % on padding."""


def cut_by_tokens(
    lengths: Sequence[int], max_padded_tokens: int = MAX_PADDED_TOKENS
) -> Iterator[list[int]]:
    """Yield the indices of `lengths` in batches, longest first.

    A batch's longest length times its size stays within `max_padded_tokens`; a single length
    above that is a batch of its own.
    """
    batch: list[int] = []
    longest = 0
    for index in sorted(range(len(lengths)), key=lambda own: -lengths[own]):
        if batch and (len(batch) + 1) * longest > max_padded_tokens:
            yield batch
            batch = []
        if not batch:
            longest = lengths[index]
        batch.append(index)
    if batch:
        yield batch
