"""Teaches a finished network the kinds of named entities, by its last layer alone.

    python -m models.training.name_head --data runs/data --start runs/small-0 --out runs/small-0n

For networks whose training had no such corpora: the encoder and every other head stay as they
are, so that nothing else that the network says changes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from models.training.batches import tag_batch
from models.training.data import read_json
from models.training.stages import caching_encoder, load_start, write_stage
from models.training.steps import named_rows

ROWS = 64
"""Sentences read at once."""

STEPS = 3000
"""Steps of the head, a few milliseconds each; the loss stands still after about 2,000."""

BATCH = 4096
"""Tokens a step."""


def main() -> None:
    """Train the head and write the network with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(0)
    network, encoder = load_start(args.start).eval(), caching_encoder(args.start)
    rows = sorted(named_rows(read_json(args.data / "names.json.gz")), key=lambda own: len(own.text))
    states, kinds = [], []
    with torch.inference_mode():
        for start in range(0, len(rows), ROWS):
            batch = tag_batch(rows[start : start + ROWS], encoder)
            known = batch.names >= 0
            states.append(network.read(batch.ids, batch.attended)[known].half())
            kinds.append(batch.names[known])
    head = nn.Linear(network.encoder.config.hidden_size, network.name_head.out_features)
    loss = train(head, torch.cat(states), torch.cat(kinds))
    network.name_head.load_state_dict(head.state_dict())
    args.out.mkdir(parents=True, exist_ok=True)
    write_stage(args.start, args.out, network)
    print(f"{len(rows)} sentences, loss {loss:.3f}")


def train(head: nn.Linear, states: torch.Tensor, kinds: torch.Tensor) -> float:
    """Fit `head` to the kinds [N] of token states [N, H]; return the last steps' mean loss."""
    optimizer = torch.optim.AdamW(head.parameters(), lr=3e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    losses = []
    for _ in range(STEPS):
        drawn = torch.randint(len(kinds), (BATCH,))
        loss = functional.cross_entropy(head(states[drawn].float()), kinds[drawn])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(float(loss.detach()))
    return sum(losses[-100:]) / 100


if __name__ == "__main__":
    main()
