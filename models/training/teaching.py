"""What a finished network says of the batches that a smaller one learns from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.training.losses import marker_logits

if TYPE_CHECKING:
    import torch

    from app.inference.network import MarkerLogits, StanceNetwork
    from models.training.batches import StanceBatch


def teach(
    teacher: StanceNetwork, network: StanceNetwork, batch: StanceBatch, device: torch.device
) -> MarkerLogits:
    """Return a teacher's logits for a student's batch.

    MPNet's vocabulary is BERT's, moved up by the special tokens of its own that stand before it:
    both cut a text into the same pieces.
    """
    kinds = teacher.encoder.config.model_type, network.encoder.config.model_type
    if kinds == ("mpnet", "bert"):
        markers = replace(batch.markers, ids=_as_mpnet(batch.markers.ids))
        batch = replace(batch, markers=markers, target_ids=_as_mpnet(batch.target_ids))
    return marker_logits(teacher, batch, device)


def _as_mpnet(ids: torch.Tensor) -> torch.Tensor:
    moved = ids + 4
    for bert, mpnet in ((0, 1), (101, 0), (102, 2)):
        moved = moved.masked_fill(ids == bert, mpnet)
    return moved
