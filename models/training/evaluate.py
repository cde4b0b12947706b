"""Figures on development data: what a network knows about pairs and about labelled pages.

Pages here are read with gold actors and gold replies, one window a comment; the service's own
figures, replies and actors inferred, come from mining whole pages.

    python -m models.training.evaluate --data runs/data --model models/small
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from app.domain.stance import LABELS, Label, TargetKind
from app.inference.encode import TextEncoder
from app.inference.weights import load_model
from models.training.batches import Tagged, stance_batch, tag_batch
from models.training.data import read_examples, read_json
from models.training.pages import named_spans, page_examples, split_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import numpy.typing as npt

    from app.inference.network import StanceNetwork
    from models.training.examples import Example
    from models.training.pages import LabelledPage

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

ROWS = 64
"""Examples a pass; of like length, so that little is padding."""

COMMENT = LABELS.index(Label.COMMENT)


@dataclass(frozen=True, slots=True)
class Scored:
    """Logits and true answers of N queries: `label` [N, 4], `role` [N, 3], the others [N].

    `named` is true where the text names the actor of the query.
    """

    kinds: list[TargetKind]
    label: Floats
    certain: Floats
    role: Floats
    reported: Floats
    gold: Ints
    named: npt.NDArray[np.bool_]

    def of_kind(self, kind: TargetKind) -> Scored:
        """Return the queries of one kind whose label is known."""
        keep = np.asarray([own is kind for own in self.kinds]) & (self.gold[:, 0] >= 0)
        return Scored(
            [kind] * int(keep.sum()),
            self.label[keep],
            self.certain[keep],
            self.role[keep],
            self.reported[keep],
            self.gold[keep],
            self.named[keep],
        )


@torch.inference_mode()
def score_examples(
    network: StanceNetwork, encoder: TextEncoder, device: torch.device, examples: Sequence[Example]
) -> Scored:
    """Return the logits of every query of the examples, in order of the examples' length."""
    ordered = sorted(examples, key=lambda own: len(own.reading.text))
    kinds: list[TargetKind] = []
    rows: dict[str, list[npt.NDArray[Any]]] = defaultdict(list)
    for start in range(0, len(ordered), ROWS):
        part = ordered[start : start + ROWS]
        batch = stance_batch(part, encoder)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            targets = network.encode_targets(
                batch.target_ids.to(device), batch.target_attended.to(device)
            )
            logits = network.score_markers(batch.markers.to(device), targets)
        for row, own in enumerate(part):
            many = len(own.golds)
            kinds += [query.target.kind for query in own.reading.queries]
            for key in ("label", "certain", "role", "reported"):
                rows[key].append(getattr(logits, key)[row, :many].float().cpu().numpy())
            rows["named"].append(
                np.asarray([bool(query.mentions) for query in own.reading.queries], np.bool_)
            )
            rows["gold"].append(
                np.asarray([[g.label, g.certain, g.role, g.reported] for g in own.golds])
            )
    return Scored(kinds, **{key: np.concatenate(value) for key, value in rows.items()})


def f1_by_label(gold: Ints, found: Ints, labels: Sequence[int]) -> list[float]:
    """Return the F1 of each label; a label that neither side has counts as 0."""
    figures = []
    for label in labels:
        right = int(((gold == label) & (found == label)).sum())
        wrong = int((gold == label).sum() + (found == label).sum()) - 2 * right
        figures.append(2 * right / (2 * right + wrong) if right else 0.0)
    return figures


def decide(label_logits: Floats, bias: float = 0.0) -> Ints:
    """Return the likeliest label of each row, `bias` added to the logit of comment."""
    shifted = label_logits.copy()
    shifted[:, COMMENT] += bias
    found: Ints = shifted.argmax(-1)
    return found


def attribution_f1(gold: Ints, found: Ints) -> float:
    """Return the F1 of support, deny and query rows pooled: right means the same label."""
    right = int(((gold == found) & (gold != COMMENT)).sum())
    given, true = int((found != COMMENT).sum()), int((gold != COMMENT).sum())
    return 2 * right / (given + true) if given + true else 0.0


def page_figures(scored: Scored, bias: float) -> dict[str, float]:
    """Return the figures of labelled pages; `bias` is the hypothesis rows' bias of comment."""
    asked = scored.of_kind(TargetKind.HYPOTHESIS)
    gold, found = asked.gold[:, 0], decide(asked.label, bias)
    both = (gold == found) & (gold < COMMENT - 1)
    sides = (asked.gold[:, 1] >= 0) & both
    roles = (asked.gold[:, 2] >= 0) & both
    figures = {
        "attribution_f1": attribution_f1(gold, found),
        "attribution_macro_f1": float(np.mean(f1_by_label(gold, found, (0, 1, 2)))),
        "certain_accuracy": float(((asked.certain > 0) == (asked.gold[:, 1] == 1))[sides].mean()),
        "role_accuracy": float((asked.role.argmax(-1) == asked.gold[:, 2])[roles].mean()),
    }
    for kind, key in ((TargetKind.ACCOUNT, "account"), (TargetKind.COMMENT, "reply")):
        own = scored.of_kind(kind)
        found = decide(own.label)
        figures[f"{key}_macro_f1"] = float(np.mean(f1_by_label(own.gold[:, 0], found, range(4))))
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
        figures[source] = float(np.mean(f1_by_label(gold, logits.argmax(-1), labels)))
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
    return 2 * right / (given + true) if right else 0.0


def main() -> None:
    """Print the development figures of a shipped model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = load_model(args.model)
    _, tuning, report = split_pages(read_json(args.data / "pages.json.gz"))
    figures = evaluate_network(
        model.network.to(device),
        TextEncoder(model.tokenizer),
        device,
        read_examples(args.data / "development.jsonl.gz"),
        {"tune": tuning, "report": report},
    )
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
