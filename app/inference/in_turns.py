"""A runner that waits for its turn before each batch, so that many threads may share a machine."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from app.inference.layout import Bools, Floats32, Ints, Stack
    from app.inference.runner import Runner


class RunnerInTurns:
    """A `Runner` that holds `turn` while the one inside runs a batch, and lets it go between."""

    def __init__(self, runner: Runner, turn: AbstractContextManager[object] | None) -> None:
        self._runner = runner
        self._turn = nullcontext() if turn is None else turn

    def encode_targets(self, ids: Ints, attended: Bools) -> Floats32:
        """Return one vector a target [T, H]."""
        with self._turn:
            return self._runner.encode_targets(ids, attended)

    def score_markers(self, stack: Stack, targets: Floats32) -> Floats32:
        """Return the raw outputs of every marker [B, M, 9]."""
        with self._turn:
            return self._runner.score_markers(stack, targets)

    def tag(self, ids: Ints, attended: Bools) -> Floats32:
        """Return tag logits [B, L, 3]."""
        with self._turn:
            return self._runner.tag(ids, attended)

    def score_sentences(self, ids: Ints, attended: Bools, weights: Floats32) -> Floats32:
        """Return (account, event) logits [B, S, 2]."""
        with self._turn:
            return self._runner.score_sentences(ids, attended, weights)
