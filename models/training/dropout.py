"""Dropout whose masks a processor draws fast.

torch draws each number of a mask by itself there, which took a third of a training step of the
small network; numpy's generator fills bytes. Dropout of attention's weights is left out on a
processor: of a text of 300 tokens its masks are nearly five times as large as a layer's others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

PARTS = 256
"""Shares that are dropped are rounded to so many parts of one: a mask is drawn in bytes."""


class ByteDropout(nn.Module):
    """Sets a share of numbers to 0 in training and scales the others, as `nn.Dropout` does.

    Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from
    overfitting".
    """

    def __init__(self, share: float, generator: np.random.Generator) -> None:
        super().__init__()
        self._dropped = round(PARTS * share)
        self._generator = generator

    def forward(self, states: Tensor) -> Tensor:
        """Return the states, some of them 0."""
        if not self.training or not self._dropped:
            return states
        drawn = self._generator.integers(0, PARTS, size=states.numel(), dtype=np.uint8)
        kept = torch.from_numpy(drawn).view(states.shape) >= self._dropped
        mask = kept.to(states.dtype) * self._scale
        dropped: Tensor = _Masked.apply(states, mask)  # type: ignore[no-untyped-call]  # torch's
        return dropped

    @property
    def _scale(self) -> float:
        return PARTS / (PARTS - self._dropped)


class _Masked(torch.autograd.Function):
    """A product with a mask that asks for no gradient itself, in the states' own precision."""

    @staticmethod
    def forward(ctx: Any, states: Tensor, mask: Tensor) -> Tensor:
        ctx.save_for_backward(mask)
        return states * mask

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (mask,) = ctx.saved_tensors
        return gradient * mask.to(gradient.dtype), None


def drop_by_bytes(network: nn.Module, *, seed: int) -> None:
    """Have a network that is trained on a processor drop by bytes, and nothing of attention."""
    # Fast and good enough for masks; nothing secret is drawn.
    generator = np.random.Generator(np.random.SFC64(seed))
    for module in list(network.modules()):
        for name, own in list(module.named_children()):
            if not isinstance(own, nn.Dropout):
                continue
            if hasattr(module, "num_attention_heads"):
                own.p = 0.0
            else:
                setattr(module, name, ByteDropout(own.p, generator))
