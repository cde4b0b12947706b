"""The encoders a network may stand on, read one way: word vectors in, states out.

Markers need three things that a plain call of an encoder does not give: their own vectors among
those of the words, positions of their own, and a mask of who sees whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

if TYPE_CHECKING:
    from collections.abc import Mapping

BackboneConfig = BertConfig | MPNetConfig

MPNET_SINKS = 2
"""Rows at the end of MPNet's table of positions that a text's tokens never take here.

The last is five times as long as a common one (5.42, the one before 1.12, those before 0.99), and
three markers with different targets come out the same from the pretrained encoder where they stand
on either of the two (cosine 1.000), but not one row before (.73 and .75). Markers without a mention
have the last position.
"""


class BertBackbone(BertModel):
    """BERT (Devlin et al. 2019); transformers' own pass does the same in many more small steps."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config, add_pooling_layer=False)

    def embed(self, ids: Tensor) -> Tensor:
        """Return the vectors of words [B, L, H], without positions."""
        words: Tensor = self.embeddings.word_embeddings(ids)
        return words

    def read(self, words: Tensor, types: Tensor, positions: Tensor, seen: Tensor) -> Tensor:
        """Return the states [B, L, H] of `words`.

        `types` [B, L] are 0 for the text and 1 for its context; `positions` [B or 1, L] count from
        0; `seen` [B, 1, L, L] bool says what each token attends to.
        """
        embeddings = self.embeddings
        states: Tensor = (
            words
            + embeddings.token_type_embeddings(types)
            + embeddings.position_embeddings(positions)
        )
        states = embeddings.dropout(embeddings.LayerNorm(states))
        for layer in self.encoder.layer:
            parts: Any = layer
            own = parts.attention.self
            mixed = _attend(states, (own.query, own.key, own.value), seen, own, self.training)
            read = parts.attention.output(mixed, states)
            states = parts.output(parts.intermediate(read), read)
        return states


class MpnetBackbone(MPNetModel):
    """MPNet (Song et al. 2020), whose relative positions are made from the markers' own too.

    It has no token types: a text and its context are told apart by the separator between them.
    transformers' own pass counts relative positions along the row, and its attention is not fused.
    """

    def __init__(self, config: MPNetConfig) -> None:
        super().__init__(config, add_pooling_layer=False)

    def embed(self, ids: Tensor) -> Tensor:
        """Return the vectors of words [B, L, H], without positions."""
        words: Tensor = self.embeddings.word_embeddings(ids)
        return words

    def read(self, words: Tensor, types: Tensor, positions: Tensor, seen: Tensor) -> Tensor:
        """Return the states [B, L, H] of `words`, as `BertBackbone.read` does."""
        del types
        # Positions start after the padding's own, which is what this encoder was trained with.
        first = self.embeddings.padding_idx + 1
        rows = (positions + first).clamp_max(self.config.max_position_embeddings - 1 - MPNET_SINKS)
        states: Tensor = self.embeddings(
            inputs_embeds=words, position_ids=rows.expand(words.shape[0], -1)
        )
        bias = self._relative_bias(positions).masked_fill(~seen, torch.finfo(torch.float16).min)
        # Once for all layers, in what autocast multiplies in.
        device = words.device.type
        if torch.is_autocast_enabled(device):
            bias = bias.to(torch.get_autocast_dtype(device))
        bias = bias.expand(words.shape[0], -1, -1, -1)
        for layer in self.encoder.layer:
            parts: Any = layer
            own = parts.attention.attn
            mixed = own.o(_attend(states, (own.q, own.k, own.v), bias, own, self.training))
            read = parts.attention.LayerNorm(parts.attention.dropout(mixed) + states)
            states = parts.output(parts.intermediate(read), read)
        return states

    def _relative_bias(self, positions: Tensor) -> Tensor:
        """Return what relative positions add to attention, [B or 1, heads, L, L]."""
        distance = positions[:, None, :] - positions[:, :, None]
        buckets = self.encoder.relative_position_bucket(distance)
        # Kept as pretrained: the fused attention is far faster without a gradient to its bias.
        table = self.encoder.relative_attention_bias.weight.detach()
        return functional.embedding(buckets, table).permute(0, 3, 1, 2).contiguous()


def _attend(
    states: Tensor,
    parts: tuple[nn.Module, nn.Module, nn.Module],
    mask: Tensor,
    own: Any,
    training: bool,  # noqa: FBT001 - what a module says of itself
) -> Tensor:
    """Return what each token takes from those it sees, [B, L, H].

    `mask` [B, 1, L, L] says who sees whom (bool), or is added [B or 1, heads, L, L].
    """
    rows, length, width = states.shape
    query, key, value = (
        part(states).view(rows, length, own.num_attention_heads, -1).transpose(1, 2)
        for part in parts
    )
    dropped = own.dropout.p if training else 0.0
    if states.device.type == "cpu" and torch.is_grad_enabled() and not dropped:
        mixed = attend_in_steps(query, key, value, mask)
    else:
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, dropout_p=dropped
        )
    return mixed.transpose(1, 2).reshape(rows, length, width)


def attend_in_steps(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    """Return what `scaled_dot_product_attention` does, all of [B, heads, L, H / heads].

    For training on a processor, where the gradient of the fused attention took more than half of a
    step, and torch's own unfused form keeps numbers in more digits than autocast asks for.
    """
    if mask.dtype is torch.bool:
        hidden = torch.finfo(torch.float16).min
        mask = torch.zeros(mask.shape, dtype=query.dtype).masked_fill_(~mask, hidden)
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-2, -1) + mask
    with torch.autocast(query.device.type, enabled=False):
        mixed: Tensor = scores.softmax(-1) @ value
    return mixed


def attend_without_plans() -> None:
    """Have torch leave cuDNN's attention alone in this process; of use on a GPU only.

    cuDNN plans anew for each shape of a batch, and here no two batches are alike. A step of 192
    pairs took an H100 0.71 s at first, and 0.29 s when most shapes had come before.
    """
    torch.backends.cuda.enable_cudnn_sdp(enabled=False)


Backbone = BertBackbone | MpnetBackbone


def backbone_of(config: BackboneConfig) -> Backbone:
    """Return a new encoder of the configuration's kind."""
    if isinstance(config, MPNetConfig):
        return MpnetBackbone(config)
    return BertBackbone(config)


def read_config(raw: Mapping[str, Any]) -> BackboneConfig:
    """Return the configuration that a model's config.json holds.

    Raises:
        ValueError: it is of an encoder that markers cannot be laid over here.
    """
    kind = raw.get("model_type")
    if kind == "bert":
        return BertConfig.from_dict(dict(raw))
    if kind == "mpnet":
        return MPNetConfig.from_dict(dict(raw))
    raise ValueError(f"expected an encoder of model_type bert or mpnet, got {str(kind)[:40]!r}")
