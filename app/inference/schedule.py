"""Cuts work into batches of like length, small enough that nobody waits long for one to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_PADDED_TOKENS = 384
"""Padded tokens a batch: some 50 ms of two cores that lack VNNI, where a token takes 0.25 ms of one
whether 64 or 1,024 are read together. Whoever waits for a turn waits for one batch."""

MAX_TOKENS_TOGETHER = 192
"""Padded tokens of several callers' texts as one batch: three comments of fifty tokens, on one core
50 ms again. A text alone takes 15.7 ms of it, one of two 14.9, of three 14.6, of six 14.4; the
larger the batches, the further apart are the times that callers wait."""

CALL_TOKENS = 12
"""Tokens that are read in the time which a batch takes beside its tokens, 2.5 ms: less padding than
that is not worth a batch more."""

MAX_PADDING = 0.1
"""Share of a batch that may be padding, where it is more than `CALL_TOKENS`."""


class Packing(NamedTuple):
    """How large a batch may be, and how many tokens' padding a batch more is worth."""

    max_padded_tokens: int
    call_tokens: int = CALL_TOKENS


ON_CPU = Packing(MAX_PADDED_TOKENS)
TOGETHER_ON_CPU = Packing(MAX_TOKENS_TOGETHER)

ON_GPU = Packing(16_384, 2_048)
"""A GPU reads thousands of tokens in the time that it takes to be told of a batch: parts of 16,384
kept an H100 15 % busy when the network was trained on one. Not measured in serving."""


def is_dense(rows: int, longest: int, tokens: int, packing: Packing = ON_CPU) -> bool:
    """Return whether rows of so many tokens in all make a good batch: not large, little padding."""
    padded = rows * longest
    allowed = max(packing.call_tokens, MAX_PADDING * padded)
    return padded <= packing.max_padded_tokens and padded - tokens <= allowed


def cut_by_tokens(lengths: Sequence[int], packing: Packing = ON_CPU) -> Iterator[list[int]]:
    """Yield the indices of `lengths` in batches, longest first.

    A batch's longest length times its size stays within `max_padded_tokens`; a single length
    above that is a batch of its own. Of a batch no more is padding than `MAX_PADDING` of it or
    `call_tokens`.
    """
    batch: list[int] = []
    longest = real = 0
    for index in sorted(range(len(lengths)), key=lambda own: -lengths[own]):
        dense = is_dense(len(batch) + 1, longest, real + lengths[index], packing)
        if batch and not dense:
            yield batch
            batch = []
        if not batch:
            longest, real = lengths[index], 0
        batch.append(index)
        real += lengths[index]
    if batch:
        yield batch
