"""Quick development figures of a network in training, without calibration or intervals.

Pages are read with gold actors and gold replies, one window a comment. The figures to be quoted
are those of `models.training.evaluate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from app.domain.stance import TargetKind
from models.training.batches import Tagged, tag_batch
from models.training.metrics import COMMENT, attribution_f1, f1, f1_by_label, macro_f1
from models.training.pages import named_spans, page_examples
from models.training.scored import ROWS, decide, score_examples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from app.inference.encode import TextEncoder
    from app.inference.network import StanceNetwork
    from models.training.examples import Example
    from models.training.pages import LabelledPage
    from models.training.scored import Scored


def page_figures(scored: Scored, bias: float) -> dict[str, float]:
    """Return the figures of labelled pages; `bias` is the hypothesis rows' bias of comment."""
    asked = scored.of_kind(TargetKind.HYPOTHESIS)
    gold, found = asked.gold[:, 0], decide(asked.label, bias)
    both = (gold == found) & (gold < COMMENT - 1)
    sides = (asked.gold[:, 1] >= 0) & both
    roles = (asked.gold[:, 2] >= 0) & both
    figures = {
        "attribution_f1": attribution_f1(gold, found),
        "attribution_macro_f1": macro_f1(gold, found, (0, 1, 2)),
        "certain_accuracy": float(((asked.certain > 0) == (asked.gold[:, 1] == 1))[sides].mean()),
        "role_accuracy": float((asked.role.argmax(-1) == asked.gold[:, 2])[roles].mean()),
    }
    for kind, key in ((TargetKind.ACCOUNT, "account"), (TargetKind.COMMENT, "reply")):
        own = scored.of_kind(kind)
        found = decide(own.label)
        figures[f"{key}_macro_f1"] = macro_f1(own.gold[:, 0], found, range(4))
    return figures


def evaluate_network(
    network: StanceNetwork,
    encoder: TextEncoder,
    device: torch.device,
    held: Sequence[Example],
    parts: Mapping[str, Sequence[LabelledPage]],
) -> dict[str, Any]:
    """Return every development figure; the bias of comment is tuned on the part `tune` alone."""
    figures: dict[str, Any] = {}
    for source in sorted({own.source for own in held}):
        scored = score_examples(
            network, encoder, device, [own for own in held if own.source == source]
        )
        gold, logits = scored.gold[:, 0], scored.label.copy()
        labels = sorted(set(gold.tolist()))
        logits[:, [label for label in range(4) if label not in labels]] = -np.inf
        figures[source] = macro_f1(gold, logits.argmax(-1), labels)
        figures[f"{source}_f1"] = f1_by_label(gold, logits.argmax(-1), labels)
    bias = 0.0
    for part in ("tune", "report"):
        pages = parts[part]
        examples = [own for page in pages for own in page_examples(page)]
        scored = score_examples(network, encoder, device, examples)
        if part == "tune":
            asked = scored.of_kind(TargetKind.HYPOTHESIS)
            bias = max(
                np.linspace(-2, 2, 41),
                key=lambda own: attribution_f1(asked.gold[:, 0], decide(asked.label, own)),
            )
        figures[part] = {"bias": float(bias), **page_figures(scored, bias)}
        figures[part]["mention_f1"] = mention_f1(network, encoder, device, pages)
    return figures


@torch.inference_mode()
def mention_f1(
    network: StanceNetwork,
    encoder: TextEncoder,
    device: torch.device,
    pages: Sequence[LabelledPage],
) -> float:
    """Return the F1 of the tokens tagged as part of a mention of an actor."""
    texts = (row for page in pages for row in named_spans(page))
    rows = sorted((Tagged(*own) for own in texts), key=lambda own: len(own.text))
    right = given = true = 0
    for start in range(0, len(rows), ROWS):
        batch = tag_batch(rows[start : start + ROWS], encoder)
        tags, _ = network.tag(batch.ids.to(device), batch.attended.to(device))
        logits = tags.float().cpu()
        counted = batch.tags >= 0
        found, gold = (logits.argmax(-1) > 0) & counted, (batch.tags > 0) & counted
        right += int((found & gold).sum())
        given += int(found.sum())
        true += int(gold.sum())
    return f1(right, given, true)
