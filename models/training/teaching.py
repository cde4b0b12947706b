"""What a finished network says of the batches that a smaller one learns from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.training.losses import flat_logits, marker_logits

if TYPE_CHECKING:
    import torch

    from app.inference.network import MarkerLogits, StanceNetwork
    from models.training.batches import StanceBatch


def teach(teacher: StanceNetwork, batch: StanceBatch, device: torch.device) -> MarkerLogits:
    """Return a teacher's logits for all markers of a batch in one row.

    It reads `batch.taught`, the examples as it reads them: with the title and the account beside
    every comment where the network that learns has them as targets alone.

    Source: Vapnik and Vashist 2009, "A new learning paradigm: learning using privileged
    information".
    """
    assert batch.taught is not None  # noqa: S101 - drawn for a teacher
    return flat_logits(marker_logits(teacher, batch.taught, device))
