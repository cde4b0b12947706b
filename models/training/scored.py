"""What a network says of examples: raw logits beside the true answers, and labels from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch

from app.inference.network import StanceNetwork
from models.training.batches import stance_batch
from models.training.metrics import COMMENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import numpy.typing as npt

    from app.domain.stance import TargetKind
    from app.inference.encode import TextEncoder
    from app.inference.network import MarkerBatch, MarkerLogits
    from models.training.examples import Example
    from models.training.metrics import Floats, Ints

SMALL_WIDTH = 384
"""Width of the smallest encoder."""

ROWS = 64
"""Examples a pass; of like length, so that little is padding."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Logits and true answers of N queries: `label` [N, 4], `role` [N, 3], the others [N].

    `gold` [N, 4] holds the true label, certainty, role and report, -1 where unknown; `named` is
    true where the text names the actor of the query; `rows` says which example the query is of.
    """

    kinds: list[TargetKind]
    label: Floats
    certain: Floats
    role: Floats
    reported: Floats
    gold: Ints
    named: npt.NDArray[np.bool_]
    rows: Ints

    def of_kind(self, kind: TargetKind) -> Scored:
        """Return the queries of one kind whose label is known."""
        return self.where(np.asarray([own is kind for own in self.kinds]) & (self.gold[:, 0] >= 0))

    def where(self, keep: npt.NDArray[np.bool_]) -> Scored:
        """Return the queries for which `keep` [N] is true."""
        return Scored(
            [kind for kind, own in zip(self.kinds, keep, strict=True) if own],
            self.label[keep],
            self.certain[keep],
            self.role[keep],
            self.reported[keep],
            self.gold[keep],
            self.named[keep],
            self.rows[keep],
        )


class MarkerNetwork(Protocol):
    """What answers for targets: a network, or its compiled form."""

    def encode_targets(self, ids: torch.Tensor, attended: torch.Tensor) -> torch.Tensor:
        """Return one vector a target [T, H]."""
        ...

    def score_markers(self, batch: MarkerBatch, targets: torch.Tensor) -> MarkerLogits:
        """Return the logits of every marker."""
        ...


@torch.inference_mode()
def score_examples(
    network: MarkerNetwork, encoder: TextEncoder, device: torch.device, examples: Sequence[Example]
) -> Scored:
    """Return the logits of every query of the examples, in order of the examples' length."""
    order = sorted(range(len(examples)), key=lambda own: len(examples[own].reading.text))
    kinds: list[TargetKind] = []
    rows: dict[str, list[npt.NDArray[Any]]] = defaultdict(list)
    for start in range(0, len(order), ROWS):
        places = order[start : start + ROWS]
        part = [examples[place] for place in places]
        batch = stance_batch(part, encoder)
        with torch.autocast(device.type, torch.bfloat16, enabled=_in_few_bits(network, device)):
            targets = torch.cat(
                [
                    network.encode_targets(ids.to(device), seen.to(device))
                    for ids, seen in batch.targets
                ]
            )
            (only,) = batch.parts
            logits = network.score_markers(only.markers.to(device), targets)
        for row, own in enumerate(part):
            many = len(own.golds)
            kinds += [query.target.kind for query in own.reading.queries]
            for key in ("label", "certain", "role", "reported"):
                rows[key].append(getattr(logits, key)[row, :many].float().cpu().numpy())
            rows["rows"].append(np.full(many, places[row]))
            rows["named"].append(
                np.asarray([bool(query.mentions) for query in own.reading.queries], np.bool_)
            )
            rows["gold"].append(
                np.asarray([[g.label, g.certain, g.role, g.reported] for g in own.golds])
            )
    return Scored(kinds, **{key: np.concatenate(value) for key, value in rows.items()})


def _in_few_bits(network: MarkerNetwork, device: torch.device) -> bool:
    """Tell whether bfloat16 pays: on a GPU, and for a large network on a processor that has it."""
    if device.type == "cuda":
        return True
    large = isinstance(network, StanceNetwork) and network.encoder.config.hidden_size > SMALL_WIDTH
    return large and "AVX512" in torch.backends.cpu.get_cpu_capability()


def decide(label_logits: Floats, bias: float = 0.0) -> Ints:
    """Return the likeliest label of each row, `bias` added to the logit of comment."""
    shifted = label_logits.copy()
    shifted[:, COMMENT] += bias
    found: Ints = shifted.argmax(-1)
    return found
