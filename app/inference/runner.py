"""The narrow port to a runtime: arrays in, raw outputs out, whatever does the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.inference.layout import Bools, Floats32, Ints, Stack


class Runner(Protocol):
    """A network on some runtime. Every method may be called from several threads."""

    def encode_targets(self, ids: Ints, attended: Bools) -> Floats32:
        """Return one vector a target [T, H] from its tokens `ids` [T, L]."""
        ...

    def score_markers(self, stack: Stack, targets: Floats32) -> Floats32:
        """Return the raw outputs of every marker [B, M, 9]; `targets` [T, H] are vectors.

        Four labels, certainty, three roles, reported, in this order.
        """
        ...

    def tag(self, ids: Ints, attended: Bools) -> Floats32:
        """Return tag logits [B, L, 3], in the order of `TAGS`, for the tokens `ids` [B, L]."""
        ...

    def score_sentences(self, ids: Ints, attended: Bools, weights: Floats32) -> Floats32:
        """Return (account, event) logits [B, S, 2]; `weights` [B, S, L] average each sentence."""
        ...
