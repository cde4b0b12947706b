"""A compiled model in the place of a network, so that the recipe can calibrate and measure it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from app.inference.compiled_scorer import load_runner
from app.inference.layout import Stack
from app.inference.network import MarkerLogits

if TYPE_CHECKING:
    from pathlib import Path

    from app.inference.network import MarkerBatch
    from app.inference.runner import Runner


class CompiledNetwork:
    """What `StanceNetwork` answers, answered by a runner; tensors in and out, on the CPU."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def encode_targets(self, ids: torch.Tensor, attended: torch.Tensor) -> torch.Tensor:
        """Return one vector a target [T, H]."""
        return torch.from_numpy(self._runner.encode_targets(ids.numpy(), attended.numpy()))

    def score_markers(self, batch: MarkerBatch, targets: torch.Tensor) -> MarkerLogits:
        """Return the logits of every marker."""
        stack = Stack(*(getattr(batch, name).numpy() for name in Stack.__slots__))
        raw = torch.from_numpy(self._runner.score_markers(stack, targets.numpy()))
        return MarkerLogits(raw[..., :4], raw[..., 4], raw[..., 5:8], raw[..., 8])


def load_compiled_network(folder: Path) -> CompiledNetwork:
    """Return the compiled model of a folder.

    Raises:
        ModelUnusable: the folder does not hold a compiled model of this network.
    """
    return CompiledNetwork(load_runner(folder))
