"""What a finished network says of the batches that a smaller one learns from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.training.batches import StanceBatch
from models.training.losses import flat_labels, marker_logits

if TYPE_CHECKING:
    import torch

    from app.inference.network import StanceNetwork


def teach(
    teacher: StanceNetwork, network: StanceNetwork, batch: StanceBatch, device: torch.device
) -> torch.Tensor:
    """Return a teacher's label logits [N, 4] for a student's batch.

    MPNet's vocabulary is BERT's, moved up by the special tokens of its own that stand before it:
    both cut a text into the same pieces.
    """
    kinds = teacher.encoder.config.model_type, network.encoder.config.model_type
    if kinds == ("mpnet", "bert"):
        batch = StanceBatch(
            tuple(
                replace(part, markers=replace(part.markers, ids=_as_mpnet(part.markers.ids)))
                for part in batch.parts
            ),
            tuple((_as_mpnet(ids), seen) for ids, seen in batch.targets),
        )
    return flat_labels(marker_logits(teacher, batch, device))


def _as_mpnet(ids: torch.Tensor) -> torch.Tensor:
    moved = ids + 4
    for bert, mpnet in ((0, 1), (101, 0), (102, 2)):
        moved = moved.masked_fill(ids == bert, mpnet)
    return moved
