"""Runs the network on torch: the reference for every other runtime, and what a GPU uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from app.inference.in_turns import RunnerInTurns
from app.inference.scorer import ModelScorer
from app.inference.stack import as_tensors
from app.inference.weights import load_model

if TYPE_CHECKING:
    from pathlib import Path

    from app.inference.in_turns import Turn
    from app.inference.layout import Bools, Floats32, Ints, Stack
    from app.inference.network import StanceNetwork


def load_scorer(
    folder: Path,
    *,
    threads: int | None = None,
    turn: Turn | None = None,
) -> ModelScorer:
    """Return a scorer over the weights of a folder; `threads` bounds torch's own threads.

    Each batch waits for its `turn`.

    Raises:
        ModelUnusable: the folder does not hold a model of this network.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    model = load_model(folder)
    return ModelScorer(RunnerInTurns(TorchRunner(model.network), turn), model.folder)


class TorchRunner:
    """A network as a `Runner`, in single precision on the CPU."""

    def __init__(self, network: StanceNetwork) -> None:
        self._network = network

    @torch.inference_mode()
    def encode_targets(self, ids: Ints, attended: Bools) -> Floats32:
        """Return one vector a target [T, H]."""
        vectors: Floats32 = self._network.encode_targets(*_tensors(ids, attended)).numpy()
        return vectors

    @torch.inference_mode()
    def score_markers(self, stack: Stack, targets: Floats32) -> Floats32:
        """Return the raw outputs of every marker [B, M, 9]."""
        logits = self._network.score_markers(as_tensors(stack), torch.from_numpy(targets))
        parts = (logits.label, logits.certain[..., None], logits.role, logits.reported[..., None])
        joined: Floats32 = torch.cat(parts, dim=-1).numpy()
        return joined

    @torch.inference_mode()
    def tag(self, ids: Ints, attended: Bools) -> Floats32:
        """Return tag logits [B, L, 3]."""
        tags, _ = self._network.tag(*_tensors(ids, attended))
        logits: Floats32 = tags.numpy()
        return logits

    @torch.inference_mode()
    def score_sentences(self, ids: Ints, attended: Bools, weights: Floats32) -> Floats32:
        """Return (account, event) logits [B, S, 2]."""
        logits: Floats32 = self._network.score_sentences(
            *_tensors(ids, attended), torch.from_numpy(weights)
        ).numpy()
        return logits


def _tensors(ids: Ints, attended: Bools) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.from_numpy(ids), torch.from_numpy(attended)
