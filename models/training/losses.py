"""What a step is judged by: the losses of the stance heads, the tags and the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from app.inference.network import MarkerLogits
from models.training.batches import Answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.inference.network import StanceNetwork
    from models.training.batches import ArticleBatch, StanceBatch, TagBatch

TEACHING_HEAT = 2.0
"""Temperature of a teacher's labels; 2 to 4 is usual for a handful of classes."""


def stance_losses(
    network: StanceNetwork,
    batch: StanceBatch,
    device: torch.device,
    taught: MarkerLogits | None = None,
) -> dict[str, torch.Tensor]:
    """Return the mean losses of the four stance heads over the answers that are known.

    `taught` are a teacher's logits for the same markers in one row: its labels count as much as the
    true ones, and where no true label is known they count alone; its roles and certainties count
    as much as the true ones where those are known.
    """
    logits = flat_logits(marker_logits(network, batch, device))
    answers = _answers_of(batch, device)
    label, known = answers.label.clamp_min(0), answers.label >= 0
    own_weights = answers.weights.gather(-1, label.unsqueeze(-1)).squeeze(-1)
    weights = own_weights * known
    each = functional.cross_entropy(logits.label.float(), label, reduction="none")
    losses = {"label": (each * weights).sum() / weights.sum().clamp_min(1.0)}
    for key, share in (("certain", 0.3), ("reported", 0.2)):
        truth = getattr(answers, key)
        known = truth >= 0
        raw = functional.binary_cross_entropy_with_logits(
            getattr(logits, key).float(), truth.clamp_min(0).float(), reduction="none"
        )
        losses[key] = share * (raw * known).sum() / known.sum().clamp_min(1)
    if taught is not None:
        losses["taught"] = _taught_loss(logits, taught, answers, own_weights)
    losses["role"] = (
        0.3
        * functional.cross_entropy(
            logits.role.float(), answers.role, ignore_index=-1, reduction="sum"
        )
        / (answers.role >= 0).sum().clamp_min(1)
    )
    return losses


def marker_logits(
    network: StanceNetwork, batch: StanceBatch, device: torch.device
) -> list[MarkerLogits]:
    """Return the logits of every marker of a batch, part by part."""
    vectors = torch.cat(
        [network.encode_targets(ids.to(device), seen.to(device)) for ids, seen in batch.targets]
    )
    return [network.score_markers(part.markers.to(device), vectors) for part in batch.parts]


def flat_logits(logits: Sequence[MarkerLogits]) -> MarkerLogits:
    """Return the logits of all markers of a batch in one row, padding included."""
    return MarkerLogits(
        label=torch.cat([own.label.flatten(0, 1) for own in logits]),
        certain=torch.cat([own.certain.flatten() for own in logits]),
        role=torch.cat([own.role.flatten(0, 1) for own in logits]),
        reported=torch.cat([own.reported.flatten() for own in logits]),
    )


def _answers_of(batch: StanceBatch, device: torch.device) -> Answers:
    answers = [part.answers for part in batch.parts]
    flat = {
        key: torch.cat([getattr(own, key).flatten() for own in answers]).to(device)
        for key in ("label", "certain", "role", "reported")
    }
    return Answers(
        **flat, weights=torch.cat([own.weights.flatten(0, 1) for own in answers]).to(device)
    )


def _taught_loss(
    logits: MarkerLogits, taught: MarkerLogits, answers: Answers, weights: torch.Tensor
) -> torch.Tensor:
    """Return how far a network is from its teacher, at a temperature that shows its doubts.

    Source: Hinton et al. 2015, "Distilling the knowledge in a neural network".
    """
    labels = _divergence(logits.label, taught.label)
    loss = (labels * weights).sum() / weights.sum().clamp_min(1.0)
    for own, truth, known in (
        (logits.role, taught.role, answers.role >= 0),
        (_sides(logits.certain), _sides(taught.certain), answers.certain >= 0),
    ):
        loss = loss + 0.3 * (_divergence(own, truth) * known).sum() / known.sum().clamp_min(1)
    return loss


def _divergence(own: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    softened = functional.log_softmax(own.float() / TEACHING_HEAT, dim=-1)
    doubts = functional.softmax(truth.float() / TEACHING_HEAT, dim=-1)
    return functional.kl_div(softened, doubts, reduction="none").sum(-1) * TEACHING_HEAT**2


def _sides(logit: torch.Tensor) -> torch.Tensor:
    """Return a yes-or-no logit as the logits of both answers."""
    return torch.stack([torch.zeros_like(logit), logit], dim=-1)


def tag_loss(
    network: StanceNetwork, batches: Sequence[TagBatch], device: torch.device
) -> torch.Tensor:
    """Return the loss of both kinds of tags, each a mean over the tokens that count."""
    logits = [network.tag(own.ids.to(device), own.attended.to(device)) for own in batches]
    loss = torch.zeros((), device=device)
    for which, key in enumerate(("tags", "names")):
        known = torch.cat([getattr(own, key).flatten() for own in batches]).to(device)
        said = torch.cat([own[which].flatten(0, 1) for own in logits]).float()
        total = functional.cross_entropy(said, known, reduction="sum")
        loss = loss + total / (known >= 0).sum().clamp_min(1)
    return loss


def article_loss(network: StanceNetwork, batch: ArticleBatch, device: torch.device) -> torch.Tensor:
    """Return the mean cross-entropy of sentence shares, for the account and for the event."""
    weights = batch.weights.to(device)
    logits = network.score_sentences(batch.ids.to(device), batch.attended.to(device), weights)
    hidden = weights.sum(-1) == 0
    logs = logits.float().masked_fill(hidden.unsqueeze(-1), -1e4).log_softmax(1).transpose(1, 2)
    return -(batch.shares.to(device) * logs).sum(-1).mean()
