"""What a step is judged by: the losses of the stance heads, the tags and the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from app.inference.network import MarkerLogits, StanceNetwork
    from models.training.batches import ArticleBatch, StanceBatch, TagBatch

TEACHING_HEAT = 2.0
"""Temperature of a teacher's labels; 2 to 4 is usual for a handful of classes."""

SHORT_TARGET = 40
"""Tokens of a short target: hypotheses and accounts, as against the comments that are answered."""


def stance_losses(
    network: StanceNetwork,
    batch: StanceBatch,
    device: torch.device,
    taught: MarkerLogits | None = None,
) -> dict[str, torch.Tensor]:
    """Return the mean losses of the four stance heads over the answers that are known.

    `taught` is what a teacher says of the same batch: its labels count as much as the true ones.
    """
    logits = marker_logits(network, batch, device)
    answers = batch.answers
    label = answers.label.to(device)
    weights = answers.weights.to(device).gather(-1, label.clamp_min(0).unsqueeze(-1)).squeeze(-1)
    weights = weights * (label >= 0)
    each = functional.cross_entropy(
        logits.label.float().flatten(0, 1), label.flatten().clamp_min(0), reduction="none"
    ).view_as(weights)
    losses = {"label": (each * weights).sum() / weights.sum().clamp_min(1.0)}
    for key, share in (("certain", 0.3), ("reported", 0.2)):
        truth = getattr(answers, key).to(device)
        known = truth >= 0
        raw = functional.binary_cross_entropy_with_logits(
            getattr(logits, key).float(), truth.clamp_min(0).float(), reduction="none"
        )
        losses[key] = share * (raw * known).sum() / known.sum().clamp_min(1)
    if taught is not None:
        losses["taught"] = _taught_loss(logits, taught, weights)
    role = answers.role.to(device)
    losses["role"] = (
        0.3
        * functional.cross_entropy(
            logits.role.float().flatten(0, 1), role.flatten(), ignore_index=-1, reduction="sum"
        )
        / (role >= 0).sum().clamp_min(1)
    )
    return losses


def marker_logits(network: StanceNetwork, batch: StanceBatch, device: torch.device) -> MarkerLogits:
    """Return the logits of every marker of a batch."""
    return network.score_markers(batch.markers.to(device), target_vectors(network, batch, device))


def _taught_loss(logits: MarkerLogits, taught: MarkerLogits, weights: torch.Tensor) -> torch.Tensor:
    """Return how far the labels are from a teacher's, at a temperature that shows its doubts.

    Source: Hinton et al. 2015, "Distilling the knowledge in a neural network".
    """
    softened = functional.log_softmax(logits.label.float() / TEACHING_HEAT, dim=-1)
    truth = functional.softmax(taught.label.float() / TEACHING_HEAT, dim=-1)
    each = functional.kl_div(softened, truth, reduction="none").sum(-1) * TEACHING_HEAT**2
    return (each * weights).sum() / weights.sum().clamp_min(1.0)


def target_vectors(
    network: StanceNetwork, batch: StanceBatch, device: torch.device
) -> torch.Tensor:
    """Return the vectors of the batch's targets.

    Short and long ones are read apart where padding costs, and together on a GPU, where passes do.
    """
    ids, attended = batch.target_ids.to(device), batch.target_attended.to(device)
    long = batch.target_attended.sum(1) > SHORT_TARGET
    if device.type == "cuda" or bool(long.all()) or not bool(long.any()):
        return network.encode_targets(ids, attended)
    order = torch.cat([torch.nonzero(~long).flatten(), torch.nonzero(long).flatten()])
    brief = network.encode_targets(ids[~long, :SHORT_TARGET], attended[~long, :SHORT_TARGET])
    rest = network.encode_targets(ids[long], attended[long])
    return torch.cat([brief, rest])[torch.argsort(order)]


def tag_loss(network: StanceNetwork, batch: TagBatch, device: torch.device) -> torch.Tensor:
    """Return the loss of both kinds of tags, each a mean over the tokens that count."""
    logits = network.tag(batch.ids.to(device), batch.attended.to(device))
    loss = torch.zeros((), device=device)
    for own, truth in zip(logits, (batch.tags, batch.names), strict=True):
        known = truth.to(device).flatten()
        total = functional.cross_entropy(own.float().flatten(0, 1), known, reduction="sum")
        loss = loss + total / (known >= 0).sum().clamp_min(1)
    return loss


def article_loss(network: StanceNetwork, batch: ArticleBatch, device: torch.device) -> torch.Tensor:
    """Return the mean cross-entropy of sentence shares, for the account and for the event."""
    weights = batch.weights.to(device)
    logits = network.score_sentences(batch.ids.to(device), batch.attended.to(device), weights)
    hidden = weights.sum(-1) == 0
    logs = logits.float().masked_fill(hidden.unsqueeze(-1), -1e4).log_softmax(1).transpose(1, 2)
    return -(batch.shares.to(device) * logs).sum(-1).mean()
