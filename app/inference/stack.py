"""Windows, sequences and passes of unlike length to padded batches of tensors, on the CPU."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import torch

from app.inference.layout import lay_ids, lay_places, lay_windows
from app.inference.network import MarkerBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.inference.encode import ArticlePass, Window
    from app.inference.layout import Stack


def stack_windows(windows: Sequence[Window]) -> MarkerBatch:
    """Return the windows padded to one batch."""
    return as_tensors(lay_windows(windows))


def as_tensors(stack: Stack) -> MarkerBatch:
    """Return a stack's arrays as tensors over the same memory."""
    return MarkerBatch(*(torch.from_numpy(getattr(stack, own.name)) for own in fields(stack)))


def stack_ids(sequences: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the sequences padded to ids [B, L] int64, and which of them are real, bool."""
    ids, attended = lay_ids(sequences)
    return torch.from_numpy(ids), torch.from_numpy(attended)


def stack_places(passes: Sequence[ArticlePass], length: int) -> torch.Tensor:
    """Return weights [B, S, L] float32 that average each sentence's tokens."""
    return torch.from_numpy(lay_places(passes, length))
