"""A step of training on a processor: as this recipe does it, and with torch's usual parts.

python bench/training_step.py [--model FOLDER] [--pages N] [--rounds N]

Reads N of the pages that are written for training, every comment against all its targets, forwards
and backwards. The usual parts are `nn.Dropout`, of attention's weights too, and one batch for all.
Prints how many times as long a step takes with them, by the clock, since a core that waits for
another is lost too, and how far the losses are from each other without dropout.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from rounds import Contender, ratio, spread, take_turns
from texts import MODEL, ROOT

from app.inference.weights import load_model
from models.training.batches import stance_batch
from models.training.dropout import drop_by_bytes
from models.training.losses import stance_losses
from models.training.pages import page_examples, read_pages
from models.training.stages import caching_encoder
from models.training.steps import PART_TOKENS, PROCESSOR_PART_TOKENS

if TYPE_CHECKING:
    from app.inference.network import StanceNetwork
    from models.training.batches import StanceBatch

USUAL, OURS = "torch's usual parts", "this recipe"
WRITTEN = ROOT / "models" / "training" / "written"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    encoder = caching_encoder(args.model)
    examples = [own for page in read_pages(WRITTEN)[: args.pages] for own in page_examples(page)]
    whole = stance_batch(examples, encoder, part_tokens=PART_TOKENS)
    parts = stance_batch(examples, encoder, part_tokens=PROCESSOR_PART_TOKENS)
    usual, ours = (load_model(args.model).network for _ in range(2))
    far = abs(loss_of(usual.eval(), whole) - loss_of(ours.eval(), parts))
    drop_by_bytes(ours, seed=0)
    seconds = take_turns(
        [
            Contender(USUAL, len(examples), lambda: descend(usual.train(), whole)),
            Contender(OURS, len(examples), lambda: descend(ours.train(), parts)),
        ],
        args.rounds,
    )
    for name, own in seconds.items():
        print(f"{name}: {spread([1000 * each for each in own])} ms a comment")
    print(f"a step takes {ratio(seconds, USUAL, OURS)} times as long with {USUAL}")
    print(f"without dropout the losses are {far:.4f} from each other")


@torch.no_grad()
def loss_of(network: StanceNetwork, batch: StanceBatch) -> float:
    """Return the loss of a batch."""
    losses = stance_losses(network, batch, torch.device("cpu"))
    return float(torch.stack(list(losses.values())).sum())


def descend(network: StanceNetwork, batch: StanceBatch) -> float:
    """Add the gradients of a batch to a network as `models.training.train` does; return seconds."""
    began = time.perf_counter()
    network.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16):
        losses = stance_losses(network, batch, torch.device("cpu"))
        torch.stack(list(losses.values())).sum().backward()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
