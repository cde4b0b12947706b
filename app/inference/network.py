"""The network: one encoder pass a text, one marker token a target, small heads on top.

A text's own tokens never see a marker, and a marker sees the text and itself alone. So the
scores of one target do not depend on which other targets are asked beside it, nor on their order.

Source: markers after Zhong and Chen 2021 (PURE); a target's cached vector in place of its words
after Humeau et al. 2020 (poly-encoders).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from app.domain.stance import LABELS, ROLES
from app.inference.backbones import backbone_of
from app.inference.layout import NAME_KINDS, PLACES, TAGS
from app.inference.markers import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.inference.backbones import BackboneConfig


@dataclass(frozen=True, slots=True)
class MarkerBatch:
    """A `layout.Stack` as tensors, all on one device."""

    ids: Tensor
    types: Tensor
    attended: Tensor
    target_rows: Tensor
    kinds: Tensor
    places: Tensor
    positions: Tensor
    mention_weights: Tensor
    context_weights: Tensor

    def to(self, device: torch.device) -> MarkerBatch:
        """Return the batch on `device`."""
        return MarkerBatch(*(tensor.to(device, non_blocking=True) for tensor in self._tensors()))

    def _tensors(self) -> Iterator[Tensor]:
        for name in self.__slots__:
            yield getattr(self, name)


@dataclass(frozen=True, slots=True)
class MarkerLogits:
    """Raw outputs a marker: `label` [B, M, 4], `certain` [B, M], `role` [B, M, 3], `reported`."""

    label: Tensor
    certain: Tensor
    role: Tensor
    reported: Tensor


class StanceNetwork(nn.Module):
    """Encoder, markers and heads; every method takes and returns tensors only."""

    def __init__(self, config: BackboneConfig, *, head_dropout: float = 0.1) -> None:
        super().__init__()
        width = config.hidden_size
        self.encoder = backbone_of(config)
        self.target_projection = nn.Linear(width, width)
        self.kind_embedding = nn.Embedding(len(KINDS), width)
        self.place_embedding = nn.Embedding(len(PLACES), width)
        self.trunk = nn.Sequential(
            nn.Linear(4 * width, width), nn.GELU(), nn.Dropout(head_dropout), nn.LayerNorm(width)
        )
        self.label_head = nn.Linear(width, len(LABELS))
        self.certain_head = nn.Linear(width, 1)
        self.role_head = nn.Linear(width, len(ROLES))
        self.reported_head = nn.Linear(width, 1)
        self.tag_head = nn.Linear(width, len(TAGS))
        self.name_head = nn.Linear(width, 1 + 2 * len(NAME_KINDS))
        self.sentence_head = nn.Linear(width, 2)
        # The encoder was trained to give a sentence's meaning as the mean of its states
        # (sentence-transformers); starting from that vector itself trains fastest.
        nn.init.eye_(self.target_projection.weight)
        nn.init.zeros_(self.target_projection.bias)
        for embedding in (self.kind_embedding, self.place_embedding):
            nn.init.normal_(embedding.weight, std=config.initializer_range)

    def encode_targets(self, ids: Tensor, attended: Tensor) -> Tensor:
        """Return one vector a target [T, H]: the mean state of its tokens `ids` [T, L]."""
        states = self._states(ids, torch.zeros_like(ids), attended)
        weights = attended.to(states.dtype).unsqueeze(-1)
        mean: Tensor = (states * weights).sum(1) / weights.sum(1).clamp_min(1.0)
        return mean

    def score_markers(self, batch: MarkerBatch, targets: Tensor) -> MarkerLogits:
        """Return the logits of every marker; `targets` [T, H] comes from `encode_targets`."""
        length = batch.ids.shape[1]
        words = self.encoder.embed(batch.ids)
        markers = (
            self.target_projection(targets)[batch.target_rows]
            + self.kind_embedding(batch.kinds)
            + self.place_embedding(batch.places)
        )
        own_positions = torch.arange(length, device=batch.ids.device).expand_as(batch.ids)
        states = self.encoder.read(
            torch.cat([words, markers.to(words.dtype)], dim=1),
            torch.cat([batch.types, torch.zeros_like(batch.kinds)], dim=1),
            torch.cat([own_positions, batch.positions], dim=1),
            _marker_mask(batch.attended, batch.kinds.shape[1]),
        )
        own, marker = states[:, :length], states[:, length:]
        named = torch.bmm(batch.mention_weights.to(own.dtype), own)
        named_before = torch.bmm(batch.context_weights.to(own.dtype), own)
        start = own[:, :1].expand_as(marker)
        trunk = self.trunk(torch.cat([marker, named, named_before, start], dim=-1))
        return MarkerLogits(
            label=self.label_head(trunk),
            certain=self.certain_head(trunk).squeeze(-1),
            role=self.role_head(trunk),
            reported=self.reported_head(trunk).squeeze(-1),
        )

    def read(self, ids: Tensor, attended: Tensor) -> Tensor:
        """Return the states [B, L, H] of texts that are read alone."""
        return self._states(ids, torch.zeros_like(ids), attended)

    def tag(self, ids: Tensor, attended: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the tokens `ids` [B, L] name.

        The first are the logits of mentions of actors [B, L, 3], in the order of `TAGS`; the
        second those of named entities [B, L, 13]: outside, then begin and inside of each of
        `NAME_KINDS`.
        """
        states = self.read(ids, attended)
        return self.tag_head(states), self.name_head(states)

    def score_sentences(self, ids: Tensor, attended: Tensor, weights: Tensor) -> Tensor:
        """Return (account, event) logits [B, S, 2]; `weights` [B, S, L] average each sentence."""
        states = self._states(ids, torch.zeros_like(ids), attended)
        logits: Tensor = self.sentence_head(torch.bmm(weights.to(states.dtype), states))
        return logits

    def _states(self, ids: Tensor, types: Tensor, attended: Tensor) -> Tensor:
        # A mask of four dimensions is taken as it is; one of two is looked at, which makes a GPU
        # wait at every pass.
        rows, length = attended.shape
        positions = torch.arange(length, device=ids.device).unsqueeze(0)
        seen = attended[:, None, None, :].expand(rows, 1, length, length)
        return self.encoder.read(self.encoder.embed(ids), types, positions, seen)


def _marker_mask(attended: Tensor, markers: int) -> Tensor:
    """Return who sees whom, [B, 1, L + M, L + M] bool: all see the text, a marker itself too."""
    batch, length = attended.shape
    seen = torch.cat([attended, attended.new_zeros(batch, markers)], dim=1)
    mask = seen.unsqueeze(1).repeat(1, length + markers, 1)
    own = torch.arange(length, length + markers, device=attended.device)
    mask[:, own, own] = True
    return mask.unsqueeze(1)
